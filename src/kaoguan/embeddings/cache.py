"""Wrappers around models: no text encoded twice in a call, no text paid for twice ever."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kaoguan import private
from kaoguan.embeddings import Embedder, RunEmbedder
from kaoguan.key_value_store import KeyValueStore


class PairModel(Protocol):
    """A model that reads two texts together."""

    @property
    def id(self) -> str:
        """Return the name of the very model."""

    @property
    def outputs(self) -> int:
        """Return how many numbers it says about a pair."""

    def scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return what it says about each pair, shape (len(pairs), outputs)."""


# SQLite allows 999 variables in a statement of its oldest builds.
_AT_ONCE = 500


class Deduplicated:
    """Encodes each distinct text of a call once, in order of first appearance, and only real Unicode."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def id(self) -> str:
        """Return the id of the embedder inside."""
        return self._embedder.id

    @property
    def steady(self) -> bool:
        """Return whether the embedder inside is; one that does not say so is not."""
        return isinstance(self._embedder, RunEmbedder) and self._embedder.steady

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape (len(texts), dimensions)."""
        texts = _unicode(texts)
        places = {text: index for index, text in enumerate(dict.fromkeys(texts))}
        if len(places) == len(texts):
            return self._embedder.encode(texts)
        return self._embedder.encode(list(places))[[places[text] for text in texts]]

    def encode_runs(self, parts: Sequence[str], runs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """Return one unit row per run, shape (len(runs), dimensions)."""
        if isinstance(self._embedder, RunEmbedder):
            return self._embedder.encode_runs(_unicode(parts), runs)
        return self.encode([", ".join(parts[first:last]) for first, last in runs])


class Stored:
    """Keeps every vector in a small database: for endpoints that charge by the text, and are slow."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        """Keep vectors in `path`, created 0600 when it is not there (texts are kept as hashes only)."""
        self._embedder = embedder
        self._path = path

    @property
    def id(self) -> str:
        """Return the id of the embedder inside."""
        return self._embedder.id

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, from the database where it has them."""
        keys = [hashlib.sha256(f"{self.id}\0{text}".encode()).digest() for text in texts]
        with self._database() as database:
            known = _look_up(database, keys)
            missing = [index for index, key in enumerate(keys) if key not in known]
            if missing:
                vectors = self._embedder.encode([texts[index] for index in missing])
                fresh = {keys[index]: vector for index, vector in zip(missing, vectors, strict=True)}
                rows = [(key, vector.astype("<f4").tobytes()) for key, vector in fresh.items()]
                database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                known |= fresh
        return np.array([known[key] for key in keys], dtype=np.float32)

    @contextlib.contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(private.file(self._path), timeout=30)
        try:
            with connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
                )
                yield connection
        finally:
            connection.close()


class StoredPairs:
    """Keeps what a cross-encoder says about every pair: fitting asks about the same ones again."""

    def __init__(self, model: PairModel, path: Path) -> None:
        """Keep scores in `path`, created 0600 when it is not there (texts are kept as hashes only)."""
        self._model = model
        self._store = KeyValueStore(path, "pairs")

    @property
    def id(self) -> str:
        """Return the id of the model inside."""
        return self._model.id

    @property
    def outputs(self) -> int:
        """Return how many numbers the model says about a pair."""
        return self._model.outputs

    def scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return what the model says about each pair, from the database where it has it, (len(pairs), outputs)."""
        keys = [hashlib.sha256("\0".join((self.id, *pair)).encode()).digest() for pair in pairs]
        known = self._store.get_many(keys)
        missing = [index for index, key in enumerate(keys) if key not in known]
        said = self._model.scores([pairs[index] for index in missing])
        fresh = {keys[index]: row.astype("<f4").tobytes() for index, row in zip(missing, said, strict=True)}
        self._store.put_many(fresh)
        rows = [(known | fresh)[key] for key in keys]
        return np.array([np.frombuffer(row, "<f4") for row in rows if isinstance(row, bytes)], np.float32)


def _unicode(texts: Sequence[str]) -> list[str]:
    # Half a surrogate pair (from a cut JSON escape) has no UTF-8 form, which every adapter needs.
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _look_up(database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
    found = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 - question marks only
        for key, vector in database.execute(query, some):
            found[bytes(key)] = np.frombuffer(vector, dtype="<f4")
    return found
