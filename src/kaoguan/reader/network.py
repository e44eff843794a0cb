"""The fitted network, run by onnxruntime: numbers of pieces in, what it thinks of each claim out.

The lower layers read a text on its own. The upper layers read a question with its answer, and every claim with both; a
claim never sees another claim, so what else a rubric holds changes no verdict. One answer is one run on one thread:
neither company nor order nor the number of threads can change a bit. Products are made of whole numbers so small that
processors with and without instructions for them get the same sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

Rows = NDArray[np.float32]

# What a mark that is not to be seen adds to an attention score.
_HIDDEN = np.float32(-1e4)
QUESTION, ANSWER, KEY_POINT, MISCONCEPTION = range(4)
"""What a text is to the reader: each kind has a row of its own, added to all of its tokens."""


@dataclass(frozen=True)
class Claims:
    """The claims of a rubric after the lower layers, packed one after the other, and the way to a padded table."""

    rows: Rows
    places: NDArray[np.int64]
    hides: Rows
    back: NDArray[np.int64]


class Network:
    """Lower and upper layers, and the rows of the vocabulary. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load `words.npz`, `lower.onnx` and `upper.onnx`."""
        with np.load(folder / "words.npz") as saved:
            self._words, self._scales = saved["words"], saved["scales"]
            self._positions, self._kinds = saved["positions"], saved["kinds"]
        self._lower = _session(folder / "lower.onnx")
        self._upper = _session(folder / "upper.onnx")

    @property
    def width(self) -> int:
        """Return how many numbers the network has for each piece."""
        return int(self._positions.shape[1])

    @property
    def longest(self) -> int:
        """Return how many pieces, marks included, one text may have."""
        return len(self._positions)

    def hidden(self, numbers: Sequence[int]) -> Rows:
        """Return what the lower layers make of one text, shape (pieces, width)."""
        rows = self._words[list(numbers)] * self._scales[list(numbers), None] + self._positions[: len(numbers)]
        made: Rows = self._lower.run(None, {"x": rows})[0]
        return made

    def claims(self, texts: Sequence[tuple[Rows, int]]) -> Claims:
        """Return claims ready to be read; each is what `hidden` gives and its kind."""
        lengths = [len(rows) for rows, _ in texts]
        width = max(lengths)
        places = np.zeros((len(texts), width), np.int64)
        hides = np.full((len(texts), width), _HIDDEN, np.float32)
        back: list[int] = []
        first = 0
        for i, length in enumerate(lengths):
            places[i, :length] = np.arange(first, first + length)
            hides[i, :length] = 0
            back += range(i * width, i * width + length)
            first += length
        rows = np.concatenate([rows + self._kinds[kind] for rows, kind in texts])
        return Claims(rows, places, hides, np.array(back, np.int64))

    def read(self, question: Rows, answer: Rows, claims: Claims) -> Rows:
        """Return four scores a claim, (claims, 4): of covered, partial, missing, contradicted."""
        outside = np.zeros(len(question) + len(answer), np.float32)
        outside[: len(question)] = _HIDDEN
        scores: Rows = self._upper.run(
            ["scores"],
            {
                "answer": np.concatenate([question + self._kinds[QUESTION], answer + self._kinds[ANSWER]]),
                "claims": claims.rows,
                "places": claims.places,
                "hides": claims.hides,
                "back": claims.back,
                "outside": outside,
            },
        )[0]
        return scores


def _session(path: Path) -> InferenceSession:
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Weights that are spread out to 32 bits are so once, when they are loaded.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    # Answers have all lengths: memory kept ready for each of them would never come back.
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    # Its own remarks on stderr would stand in ours.
    options.log_severity_level = 4
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
