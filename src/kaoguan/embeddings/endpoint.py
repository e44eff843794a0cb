"""Embeddings from any OpenAI-compatible endpoint (`--embedder openai:text-embedding-3-small`)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kaoguan.config import Settings
from kaoguan.llm.vectors import VectorEndpoint

# Endpoints differ (OpenAI takes 2048 inputs, DashScope 10, TEI 32): small enough for most, few enough requests.
_INPUTS_A_REQUEST = 32


class EndpointEmbedder:
    """A remote model. Implements `Embedder`."""

    def __init__(self, endpoint: VectorEndpoint) -> None:
        self._endpoint = endpoint

    @classmethod
    def connect(cls, model: str, settings: Settings) -> "EndpointEmbedder":
        """Return an embedder for `model` at the configured endpoint. Raises ProviderError without key or base URL."""
        return cls(VectorEndpoint.connect(model, settings))

    @property
    def id(self) -> str:
        """Return `openai:` and the model's name."""
        return f"openai:{self._endpoint.model}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, shape (len(texts), dimensions of the model). Raises ProviderError."""
        rows: list[list[float]] = []
        for start in range(0, len(texts), _INPUTS_A_REQUEST):
            # An empty input is an error at most endpoints, a space is not.
            inputs = [text if text.strip() else " " for text in texts[start : start + _INPUTS_A_REQUEST]]
            rows += self._endpoint.vectors(inputs)
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), -1)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(norms, np.float32(1e-12))
        return unit
