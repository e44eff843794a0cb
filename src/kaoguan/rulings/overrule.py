"""A person's ruling in the place of a judge's: the grade that comes of it."""

from kaoguan import prompts
from kaoguan.errors import InputError
from kaoguan.grading.feedback import feedback
from kaoguan.grading.scoring import score
from kaoguan.models import Grade, Judgement, JudgeName, Label, Rubric, Verdict


def overrule(rubric: Rubric, grade: Grade, key_point: str, label: Label, why: str) -> Grade:
    """Return the grade with one verdict replaced. Raises InputError for a key point that was not ruled on.

    The score moves by what the label is worth. (It is not added up anew: a judge's own credits are finer than labels.)
    """
    if label is Label.UNSCORED:
        raise InputError("verdict unscored", "is no ruling", "say covered, partial, missing or contradicted")
    if key_point not in {verdict.key_point for verdict in grade.verdicts}:
        known = ", ".join(verdict.key_point for verdict in grade.verdicts)
        raise InputError(
            f"key point {key_point!r}", f"{rubric.id} has none ruled on with this id", f"use one of: {known}"
        )
    verdicts = tuple(
        _ruled(verdict, label, why) if verdict.key_point == key_point else verdict for verdict in grade.verdicts
    )
    judgement = Judgement(verdicts=verdicts, misconceptions=grade.misconceptions)
    told = feedback(rubric, judgement, prompts.load("feedback", rubric.language))
    changed = {"verdicts": verdicts, "score": _score(rubric, grade, verdicts), "feedback": told}
    return grade.model_copy(update=changed)


def _ruled(verdict: Verdict, label: Label, why: str) -> Verdict:
    # A quote stays where the ruling is still about words that are there.
    quoted = {"evidence": verdict.evidence, "span": verdict.span} if label is not Label.MISSING else {}
    return Verdict(
        key_point=verdict.key_point, verdict=label, explanation=why, confidence=1, judge=JudgeName.PERSON, **quoted
    )


def _score(rubric: Rubric, grade: Grade, verdicts: tuple[Verdict, ...]) -> float | None:
    after = score(rubric.key_points, verdicts, grade.misconceptions)
    before = score(rubric.key_points, grade.verdicts, grade.misconceptions)
    by_people = all(verdict.judge is JudgeName.PERSON for verdict in verdicts)
    if after is None or before is None or grade.score is None or by_people:
        return after
    return round(min(100.0, max(0.0, grade.score + after - before)), 1)
