"""What a follow-up can aim at, the most worthwhile first."""

from collections.abc import Collection, Sequence

from kaoguan.interview.answers import Quote, quote
from kaoguan.models import Grade, Label, Model, Rubric, Verdict
from kaoguan.session import Turn

_OPEN = (Label.MISSING, Label.PARTIAL, Label.UNSCORED)


class Target(Model):
    """A key point that is still open or was contradicted, or a misconception that was stated."""

    key_point: str | None = None
    misconception: str | None = None
    quote: Quote | None = None  # the words to ask about; None: ask for something not said yet


def targets(rubric: Rubric, grade: Grade, answers: Sequence[Turn], due: Collection[str] = ()) -> tuple[Target, ...]:
    """Return every target: contradictions and stated misconceptions, then open points by weight x uncertainty.

    Of the open points those that are `due` come first.
    """
    wrong = [
        Target(key_point=verdict.key_point, quote=quote(answers, verdict.span))
        for verdict in grade.verdicts
        if verdict.verdict is Label.CONTRADICTED
    ]
    wrong += [Target(misconception=stated.id, quote=quote(answers, stated.span)) for stated in grade.misconceptions]
    weight = {point.id: point.weight for point in rubric.key_points}
    open_points = [verdict for verdict in grade.verdicts if verdict.verdict in _OPEN]
    # sorted() is stable: equals stay in the rubric's order.
    open_points.sort(key=lambda verdict: (verdict.key_point not in due, -weight[verdict.key_point] * openness(verdict)))
    return (*wrong, *(Target(key_point=verdict.key_point) for verdict in open_points))


def openness(verdict: Verdict) -> float:
    """Return how much asking can still bring to light, 0-1: the chance that the point was not made yet.

    A sure "missing" is 1 and a doubtful one nears ½, where partial and unscored points always are.
    """
    return (1 + verdict.confidence) / 2 if verdict.verdict is Label.MISSING else 0.5
