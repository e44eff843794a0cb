"""What the first opinions on an answer's key points say about each other.

Somebody who said three things right in their own words has likely said the fourth; where two were turned round, a third
near-copy is suspect. The second opinion sees each key point's first one in the company of the answer's others.
"""

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.scoring import CREDIT
from kaoguan.models import Label

LABELS = (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED)
CREDITS = np.array([CREDIT[label] for label in LABELS], np.float32)
"""The share of a key point's weight that each of LABELS earns."""

_COVERED, _PARTIAL, _MISSING, _CONTRADICTED = range(4)
# Odds beyond a thousand to one say no more.
_LEAST = 1e-3


def company(first: Vectors, answers: NDArray[np.intp]) -> dict[str, Vectors]:
    """Return the signals of the second opinion; `answers` numbers the answer of each row of probabilities."""
    log = np.log(first + _LEAST)
    found = {
        "first_covered": log[:, _COVERED] - log[:, _MISSING],
        "first_against": log[:, _CONTRADICTED] - log[:, _COVERED],
        "first_partial": log[:, _PARTIAL],
        "others_credit": _others(first @ CREDITS, answers),
        "others_covered": _others(first[:, _COVERED], answers),
        "others_against": _others(first[:, _CONTRADICTED], answers),
        "others_partial": _others(first[:, _PARTIAL], answers),
        "others_sure": _others(first.max(axis=1), answers),
        "most_credit": _most(first @ CREDITS, answers),
        "most_against": _most(first[:, _CONTRADICTED], answers),
    }
    return {name: column.astype(np.float32) for name, column in found.items()}


def _others(values: Vectors, answers: NDArray[np.intp]) -> Vectors:
    """Return the mean over the other rows of the same answer, 0 where there are none."""
    total = np.bincount(answers, values)[answers]
    count = np.bincount(answers)[answers]
    mean: Vectors = ((total - values) / np.maximum(1, count - 1)).astype(np.float32)
    return mean


def _most(values: Vectors, answers: NDArray[np.intp]) -> Vectors:
    most = np.full(int(answers.max()) + 1, -1, np.float32)
    np.maximum.at(most, answers, values)
    return most[answers]
