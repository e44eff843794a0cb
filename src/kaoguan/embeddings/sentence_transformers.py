"""Models run by sentence-transformers, from a folder. Needs the extra `kaoguan[sentence-transformers]`."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings.model_folder import quiet, require_library
from kaoguan.errors import ProviderError

Rows = NDArray[np.float32]


class SentenceTransformersEmbedder:
    """A local model that makes a vector of a text. Implements `Embedder`."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder. Raises ProviderError."""
        self._folder = folder
        self._model = _loaded("SentenceTransformer", folder)
        self._id = f"sentence-transformers:{_weights(self._model)}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._folder,)

    @property
    def id(self) -> str:
        """Return `sentence-transformers:` and a hash of the weights: by name or by path, the same model has one id."""
        return self._id

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return unit rows, shape (len(texts), dimensions of the model)."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        # The first parameter changed its name in version 6: keep it positional.
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


class CrossEncoder:
    """A local model that reads two texts together: a re-ranker has one output, an NLI model three."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder. Raises ProviderError."""
        self._folder = folder
        self._model = _loaded("CrossEncoder", folder)
        self._id = f"cross-encoder:{_weights(self._model)}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._folder,)

    @property
    def id(self) -> str:
        """Return `cross-encoder:` and a hash of the weights."""
        return self._id

    @property
    def outputs(self) -> int:
        """Return how many numbers it says about a pair."""
        return int(self._model.num_labels)

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Rows:
        """Return what it says about each pair before any squashing, shape (len(pairs), outputs)."""
        if not pairs:
            return np.zeros((0, self.outputs), np.float32)
        said = self._model.predict(list(pairs), activation_fn=_as_they_are, show_progress_bar=False)
        return np.asarray(said, np.float32).reshape(len(pairs), -1)


def _as_they_are(scores: Any) -> Any:
    return scores


def _loaded(kind: str, folder: Path) -> Any:
    require_library(str(folder))
    with quiet():
        # 5 s and torch: only those who asked for such a model pay.
        import sentence_transformers
        from transformers.utils import logging as remarks

        # Where a program had it loaded before, the environment says nothing any more.
        bars = remarks.is_progress_bar_enabled()
        remarks.disable_progress_bar()
        try:
            return getattr(sentence_transformers, kind)(str(folder))
        except (OSError, ValueError, RuntimeError, KeyError, AttributeError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            mend = "give the folder of a complete sentence-transformers model or cross-encoder"
            raise ProviderError(f"embedder {str(folder)!r}", f"cannot be loaded ({reason})", mend) from error
        finally:
            if bars:
                remarks.enable_progress_bar()


def _weights(model: Any) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        # As float32: numpy has no form for every number format of a model (bfloat16).
        digest.update(tensor.float().numpy(force=True).tobytes())
    return digest.hexdigest()[:16]
