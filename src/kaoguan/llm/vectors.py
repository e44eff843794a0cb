"""Vectors from an OpenAI-compatible embeddings endpoint, as it sends them."""

from collections.abc import Sequence

import openai

from kaoguan.config import Settings
from kaoguan.errors import ProviderError
from kaoguan.llm import client


class VectorEndpoint:
    """One embeddings model of one endpoint. Retries and Retry-After are the SDK's."""

    def __init__(self, connected: openai.OpenAI, model: str) -> None:
        self._client = connected
        self.model = model

    @classmethod
    def connect(cls, model: str, settings: Settings) -> "VectorEndpoint":
        """Return the configured endpoint. Raises ProviderError without key or base URL."""
        if not settings.has_endpoint:
            mend = "export OPENAI_API_KEY=… (and OPENAI_BASE_URL=… for another endpoint), or use --embedder bundled"
            raise ProviderError(f"embedder 'openai:{model}'", "no endpoint is configured", mend)
        return cls(client.synchronous(settings), model)

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector per text, none of which may be empty, in one request. Raises ProviderError."""
        where = f"openai:{self.model} at {self._client.base_url}"
        try:
            # "float" spelled out: the SDK would ask for base64, which many compatible servers do not speak.
            reply = self._client.embeddings.create(model=self.model, input=list(texts), encoding_format="float")
        except openai.APIStatusError as error:
            mend = "check the key, the model's name and the base URL"
            raise ProviderError(where, f"answered {error.status_code} ({client.said(error)})", mend) from error
        except (openai.OpenAIError, ValueError) as error:  # ValueError: the SDK lets bad JSON through
            mend = "check the base URL and the connection"
            what = f"did not answer as an embeddings endpoint ({client.said(error)})"
            raise ProviderError(where, what, mend) from error
        if len(reply.data) != len(texts):
            mend = "check that the model makes embeddings"
            raise ProviderError(where, f"gave {len(reply.data)} vectors for {len(texts)} texts", mend)
        return [item.embedding for item in sorted(reply.data, key=lambda item: item.index)]
