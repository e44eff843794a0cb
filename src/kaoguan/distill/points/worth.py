"""How likely a careful reader calls a claim good under its question, and how likely nobody could use it.

Two logistic regressions over the traits of a claim, fitted on points of public documents that readers judged
(`benchmarks/distill/fit_worth.py`); the weights hold no text, only hashes of words.
"""

import math
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.traits import Traits, traits
from kaoguan.distill.questions.sections import Section

WEIGHTS = Path(__file__).parent / "worth.npz"
BUCKETS = 1 << 14
"""How many different words are told apart; the others fall together by chance."""
CLIP = 4.0
"""A number further from its mean than this many deviations counts as this far."""


class Worth(NamedTuple):
    """Two probabilities, 0-1."""

    good: float
    unusable: float


def worths(section: Section, claims: Sequence[Draft]) -> list[Worth]:
    """Return what each claim of an answer is worth under its question."""
    weights = _weights()
    return [weights.worth(seen) for seen in traits(section, claims)] if claims else []


def buckets(words: frozenset[str]) -> NDArray[np.int64]:
    """Return the places of words among the hashed weights, each once."""
    return np.array(sorted({zlib.crc32(word.encode()) % BUCKETS for word in words}), dtype=np.int64)


class _Weights:
    """What was fitted; `numbers` and `words` have two rows, for good and for unusable."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self._names = [str(name) for name in stored["names"]]
            self._mean, self._scale = stored["mean"], stored["scale"]
            self._numbers, self._words = stored["numbers"], stored["words"].astype(np.float32)
            self._bias = stored["bias"]

    def worth(self, seen: Traits) -> Worth:
        numbers = np.array([seen.numbers.get(name, 0.0) for name in self._names])
        placed = np.clip((numbers - self._mean) / self._scale, -CLIP, CLIP)
        good, unusable = self._numbers @ placed + self._words[:, buckets(seen.words)].sum(1) + self._bias
        return Worth(_logistic(good), _logistic(unusable))


@cache
def _weights() -> _Weights:
    return _Weights(WEIGHTS)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
