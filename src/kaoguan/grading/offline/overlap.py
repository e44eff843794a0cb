"""Shared wording: Chinese character pairs, Latin words and numbers, weighted by how much they single out a claim."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_RUN = re.compile(r"[a-z][a-z0-9+\-]*|\d+(?:\.\d+)?|[\u3400-\u9fff]+")
# English endings vary ("converge", "converges", "convergence"): six letters are enough to tell words apart.
_STEM = 6
# A unit of the question is known to whoever read it: it earns next to nothing.
_IN_QUESTION = 0.2


def units(text: str) -> set[str]:
    """Return the lexical units of a normalised text: character pairs of Chinese, stems of Latin words, numbers."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        if run[0] >= "\u3400":
            found.update(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else found.add(run)
        else:
            found.add(run[:_STEM])
    return found


def placed_units(text: str) -> list[tuple[int, str]]:
    """Return the same units with where each starts, in order and with repetitions."""
    found = []
    for match in _RUN.finditer(text):
        start, run = match.start(), match[0]
        if run[0] >= "\u3400":
            found += [(start + i, run[i : i + 2]) for i in range(len(run) - 1)] or [(start, run)]
        else:
            found.append((start, run[:_STEM]))
    return found


def tokens(text: str) -> list[str]:
    """Return the text in reading order as single Chinese characters, Latin words and numbers."""
    return [token for run in _RUN.findall(text) for token in (run if run[0] >= "\u3400" else [run[:_STEM]])]


class Vocabulary:
    """The units of one rubric, numbered, with each claim's weights on them."""

    def __init__(self, question: str, claims: Sequence[str], competing: int) -> None:
        """Take the question and the claims; the first `competing` of them are the key points that share units."""
        per_claim = [units(claim) for claim in claims]
        self._number = {unit: i for i, unit in enumerate(sorted(set().union(units(question), *per_claim)))}
        self.question = self.row(question)
        holders = np.maximum(1, self._rows(per_claim[:competing]).sum(axis=0))
        rows = self._rows(per_claim)
        weighted = rows * np.where(self.question > 0, _IN_QUESTION, 1.0) / holders
        self.weights = weighted / np.maximum(1e-9, weighted.sum(axis=1, keepdims=True))

    def row(self, text: str) -> NDArray[np.float32]:
        """Return 1 for each unit of the rubric that the text holds."""
        row: NDArray[np.float32] = self.rows([text])[0]
        return row

    def rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one such row per text."""
        return self._rows([units(text) for text in texts])

    def _rows(self, unit_sets: Iterable[set[str]]) -> NDArray[np.float32]:
        sets = list(unit_sets)
        rows = np.zeros((len(sets), len(self._number)), np.float32)
        for row, found in zip(rows, sets, strict=True):
            row[[self._number[unit] for unit in found if unit in self._number]] = 1
        return rows


def common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many tokens the two share in the same order (longest common subsequence, bit-parallel)."""
    places: dict[str, int] = {}
    for i, token in enumerate(first):
        places[token] = places.get(token, 0) | 1 << i
    full = (1 << len(first)) - 1
    state = full
    for token in second:
        matched = state & places.get(token, 0)
        state = ((state + matched) | (state - matched)) & full
    return len(first) - state.bit_count()
