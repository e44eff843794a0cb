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

from kaoguan.models import KeyPoint, Label, StatedMisconception, Verdict

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

    A verdict's own `credit` counts where its judge gives one, else its label. A key point nobody ruled on is unscored.
    """
    credit = {verdict.key_point: _credit(verdict) for verdict in verdicts}
    earned = 0.0
    for point in key_points:
        share = credit.get(point.id)
        if share is None:
            return None
        earned += point.weight * share
    available = sum(point.weight for point in key_points)
    cost = MISCONCEPTION_COST * len({misconception.id for misconception in misconceptions})
    return round(min(100.0, max(0.0, 100 * earned / available - cost)), 1)


def _credit(verdict: Verdict) -> float | None:
    if verdict.verdict is Label.UNSCORED:
        return None
    return CREDIT[verdict.verdict] if verdict.credit is None else verdict.credit
