"""What signals and reader say, made into the probabilities of the four labels: half by a linear map, half by trees.

Signals and reader err differently: the one compares words and vectors, the other reads. And somebody who said three
things right in their own words has likely said the fourth; where two were turned round, a third near-copy is suspect:
each key point is heard in the company of the answer's others. The trees see the signals themselves as well, and so
which of the two opinions is worth more where.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.labels import CONTRADICTED, COVERED, CREDITS, LABELS, PARTIAL
from kaoguan.trees import Trees

Float = TypeVar("Float", np.float32, np.float64)

LEAST = 1e-2
"""Odds beyond a hundred to one say no more."""


_WHOSE = ("signals", "reader")
_OTHERS = ("credit", "covered", "against", "sure", "half")
OPINIONS = (
    *(f"{whose}_{label.value}" for whose in _WHOSE for label in LABELS),
    *(f"{whose}_others_{what}" for whose in _WHOSE for what in _OTHERS),
)
"""What the columns of `features` are."""


@dataclass(frozen=True)
class Head:
    """A linear map with a softmax, f features (see `features`) → 4 labels, and trees over features and signals."""

    centre: Vectors
    scale: Vectors
    weights: Vectors
    bias: Vectors
    trees: Trees

    def probabilities(self, columns: Mapping[str, Vectors], signals: Vectors, reader: Vectors) -> Vectors:
        """Return what all makes of the key points of one answer, shape (points, 4).

        `columns` are the signals, `signals` and `reader` the opinions that networks and trees, and the reader have.
        """
        rows = features(signals, reader)
        linear = softmax(np.einsum("nf,fc->nc", (rows - self.centre) / self.scale, self.weights) + self.bias)
        grown = self.trees.probabilities({**columns, **dict(zip(OPINIONS, rows.T, strict=True))})
        made: Vectors = ((linear + grown) / 2).astype(np.float32)
        return made


def features(signals: Vectors, reader: Vectors) -> Vectors:
    """Return the features of one answer's key points, (points, 18), from two opinions on them, (points, 4) each."""
    columns = [np.log(signals + LEAST), np.log(reader + LEAST), _others(signals), _others(reader)]
    return np.concatenate(columns, axis=1).astype(np.float32)


def softmax(scores: NDArray[Float]) -> NDArray[Float]:
    """Return scores, (…, labels), as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: NDArray[Float] = powers / powers.sum(axis=-1, keepdims=True)
    return made


def _others(opinion: Vectors) -> Vectors:
    """Return, for each key point, means over the answer's other key points: 0 where there are none."""
    told: NDArray[np.float32] = np.stack(
        [
            opinion @ CREDITS,
            opinion[:, COVERED],
            opinion[:, CONTRADICTED],
            opinion.max(axis=1),
            opinion[:, PARTIAL],
        ],
        axis=1,
    )
    means: Vectors = (told.sum(axis=0) - told) / max(1, len(told) - 1)
    return means
