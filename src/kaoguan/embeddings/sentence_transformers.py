"""Any sentence-transformers model, by hub name or by path. Needs the extra `kaoguan[sentence-transformers]`."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaoguan.errors import ProviderError

_INSTALL = 'pip install "kaoguan[sentence-transformers]"'


class SentenceTransformersEmbedder:
    """A local model run by sentence-transformers. Implements `Embedder`."""

    def __init__(self, name: str) -> None:
        """Load the model from a folder or, where it is not one, by its hub name. Raises ProviderError."""
        path = Path(name).expanduser()
        try:
            # 5 s and torch: only those who asked for this embedder pay.
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ProviderError(f"embedder {name!r}", "sentence-transformers is not installed", _INSTALL) from error
        if not path.is_dir() and (path.is_absolute() or name.startswith(".")):
            raise ProviderError(f"embedder {name!r}", "there is no such folder", "name a model folder or a hub model")
        try:
            self._model = SentenceTransformer(str(path) if path.is_dir() else name)
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0]
            mend = "check the name, or give the folder of a downloaded model"
            raise ProviderError(f"embedder {name!r}", f"cannot be loaded ({reason})", mend) from error
        self._id = f"sentence-transformers:{_weights(self._model)}"

    @property
    def id(self) -> str:
        """Return `sentence-transformers:` and a hash of the weights: by name or by path, the same model has one id."""
        return self._id

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, shape (len(texts), dimensions of the model)."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        # The first parameter changed its name in version 6: keep it positional.
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def _weights(model: Any) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        # As float32: numpy has no form for every number format of a model (bfloat16).
        digest.update(tensor.float().numpy(force=True).tobytes())
    return digest.hexdigest()[:16]
