"""A grade as reviews: how well each key point was recalled.

covered by the first answer, as all others were      easy
covered by the first answer                          good
covered or partly, after a follow-up or with a hint  hard
partly covered by the first answer                   hard
missing, contradicted                                again
unscored, or the judge is not sure                   nothing: it is no evidence either way
"""

from collections.abc import Set

from kaoguan.models import Grade, Label, Verdict
from kaoguan.store import Rating

SURE = 0.6
"""Verdicts below this confidence teach nothing; reports call them unsure."""


def ratings(unaided: Grade, final: Grade, hinted: Set[str]) -> dict[str, tuple[Label, Rating | None]]:
    """Return the final label and the rating of each key point; `hinted` are those the candidate took a hint on."""
    before = {verdict.key_point: verdict for verdict in unaided.verdicts}
    complete = all(verdict.verdict is Label.COVERED for verdict in unaided.verdicts) and not hinted
    return {
        verdict.key_point: (
            verdict.verdict,
            rating(before.get(verdict.key_point), verdict, helped=verdict.key_point in hinted, complete=complete),
        )
        for verdict in final.verdicts
    }


def rating(before: Verdict | None, after: Verdict, *, helped: bool, complete: bool) -> Rating | None:
    """Return how well one key point was recalled, by the verdicts on the first answer and on all answers."""
    if after.verdict is Label.UNSCORED or after.confidence < SURE:
        return None
    if after.verdict in (Label.MISSING, Label.CONTRADICTED):
        return Rating.AGAIN
    by_itself = before is not None and before.verdict is Label.COVERED and not helped
    if after.verdict is Label.PARTIAL or not by_itself:
        return Rating.HARD
    return Rating.EASY if complete else Rating.GOOD
