"""How far off a score may be, from what the judge knows about its own ruling."""

from typing import NamedTuple

import numpy as np

from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.company import CREDITS, LABELS
from kaoguan.grading.offline.model import Opinions, blend
from kaoguan.grading.offline.trees import Trees
from kaoguan.models import Label

_CONTRADICTED = LABELS.index(Label.CONTRADICTED)

# What an answer is like tells where the judge errs: own words, other languages, few shared terms.
_TELLING = (
    "rubric_said", "from_rubric", "topic", "topic_over_elsewhere", "points_over_elsewhere", "foreign",
    "function_words", "clause_size", "mean_terms", "mean_over_rivals", "clauses_on_points", "verbatim", "mean_z",
)  # fmt: skip


class Grounds(NamedTuple):
    """What one answer's score rests on: the members' opinions, probabilities, credits and weights per key point."""

    opinions: Opinions
    probabilities: Vectors
    credits: Vectors
    weights: Vectors


def doubt(forest: Trees, grounds: Grounds, columns: dict[str, Vectors]) -> float:
    """Return how far off the score is expected to be, 0-10: the root of the expected square."""
    return float(np.sqrt(max(0.0, forest.sums(symptoms(grounds, columns)[None]).item())))


def symptoms(grounds: Grounds, columns: dict[str, Vectors]) -> Vectors:
    """Return the numbers that doubt is read from, in a fixed order."""
    share = grounds.weights / grounds.weights.sum()
    expected = grounds.probabilities @ CREDITS
    spread = grounds.probabilities @ CREDITS**2 - expected**2
    against = grounds.probabilities[:, _CONTRADICTED]
    score = float(np.clip(share @ grounds.credits, 0, 1))
    telling = [float(columns[name][0]) for name in _TELLING]
    missed = [(1 - score) * float(columns[name][0]) for name in ("topic", "mean_terms", "mean_z")]
    own = [
        share @ (1 - grounds.probabilities.max(axis=1)),
        np.std(grounds.opinions.first @ CREDITS @ share),
        np.std(grounds.opinions.second @ CREDITS @ share),
        abs(share @ (grounds.opinions.joint - blend(grounds.opinions.first)) @ CREDITS),
        np.sqrt(share @ spread),
        np.sqrt(share**2 @ spread),
        score,
        score * (1 - score),
        share @ against,
        share @ (against * (1 - against)),
        np.std(grounds.credits),
    ]
    return np.array([*own, *telling, *missed], np.float32)
