"""A scale fitted on the few answers to one question that a teacher has graded.

Below PHRASES_FROM answers two numbers are fitted, drawn towards the identity the more the fewer answers there are; from
there on also what single phrases are worth, by ridge regression on what the line leaves over.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.calibration.scale import Scale

# Below about 25 answers to a question, more than two numbers fit the noise (benchmarks/calibration/RESULTS.md).
PHRASES_FROM = 25

# How many graded answers the identity counts for: six for the offset, and for the slope so much squared deviation of
# our scores as sixteen answers have that deviate by 25. Weaker priors fit a judge that is far from the teacher a little
# better, and a judge that is near worse than no fit at all.
_OFFSET_PRIOR = 6.0
_SLOPE_PRIOR = 10_000.0

# A phrase in fewer answers says more about one candidate than about the teacher, and must not be told from the file;
# one in nearly all answers says nothing.
_RAREST = 3
_COMMONEST = 0.9

# Strengths of the ridge, relative to the phrases' total variance.
_PENALTIES = (0.3, 1.0, 3.0)
_FOLDS = 5


class FitPoint(NamedTuple):
    """One graded answer: our score and the teacher's, 0-100, and the answer's phrases."""

    ours: float
    teacher: float
    phrases: frozenset[str]


def fit(points: Sequence[FitPoint], *, by_phrases: bool) -> Scale:
    """Return the scale for these answers; the identity where our scores are all 0."""
    # A score of 0 stays 0 on every scale, so it must not bend the line.
    points = [point for point in points if point.ours > 0]
    if not by_phrases or len(points) < _FOLDS:
        return line(points)
    choices = [partial(with_phrases, penalty=penalty) for penalty in _PENALTIES]
    return min(choices, key=lambda choice: _error(choice, points))(points)


def line(points: Sequence[FitPoint]) -> Scale:
    """Return offset and slope alone."""
    if not points:
        return Scale()
    ours = np.array([point.ours for point in points])
    difference = np.array([point.teacher for point in points]) - ours
    centre = float(ours.mean())
    spread = ours - centre
    shift = float(difference.sum()) / (len(points) + _OFFSET_PRIOR)
    slope = max(0.0, 1 + float(spread @ difference) / (float(spread @ spread) + _SLOPE_PRIOR))
    return Scale(offset=round(centre + shift - slope * centre, 4), slope=round(slope, 4), lowest=float(ours.min()))


def with_phrases(points: Sequence[FitPoint], penalty: float) -> Scale:
    """Return offset, slope and the worth of phrases; the line alone where no phrase is shared by enough answers."""
    base = line(points)
    shown = Counter(phrase for point in points for phrase in point.phrases)
    known = sorted(phrase for phrase, count in shown.items() if _RAREST <= count <= _COMMONEST * len(points))
    if not known:
        return base
    rows = np.array([[phrase in point.phrases for phrase in known] for point in points], dtype=np.float64)
    left_over = np.array([point.teacher - base.score(point.ours) for point in points])
    weights = _ridge(rows, left_over, penalty)
    # Rounded so that a person can read them; the largest come first for the same reason.
    worth = {phrase: round(float(weight), 2) for phrase, weight in zip(known, weights, strict=True)}
    worth = {phrase: worth[phrase] for phrase in sorted(worth, key=lambda it: (-worth[it], it)) if worth[phrase]}
    mean = sum(weight * shown[phrase] for phrase, weight in worth.items()) / len(points)
    return base.model_copy(update={"phrases": worth, "phrases_mean": round(mean, 4)})


def folds(count: int, parts: int) -> list[NDArray[np.bool_]]:
    """Return `parts` masks over `count` answers, each answer in one; the same count gives the same masks."""
    shuffled = np.random.default_rng(0).permutation(count)
    return [shuffled % parts == part for part in range(parts)]


def _ridge(rows: NDArray[np.float64], target: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    centred = rows - rows.mean(axis=0)
    # One scale for all phrases: standardising each would make the rarest count most.
    variance = centred.var(axis=0).sum()
    # There are more phrases than answers, so it is solved in the answers (n x n).
    dual = np.linalg.solve(centred @ centred.T / variance + penalty * np.eye(len(rows)), target - target.mean())
    weights: NDArray[np.float64] = centred.T @ dual / variance
    return weights


def _error(choice: Callable[[Sequence[FitPoint]], Scale], points: Sequence[FitPoint]) -> float:
    error = 0.0
    for out in folds(len(points), _FOLDS):
        scale = choice([point for point, is_out in zip(points, out, strict=True) if not is_out])
        for point, is_out in zip(points, out, strict=True):
            if is_out:
                error += (scale.score(point.ours, point.phrases) - point.teacher) ** 2
    return error
