"""Probabilities turned into what is due: labels, credits, stated misconceptions, and how sure all that is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.model import LABELS, Model
from kaoguan.grading.offline.prepared import Prepared
from kaoguan.grading.offline.signals import Signals
from kaoguan.grading.scoring import CREDIT

_CREDITS = np.array([CREDIT[label] for label in LABELS], np.float32)


@dataclass(frozen=True)
class Ruling:
    """Per key point: probabilities of the four labels and the expected credit; per misconception: stated or not.

    `doubt` says how far the score may be off, in no particular unit: the model's settings say what is too much.
    """

    probabilities: Vectors
    credits: Vectors
    misconceptions: NDArray[np.bool_]
    doubt: float


def rule(model: Model, prepared: Prepared, signals: Signals) -> Ruling:
    """Return what the model makes of the signals."""
    points = prepared.points
    members = model.points.probabilities({name: column[:points] for name, column in signals.columns.items()})
    probabilities = tempered(members.mean(axis=0), model.settings["temperature"])
    weights = np.array([point.weight for point in prepared.rubric.key_points], np.float32)
    return Ruling(
        probabilities=probabilities,
        credits=credited(probabilities, model.settings),
        misconceptions=_stated(model, signals, points),
        doubt=doubt(members, probabilities, weights),
    )


def tempered(probabilities: Vectors, temperature: float) -> Vectors:
    """Return the probabilities made surer (temperature above 1) or less sure (below)."""
    powers = (probabilities + 1e-4) ** temperature
    scaled: Vectors = powers / powers.sum(axis=-1, keepdims=True)
    return scaled


def credited(probabilities: Vectors, settings: Mapping[str, float]) -> Vectors:
    """Return the expected share of the weight, stretched so that near-certainty earns all or nothing."""
    low, high = settings["credit_low"], settings["credit_high"]
    stretched: Vectors = np.clip((probabilities @ _CREDITS - low) / (high - low), -0.25, 1.0)
    return stretched


def doubt(members: Vectors, probabilities: Vectors, weights: Vectors) -> float:
    """Return how unsure the score is: the spread within each verdict and between the networks."""
    share = weights / weights.sum()
    within = float(share @ (1 - probabilities.max(axis=1)))
    between = float(np.std(members @ _CREDITS @ share))
    return within + between


def _stated(model: Model, signals: Signals, points: int) -> NDArray[np.bool_]:
    columns = {name: column[points:] for name, column in signals.columns.items()}
    if not len(columns["own"]):
        return np.zeros(0, np.bool_)
    probabilities = model.misconceptions.probabilities(columns).mean(axis=0)[:, 1]
    found: NDArray[np.bool_] = probabilities >= model.settings["misconception_threshold"]
    return found
