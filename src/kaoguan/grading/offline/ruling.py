"""Probabilities turned into what is due: labels, credits, stated misconceptions, and how sure all that is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.company import CREDITS, LABELS
from kaoguan.grading.offline.doubt import Grounds, doubt
from kaoguan.grading.offline.model import Model
from kaoguan.grading.offline.prepared import Prepared
from kaoguan.grading.offline.signals import Signals
from kaoguan.models import Label

_PARTIAL = LABELS.index(Label.PARTIAL)
_CONTRADICTED = LABELS.index(Label.CONTRADICTED)

# Nobody is told on less than even odds that they said the opposite. On left-out questions this costs .003 of kappa and
# raises the precision of the label from .90 to .92.
_LEAST_AGAINST = 0.5


@dataclass(frozen=True)
class Ruling:
    """Per key point: probabilities of the four labels and the expected credit; per misconception: stated or not.

    `doubt` is how far the score is expected to be off, 0-10: the model's settings say what is too much.
    """

    probabilities: Vectors
    labels: NDArray[np.intp]
    credits: Vectors
    misconceptions: NDArray[np.bool_]
    doubt: float


def rule(model: Model, prepared: Prepared, signals: Signals) -> Ruling:
    """Return what the model makes of the signals."""
    points = prepared.points
    columns = {name: column[:points] for name, column in signals.columns.items()}
    opinions = model.points.opinions(columns, np.zeros(points, np.intp))
    probabilities = tempered(opinions.joint, model.settings["temperature"])
    credits = credited(probabilities, model.settings)
    weights = np.array([point.weight for point in prepared.rubric.key_points], np.float32)
    return Ruling(
        probabilities=probabilities,
        labels=labelled(probabilities, model.settings),
        credits=credits,
        misconceptions=_stated(model, signals, points),
        doubt=doubt(model.doubt, Grounds(opinions, probabilities, credits, weights), columns),
    )


def labelled(probabilities: Vectors, settings: Mapping[str, float]) -> NDArray[np.intp]:
    """Return the index of each key point's label; partial, seldom the likeliest, is given some help."""
    helped = probabilities.copy()
    helped[..., _PARTIAL] *= settings["partial_help"]
    helped[helped[..., _CONTRADICTED] < _LEAST_AGAINST, _CONTRADICTED] = 0
    labels: NDArray[np.intp] = helped.argmax(axis=-1)
    return labels


def tempered(probabilities: Vectors, temperature: float) -> Vectors:
    """Return the probabilities made surer (temperature above 1) or less sure (below)."""
    powers = (probabilities + 1e-4) ** temperature
    scaled: Vectors = powers / powers.sum(axis=-1, keepdims=True)
    return scaled


def credited(probabilities: Vectors, settings: Mapping[str, float]) -> Vectors:
    """Return the expected share of the weight, stretched so that near-certainty earns all or nothing."""
    low, high = settings["credit_low"], settings["credit_high"]
    stretched: Vectors = np.clip((probabilities @ CREDITS - low) / (high - low), -0.25, 1.0)
    return stretched


def _stated(model: Model, signals: Signals, points: int) -> NDArray[np.bool_]:
    columns = {name: column[points:] for name, column in signals.columns.items()}
    if not len(columns["own"]):
        return np.zeros(0, np.bool_)
    probabilities = model.misconceptions.probabilities(columns).mean(axis=0)[:, 1]
    found: NDArray[np.bool_] = probabilities >= model.settings["misconception_threshold"]
    return found
