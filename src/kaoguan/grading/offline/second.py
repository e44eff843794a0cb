"""A model of the user's own beside the bundled judge: both opinions, joined by one linear map that was fitted on gold.

The bundled judge's probabilities go in as they are, so the joint opinion starts from it; the model's numbers say where
to leave it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.head import LEAST, softmax
from kaoguan.grading.offline.likeness import Compared, Likeness

LEAST_AGAINST = 0.5
"""Where a model of the user's own is heard, nobody is told on less than even odds that they said the opposite."""
# Numbers further out than this many standard deviations were hardly seen in fitting.
_FURTHEST = 4.0


@dataclass(frozen=True)
class JoiningMap:
    """A linear map with a softmax: f columns (see `columns`) -> 4 labels."""

    centre: Vectors
    scale: Vectors
    weights: Vectors
    bias: Vectors

    def probabilities(self, rows: Vectors) -> Vectors:
        """Return the probabilities of the labels, shape (rows, 4)."""
        return softmax(np.einsum("nf,fc->nc", self.standard(rows), self.weights) + self.bias).astype(np.float32)

    def standard(self, rows: Vectors) -> Vectors:
        """Return the rows centred and scaled."""
        standard: Vectors = np.clip((rows - self.centre) / self.scale, -_FURTHEST, _FURTHEST)
        return standard


def columns(opinion: Vectors, likeness: Vectors) -> Vectors:
    """Return the columns of one answer's key points from the bundled judge's opinion, (points, 4), and the model's."""
    others = (opinion.sum(axis=0) - opinion) / max(1, len(opinion) - 1)
    joined: Vectors = np.concatenate([np.log(opinion + LEAST), others[:, :3], likeness], axis=1).astype(np.float32)
    return joined


class SecondOpinion:
    """Hears a model of the user's own on every key point that the bundled judge has ruled on."""

    def __init__(self, model: Likeness, joining: JoiningMap, fingerprint: str) -> None:
        """Take the model and the map that was fitted for it, with its fingerprint."""
        self._model = model
        self._joining = joining
        self.fingerprint = fingerprint

    @property
    def embedder(self) -> str:
        """Return the id of the model."""
        return self._model.id

    def compare(self, asked: Sequence[Compared]) -> list[Vectors]:
        """Return what the model says of each answer; all answers are given to it at once."""
        return self._model.compare(asked)

    def joined(self, opinion: Vectors, likeness: Vectors) -> Vectors:
        """Return the joint probabilities of the labels of one answer's key points, (points, 4)."""
        return self._joining.probabilities(columns(opinion, likeness))
