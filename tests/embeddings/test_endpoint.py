"""Embeddings over HTTP: what is sent, what is kept, and what each fault becomes."""

from pathlib import Path

import numpy as np
import pytest

from kaoguan import config, embeddings
from kaoguan.errors import ExitCode, ProviderError

from .conftest import EmbeddingsServer


def connect(server: EmbeddingsServer, model: str = "good") -> embeddings.Embedder:
    return embeddings.load(f"openai:{model}", config.Settings(base_url=server.url, api_key="s3cret"), config.folders())


def test_a_text_is_paid_for_once_even_by_another_process(server: EmbeddingsServer, home: Path) -> None:
    texts = [f"第 {number} 句" for number in range(70)]
    first = connect(server).encode([*texts, *texts])
    sent = sum(len(request["input"]) for request in server.requests)
    assert sent == 70
    assert len(server.requests) == 3
    second = connect(server).encode(texts)
    assert sum(len(request["input"]) for request in server.requests) == sent
    np.testing.assert_array_equal(first[:70], second)


def test_what_is_kept_is_private_and_holds_no_text(server: EmbeddingsServer, home: Path) -> None:
    (home / "cache").unlink()
    connect(server).encode(["候选人的原话"])
    database = home / "cache" / "embeddings.db"
    assert database.stat().st_mode & 0o777 == 0o600
    kept = b"".join(path.read_bytes() for path in (home / "cache").iterdir())
    assert "候选人".encode() not in kept
    assert b"s3cret" not in kept


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("status-401", "answered 401"),
        ("status-404", "answered 404"),
        ("short", "gave 0 vectors for 1"),
        ("garbage", "answer"),
    ],
)
def test_a_fault_of_the_endpoint_is_a_provider_error(server: EmbeddingsServer, model: str, said: str) -> None:
    with pytest.raises(ProviderError, match=said) as caught:
        connect(server, model).encode(["甲"])
    assert caught.value.exit_code is ExitCode.PROVIDER
    assert "s3cret" not in str(caught.value)


def test_a_dead_endpoint_is_a_provider_error(server: EmbeddingsServer) -> None:
    embedder = connect(server)
    server.shutdown()
    server.server_close()
    with pytest.raises(ProviderError, match="did not answer"):
        embedder.encode(["甲"])


def test_no_key_and_no_base_url_says_what_to_export() -> None:
    with pytest.raises(ProviderError, match="export OPENAI_API_KEY"):
        embeddings.load("openai:m", config.Settings(), config.folders())
