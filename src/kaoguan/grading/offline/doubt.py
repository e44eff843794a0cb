"""How far off a score may be, from what the judge knows about its own ruling."""

import numpy as np

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.labels import CONTRADICTED, CREDITS
from kaoguan.grading.offline.ruling import Ruling


def doubt(weights: Vectors, ruling: Ruling, share: Vectors) -> float:
    """Return the expected squared error of the score, 0-10; `weights` are fitted, one a symptom, last a constant."""
    return float(max(0.0, symptoms(ruling, share) @ weights[:-1] + weights[-1]))


def symptoms(ruling: Ruling, share: Vectors) -> Vectors:
    """Return the numbers that doubt is read from; `share` is each key point's part of the available weight."""
    probabilities, against = ruling.probabilities, ruling.probabilities[:, CONTRADICTED]
    expected = probabilities @ CREDITS
    spread = np.maximum(probabilities @ CREDITS**2 - expected**2, 0)
    score = share @ expected
    apart = (ruling.signals - ruling.reader) @ CREDITS
    return np.array(
        [
            np.sqrt(share**2 @ spread),
            share @ np.sqrt(spread),
            score,
            score * (1 - score),
            share @ against,
            share @ (against * (1 - against)),
            share @ np.abs(apart),
            abs(share @ apart),
            share @ (1 - probabilities.max(axis=1)),
        ],
        np.float32,
    )
