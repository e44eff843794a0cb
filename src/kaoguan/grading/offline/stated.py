"""Which misconceptions an answer states: what networks say of each, heard beside the ruling on the key points.

Words alone accuse too easily: whoever got the points right has hardly said the opposite as well.
"""

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.labels import CONTRADICTED, COVERED

_LEAST = 1e-3


def stated(weights: Vectors, probabilities: Vectors, ruled: Vectors, share: Vectors) -> NDArray[np.bool_]:
    """Return for each misconception whether it is stated; `weights` are fitted, one a sign and last a constant.

    `probabilities` (misconceptions,) are what networks say; `ruled` (key points, 4) and `share` are as in `doubt`.
    """
    found: NDArray[np.bool_] = signs(probabilities, ruled, share) @ weights[:-1] + weights[-1] > 0
    return found


def signs(probabilities: Vectors, ruled: Vectors, share: Vectors) -> Vectors:
    """Return the numbers that a misconception is found by, shape (misconceptions, 6)."""
    odds = np.log((probabilities + _LEAST) / (1 - probabilities + _LEAST))
    against, covered = ruled[:, CONTRADICTED], ruled[:, COVERED]
    answer = [against.max(), share @ against, share @ covered, covered.max(), len(ruled)]
    made: Vectors = np.column_stack([odds, np.tile(np.array(answer, np.float32), (len(odds), 1))])
    return made
