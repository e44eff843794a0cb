"""Any sentence-transformers model, by hub name or by path. Needs the extra `kaoguan[sentence-transformers]`."""

from collections.abc import Sequence
from pathlib import Path

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
        self._name = path.resolve().name if path.is_dir() else name

    @property
    def id(self) -> str:
        """Return `sentence-transformers:` and the model's name (its folder's name for a path)."""
        return f"sentence-transformers:{self._name}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, shape (len(texts), dimensions of the model)."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        # The first parameter changed its name in version 6: keep it positional.
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
