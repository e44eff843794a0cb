"""A grade of several answers in which every verdict stays with the words that earned it.

A judge that reads an old answer once more beside a new one may rule otherwise on the very same words. Only what the
candidate has said since can change a verdict: else a report would say "after the follow-up" of words that
stood in the first answer, and a score would fall because of an "I don't know".
"""

from kaoguan import prompts
from kaoguan.grading.feedback import feedback
from kaoguan.grading.scoring import likely_range, score
from kaoguan.models import Grade, Judgement, Label, Rubric, Verdict

_RANK = {Label.MISSING: 0, Label.PARTIAL: 1, Label.COVERED: 2}


def settled(rubric: Rubric, before: Grade, after: Grade, since: int) -> Grade:
    """Return `after`, with the verdicts of `before` wherever nothing said from offset `since` on changes them."""
    known = {verdict.key_point: verdict for verdict in before.verdicts}
    stated = {one.id for one in before.misconceptions}
    verdicts = tuple(_settled(known.get(verdict.key_point), verdict, since) for verdict in after.verdicts)
    wrong = tuple(one for one in after.misconceptions if one.id in stated or one.span[1] > since)
    if (verdicts, wrong) == (after.verdicts, after.misconceptions):
        return after
    points = score(rubric.key_points, verdicts, wrong)
    told = feedback(
        rubric, Judgement(verdicts=verdicts, misconceptions=wrong), prompts.load("feedback", rubric.language)
    )
    return after.model_copy(
        update={
            "verdicts": verdicts,
            "misconceptions": wrong,
            "score": points,
            "range": likely_range(rubric.key_points, verdicts, points),
            "feedback": told,
        }
    )


def _settled(before: Verdict | None, after: Verdict, since: int) -> Verdict:
    if before is None or Label.UNSCORED in (before.verdict, after.verdict):
        return after
    if after.verdict is before.verdict:
        return before
    said_since = after.span[1] > since if after.span else after.verdict is not Label.MISSING
    turned = Label.CONTRADICTED in (before.verdict, after.verdict)
    better = turned or _RANK[after.verdict] > _RANK[before.verdict]
    return after if said_since and better else before
