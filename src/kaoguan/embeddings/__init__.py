"""Sentence vectors behind one port: `encode(texts) -> unit rows`.

`load("bundled")`, `load("BAAI/bge-small-zh-v1.5")`, `load("path/to/model")` or `load("openai:text-embedding-3-small")`
return an Embedder; only the adapters beside this file import a model library or a provider's SDK.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kaoguan.config import Folders, Settings
from kaoguan.embeddings import model_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type_of_vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def id(self) -> str:
        """Return the name that calibrations are bound to; another model has another id."""

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one unit row per text, shape (len(texts), dimensions). Raises ProviderError.

        The same call gives the same bytes. The same text in a call of another make-up may differ by some 1e-7
        (matrix products are summed in another order), so a caller that wants reproducible results keeps the make-up
        of its calls fixed.
        """


@runtime_checkable
class RunEmbedder(Embedder, Protocol):
    """An embedder that also reads runs of neighbouring texts."""

    @property
    def steady(self) -> bool:
        """Return whether a text has the same vector, to the last bit, whatever else is in the call."""

    def encode_runs(self, parts: Sequence[str], runs: Sequence[tuple[int, int]]) -> "NDArray[np.float32]":
        """Return one unit row per run, which is `parts[first:last]` read as one text; no run is empty."""


def load(name: str, settings: Settings, folders: Folders) -> RunEmbedder:
    """Return the embedder called `name`, cached and deduplicated; it must be on this machine.

    Raises SettingError where it is not, ProviderError when it cannot be loaded.
    """
    from kaoguan.embeddings.cache import Deduplicated, Stored

    if name == "bundled":
        from kaoguan.embeddings.bundled import BundledEmbedder

        return Deduplicated(BundledEmbedder(folders.cache))
    if name.startswith("openai:"):
        from kaoguan.embeddings.endpoint import EndpointEmbedder

        model = name.removeprefix("openai:")
        return Deduplicated(Stored(EndpointEmbedder.connect(model, settings), folders.cache / "embeddings.db"))
    # What is wrong with the name is said before torch is imported.
    folder = model_folder.found(name)
    model_folder.require_library(name)
    from kaoguan.embeddings.sentence_transformers import SentenceTransformersEmbedder

    return Deduplicated(SentenceTransformersEmbedder(folder))
