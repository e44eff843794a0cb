"""The score: arithmetic on verdicts, nothing else.

    >>> points = (KeyPoint(id="p1", text="…", weight=3), KeyPoint(id="p2", text="…", weight=1))
    >>> score(points, (covered p1, missing p2))                  3 of 4 earned
    75.0
    >>> score(points, (covered p1, contradicted p2))             less a quarter of p2's weight
    68.8
    >>> score(points, (covered p1, missing p2), (m1,))           less 2 for a stated misconception
    73.0
    >>> score(points, (covered p1, unscored p2)) is None
    True

The two costs were chosen on 680 answers labelled by hand: with gold verdicts the score then correlates .990 with the
holistic human score (.970 on the dev set, .998 on train); a contradiction of -1/2 and a misconception of -5 give .983.
"""

from collections.abc import Sequence
from math import ceil, floor

from kaoguan.models import KeyPoint, Label, StatedMisconception, Verdict

RANGE_LEAST, RANGE_SPREAD = 3.0, 0.5
"""The reach of the likely range: what is always in doubt, and the share of what the verdicts leave open."""

CREDIT = {Label.COVERED: 1.0, Label.PARTIAL: 0.5, Label.MISSING: 0.0, Label.CONTRADICTED: -0.25}
"""The share of a key point's weight that each label earns."""

MISCONCEPTION_COST = 2.0
"""Points of 100 that each stated misconception costs, beside the key points it contradicts."""


def score(
    key_points: Sequence[KeyPoint],
    verdicts: Sequence[Verdict],
    misconceptions: Sequence[StatedMisconception] = (),
) -> float | None:
    """Return the share of available weight earned, 0-100 to one decimal; None when any key point is unscored.

    It follows from the verdicts shown and nothing else, whoever ruled. A key point nobody ruled on is unscored.
    """
    labels = {verdict.key_point: verdict.verdict for verdict in verdicts}
    earned = 0.0
    for point in key_points:
        share = CREDIT.get(labels.get(point.id, Label.UNSCORED))
        if share is None:
            return None
        earned += point.weight * share
    available = sum(point.weight for point in key_points)
    cost = MISCONCEPTION_COST * len({misconception.id for misconception in misconceptions})
    return round(min(100.0, max(0.0, 100 * earned / available - cost)), 1)


def likely_range(
    key_points: Sequence[KeyPoint], verdicts: Sequence[Verdict], score: float | None
) -> tuple[int, int] | None:
    """Return between which whole points the score a person gives lies four times of five; None when unscored.

    A verdict that is not sure may as well be its neighbour, half a weight away; verdicts on one answer err partly
    together. The two numbers were fitted on questions left out (benchmarks/offline).
    """
    if score is None:
        return None
    weight = {point.id: point.weight for point in key_points}
    available = sum(weight.values())
    doubts = [weight[v.key_point] * (1 - v.confidence) ** 0.5 for v in verdicts if v.key_point in weight]
    alone, together = sum(doubt**2 for doubt in doubts), sum(doubts) ** 2
    reach = RANGE_LEAST + RANGE_SPREAD * 100 * ((alone + together) / 2) ** 0.5 / available
    return max(0, floor(score - reach)), min(100, ceil(score + reach))
