"""Agreement between two raters, as pure functions of equally long sequences.

Where a figure does not exist (nothing to compare, a rater who never varies) it is None, never a made-up 0.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]


class LabelFigures(NamedTuple):
    """How one label was recovered; `support` is how often the gold has it."""

    precision: float | None
    recall: float | None
    f1: float | None
    support: int


def confusion(gold: ArrayLike, ours: ArrayLike, size: int) -> Counts:
    """Return counts of shape (size, size): row = gold label, column = ours, both coded 0 … size - 1."""
    cells = np.asarray(gold, dtype=np.int64) * size + np.asarray(ours, dtype=np.int64)
    return np.bincount(cells, minlength=size * size).reshape(size, size)


def accuracy(counts: Counts) -> float | None:
    """Return the share of equal labels."""
    total = counts.sum()
    return float(np.trace(counts) / total) if total else None


def kappa(counts: Counts) -> float | None:
    """Return Cohen's kappa: agreement beyond chance, 1 for full agreement, 0 for chance (Cohen 1960)."""
    return _weighted_kappa(counts, (~np.eye(len(counts), dtype=bool)).astype(np.float64))


def quadratic_kappa(gold: ArrayLike, ours: ArrayLike) -> float | None:
    """Return quadratic weighted kappa of scores on 0-10, each rounded to the nearest whole point, halves up."""
    counts = confusion(_whole_points(gold), _whole_points(ours), 11)
    steps = np.arange(11)
    return _weighted_kappa(counts, ((steps[:, None] - steps[None, :]) ** 2).astype(np.float64))


def label_figures(counts: Counts) -> list[LabelFigures]:
    """Return precision, recall and F1 per label; None where the label was never given."""
    figures = []
    for hit, given, wanted in zip(np.diag(counts), counts.sum(axis=0), counts.sum(axis=1), strict=True):
        f1 = float(2 * hit / (given + wanted)) if given + wanted else None
        figures.append(LabelFigures(_share(hit, given), _share(hit, wanted), f1, int(wanted)))
    return figures


def macro_f1(counts: Counts) -> float | None:
    """Return the mean F1 over the labels that either rater used."""
    used = [figures.f1 for figures in label_figures(counts) if figures.f1 is not None]
    return float(np.mean(used)) if used else None


def pearson(gold: ArrayLike, ours: ArrayLike) -> float | None:
    """Return the linear correlation, -1 to 1; None when either side never varies."""
    a, b = np.asarray(gold, dtype=float), np.asarray(ours, dtype=float)
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1))


def spearman(gold: ArrayLike, ours: ArrayLike) -> float | None:
    """Return the rank correlation, ties given their mean rank; None when either side never varies."""
    return pearson(_ranks(gold), _ranks(ours))


def rmse(gold: ArrayLike, ours: ArrayLike) -> float | None:
    """Return the root of the mean squared difference, in the unit of the scores."""
    differences = np.asarray(gold, dtype=float) - np.asarray(ours, dtype=float)
    return float(np.sqrt(np.mean(differences**2))) if len(differences) else None


def interval(values: Sequence[float | None], level: float = 0.95) -> tuple[float, float] | None:
    """Return the middle `level` of bootstrap values; None when fewer than half of them exist."""
    known = [value for value in values if value is not None]
    if not known or 2 * len(known) < len(values):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _weighted_kappa(counts: Counts, weights: NDArray[np.float64]) -> float | None:
    total = counts.sum()
    if not total:
        return None
    chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    expected = (weights * chance).sum()
    # Both raters gave one and the same label throughout: agreement beyond chance cannot be told.
    return float(1 - (weights * counts).sum() / expected) if expected else None


def _whole_points(scores: ArrayLike) -> NDArray[np.int64]:
    # Halves up, as people round; numpy's own rounding would send 0.5 to 0 and 1.5 to 2.
    return np.clip(np.floor(np.asarray(scores, dtype=float) + 0.5), 0, 10).astype(np.int64)


def _ranks(values: ArrayLike) -> NDArray[np.float64]:
    _, places, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[places]


def _share(part: int, whole: int) -> float | None:
    return float(part / whole) if whole else None
