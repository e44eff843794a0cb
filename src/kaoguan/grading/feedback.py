"""What a candidate reads first: what was right, in their words; what was not; one next step.

No praise without a covered point. The words are in `words/<language>/feedback.yaml`.
"""

from kaoguan.grading.scoring import CREDIT
from kaoguan.models import Judgement, Label, Rubric, Verdict
from kaoguan.prompts import Wording

_ORDER = (Label.COVERED, Label.PARTIAL, Label.CONTRADICTED, Label.MISSING)


def feedback(rubric: Rubric, judgement: Judgement, wording: Wording) -> str:
    """Return a few plain sentences in the rubric's language; empty where nobody could rule."""
    weight = {point.id: point.weight for point in rubric.key_points}
    ruled = sorted(judgement.verdicts, key=lambda verdict: -weight[verdict.key_point])
    parts = []
    for label in _ORDER:
        points = [_point(rubric, verdict, wording) for verdict in ruled if verdict.verdict is label]
        if points:
            parts.append(wording.say(label.value, points=wording.say("join").join(points)))
    texts = {one.id: one.text for one in rubric.misconceptions}
    stated = [
        wording.say("quoted", point=texts[one.id], quote=one.evidence)
        for one in judgement.misconceptions
        if one.id in texts
    ]
    if stated:
        parts.append(wording.say("misconceptions", points=wording.say("join").join(stated)))
    if step := _next_step(rubric, ruled, wording):
        parts.append(step)
    return wording.say("space").join(parts)


def _point(rubric: Rubric, verdict: Verdict, wording: Wording) -> str:
    text = rubric.key_point(verdict.key_point).text
    return wording.say("quoted", point=text, quote=verdict.evidence) if verdict.evidence else text


def _next_step(rubric: Rubric, ruled: list[Verdict], wording: Wording) -> str:
    """Return one thing to do, about the key point that cost most; empty when all are covered."""

    def cost(verdict: Verdict) -> float:
        return rubric.key_point(verdict.key_point).weight * (1 - CREDIT.get(verdict.verdict, 1))

    costly = max(ruled, key=cost, default=None)
    if costly is None or cost(costly) <= 0:
        return ""
    point = rubric.key_point(costly.key_point)
    return wording.say("next", ask=point.follow_up or wording.say("explain", point=point.text))
