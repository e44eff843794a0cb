"""Embeddings from any OpenAI-compatible endpoint (`--embedder openai:text-embedding-3-small`)."""

from collections.abc import Sequence

import numpy as np
import openai
from numpy.typing import NDArray

from kaoguan.config import Settings
from kaoguan.errors import ProviderError

# Endpoints differ (OpenAI takes 2048 inputs, DashScope 10, TEI 32): small enough for most, few enough requests.
_INPUTS_A_REQUEST = 32


class EndpointEmbedder:
    """A remote model. Implements `Embedder`. Retries and Retry-After are the SDK's."""

    def __init__(self, client: openai.OpenAI, model: str) -> None:
        self._client = client
        self._model = model

    @classmethod
    def connect(cls, model: str, settings: Settings) -> "EndpointEmbedder":
        """Return an embedder for `model` at the configured endpoint. Raises ProviderError without key or base URL."""
        if not (settings.api_key or settings.base_url):
            mend = "export OPENAI_API_KEY=… (and OPENAI_BASE_URL=… for another endpoint), or use --embedder bundled"
            raise ProviderError(f"embedder 'openai:{model}'", "no endpoint is configured", mend)
        # Local servers want no key, but the SDK insists on one.
        client = openai.OpenAI(api_key=settings.api_key or "none", base_url=settings.base_url)
        return cls(client, model)

    @property
    def id(self) -> str:
        """Return `openai:` and the model's name."""
        return f"openai:{self._model}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, shape (len(texts), dimensions of the model). Raises ProviderError."""
        rows: list[list[float]] = []
        for start in range(0, len(texts), _INPUTS_A_REQUEST):
            rows += self._request(list(texts[start : start + _INPUTS_A_REQUEST]))
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), -1)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(norms, np.float32(1e-12))
        return unit

    def _request(self, texts: list[str]) -> list[list[float]]:
        # An empty input is an error at most endpoints, a space is not.
        inputs = [text if text.strip() else " " for text in texts]
        where = f"{self.id} at {self._client.base_url}"
        try:
            # "float" spelled out: the SDK would ask for base64, which many compatible servers do not speak.
            reply = self._client.embeddings.create(model=self._model, input=inputs, encoding_format="float")
        except openai.APIStatusError as error:
            mend = "check the key, the model's name and the base URL"
            raise ProviderError(where, f"answered {error.status_code} ({error.message})", mend) from error
        except (openai.OpenAIError, ValueError) as error:  # ValueError: the SDK lets bad JSON through
            mend = "check the base URL and the connection"
            raise ProviderError(where, f"did not answer as an embeddings endpoint ({error})", mend) from error
        if len(reply.data) != len(texts):
            mend = "check that the model makes embeddings"
            raise ProviderError(where, f"gave {len(reply.data)} vectors for {len(texts)} texts", mend)
        return [item.embedding for item in sorted(reply.data, key=lambda item: item.index)]
