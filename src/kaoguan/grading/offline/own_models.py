"""A model of the user's own, by name or as an object, ready to be asked beside the bundled judge."""

from pathlib import Path

from kaoguan import embeddings
from kaoguan.config import Folders, Settings
from kaoguan.embeddings import Embedder, model_folder
from kaoguan.embeddings.cache import Deduplicated, PairModel, Stored, StoredPairs
from kaoguan.errors import SettingError
from kaoguan.grading.offline.likeness import ByPairs, BySimilarity, Likeness


def opened(model: "str | Embedder", settings: Settings, folders: Folders, *, keep: bool = False) -> Likeness:
    """Return the model; with `keep` everything it says is kept on disk, so that asking again costs nothing.

    Raises SettingError where it is not on this machine, ProviderError when it cannot be loaded.
    """
    kept = folders.cache / "embeddings.db"
    if not isinstance(model, str):
        return BySimilarity(Deduplicated(Stored(model, kept) if keep else model))
    if model == "bundled":
        raise SettingError("embedder 'bundled'", "needs no fit: its judge came with kaoguan", "name another model")
    if is_pair_model(model):
        pairs: PairModel = _cross_encoder(model)
        return ByPairs(StoredPairs(pairs, kept) if keep else pairs)
    embedder = embeddings.load(model, settings, folders)
    return BySimilarity(Deduplicated(Stored(embedder, kept)) if keep else embedder)


def is_pair_model(name: str) -> bool:
    """Return whether this is a cross-encoder. Raises SettingError where it is not on this machine."""
    return not name.startswith("openai:") and model_folder.is_cross_encoder(model_folder.found(name))


def _cross_encoder(name: str) -> PairModel:
    folder: Path = model_folder.found(name)
    model_folder.require_library(name)
    from kaoguan.embeddings.sentence_transformers import CrossEncoder

    return CrossEncoder(folder)
