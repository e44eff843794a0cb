"""What signals and reader say, turned into what is due: labels, stated misconceptions, and how sure all that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.head import softmax
from kaoguan.grading.offline.labels import CONTRADICTED
from kaoguan.grading.offline.model import Model, Weighing
from kaoguan.grading.offline.signals import Signals
from kaoguan.grading.offline.stated import stated

# Nobody is told on long odds that they said the opposite.
_LEAST_AGAINST = 0.4


@dataclass(frozen=True)
class Ruling:
    """Per key point: probabilities of the four labels and the label; per misconception: stated or not.

    `signals` and `reader` are the two opinions that the probabilities are made of.
    """

    probabilities: Vectors
    labels: NDArray[np.intp]
    misconceptions: NDArray[np.bool_]
    signals: Vectors
    reader: Vectors


def rule(model: Model, weighing: Weighing, share: Vectors, signals: Signals, scores: Vectors) -> Ruling:
    """Return what the model makes of the signals and of the reader's scores of the key points.

    `share` is each key point's part of the available weight.
    """
    points = len(share)
    columns = {name: column[:points] for name, column in signals.columns.items()}
    ours, theirs = model.opinion(columns), softmax(scores)
    probabilities = weighing.head.probabilities(columns, ours, theirs)
    said = model.said({name: column[points:] for name, column in signals.columns.items()})
    found = stated(weighing.stated, said, probabilities, share)
    return Ruling(probabilities, labelled(probabilities), found, ours, theirs)


def labelled(probabilities: Vectors, least_against: float = _LEAST_AGAINST) -> NDArray[np.intp]:
    """Return the index of each key point's label; less likely than `least_against` is no contradiction."""
    likely = probabilities.copy()
    likely[likely[..., CONTRADICTED] < least_against, CONTRADICTED] = 0
    labels: NDArray[np.intp] = likely.argmax(axis=-1)
    return labels
