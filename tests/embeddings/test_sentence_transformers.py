"""Loading sentence-transformers models by name or path, and what is said when that fails."""

import sys

import pytest

from kaoguan import config, embeddings
from kaoguan.errors import ProviderError


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as if it were not installed
    with pytest.raises(ProviderError, match=r"pip install .kaoguan\[sentence-transformers\]"):
        embeddings.load("BAAI/bge-small-zh-v1.5", config.Settings(), config.folders())


@pytest.mark.real_model
@pytest.mark.parametrize("name", ["./nowhere", "kaoguan/there-is-no-such-model"])
def test_a_model_that_is_not_there_is_a_provider_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra sentence-transformers is not installed")
    with pytest.raises(ProviderError, match=name):
        embeddings.load(name, config.Settings(), config.folders())
