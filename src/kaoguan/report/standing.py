"""What an interviewer would note after an interview: a level, what it rests on, the best and the weakest question."""

from collections.abc import Callable
from enum import StrEnum

from kaoguan.interview.results import Question, Report, Score
from kaoguan.models import Label

# The weight of what nobody hires without.
_CORE = 3


class Level(StrEnum):
    """How far the answers carry, in words that neither praise nor blame."""

    INDEPENDENT = "independent"
    SOLID = "solid"
    PARTLY = "partly"
    NOT_YET = "not_yet"


def level(score: Score, against: int) -> Level:
    """Return the level of a graded interview; `against` counts contradictions and misconceptions.

    The highest one is for those who need no follow-ups and say nothing wrong.
    """
    final, unaided = score.final or 0.0, score.unaided or 0.0
    if final >= 85 and unaided >= 70 and not against:
        return Level.INDEPENDENT
    if final >= 65:
        return Level.SOLID
    return Level.PARTLY if final >= 35 else Level.NOT_YET


def standing(report: Report, say: Callable[..., str]) -> list[str]:
    """Return the note in the words of `say`, most important first; nothing where nothing was graded."""
    graded = [question for question in report.questions if question.score.final is not None]
    if not graded:
        return []
    points = [point for question in graded for point in question.points]
    core = [point for point in points if point.weight >= _CORE]
    gained = sum(point.final is Label.COVERED and point.unaided is not Label.COVERED for point in points)
    wrong = sum(len(question.misconceptions) for question in graded)
    against = sum(point.final is Label.CONTRADICTED for point in points)
    lines = [say(f"level_{level(report.score, against + wrong)}")]
    facts = (
        [say("core", hit=str(sum(point.final is Label.COVERED for point in core)), all=str(len(core)))] if core else []
    )
    facts += [say("gained", count=str(gained))] if gained else []
    facts += [say("against", count=str(against))] if against else []
    facts += [say("wrong", count=str(wrong))] if wrong else []
    if facts:
        lines.append(say("facts", facts=say("semicolon").join(facts)))
    ranked = sorted(graded, key=_final)
    if len(ranked) > 1 and _final(ranked[0]) < _final(ranked[-1]):
        best, weakest = (say("of_topic", topic=one.topic, score=f"{_final(one):g}") for one in (ranked[-1], ranked[0]))
        lines.append(say("best_and_weakest", best=best, weakest=weakest))
    return lines


def _final(question: Question) -> float:
    return question.score.final or 0.0
