"""A person's ruling in the place of a judge's: the grade that comes of it, wherever the ruling was made."""

from collections.abc import Iterable, Sequence

from kaoguan import prompts
from kaoguan.errors import InputError
from kaoguan.grading.feedback import feedback
from kaoguan.grading.scoring import likely_range, score
from kaoguan.models import Grade, Judgement, JudgeName, Label, Rubric, Ruling, Verdict

RULING_LABELS = {label.value: label for label in Label if label is not Label.UNSCORED}
"""What a person can rule, by the word for it."""


def overrule(rubric: Rubric, grade: Grade, *rulings: Ruling) -> Grade:
    """Return the grade with verdicts replaced, in order: the last ruling on a key point counts.

    The score moves by what the labels are worth, so that repeating the judge's verdict changes nothing. (It is not
    added up anew: a teacher's scale is another one.) Raises InputError for a key point that was not ruled on.
    """
    if not rulings:
        return grade
    ruled = {ruling.key_point: ruling for ruling in rulings}
    _check(rubric, grade, rulings)
    verdicts = tuple(
        _replaced(verdict, ruled[verdict.key_point]) if verdict.key_point in ruled else verdict
        for verdict in grade.verdicts
    )
    judgement = Judgement(verdicts=verdicts, misconceptions=grade.misconceptions)
    told = feedback(rubric, judgement, prompts.load("feedback", rubric.language))
    after = _score(rubric, grade, verdicts)
    reach = likely_range(rubric.key_points, verdicts, after)
    return grade.model_copy(update={"verdicts": verdicts, "score": after, "range": reach, "feedback": told})


def typed(words: str, points: Sequence[str], labels: dict[str, Label] | None = None) -> tuple[str, Label, str] | None:
    """Return key point, verdict and reason of `p2 covered because …`, `p2=covered` or `2 答到`; None where unclear.

    A number is the point's place among `points`; `labels` are the words that are known, beside the English ones.
    """
    point, verdict, why = (*words.replace("=", " ", 1).replace("＝", " ", 1).split(maxsplit=2), "", "", "")[:3]
    known = {one.casefold(): one for one in points}
    places = {str(number): one for number, one in enumerate(points, start=1)}
    found = known.get(point.casefold()) or places.get(point)
    label = ((labels or {}) | RULING_LABELS).get(verdict.casefold())
    return (found, label, why.strip()) if found and label else None


def _check(rubric: Rubric, grade: Grade, rulings: Iterable[Ruling]) -> None:
    known = [verdict.key_point for verdict in grade.verdicts]
    for ruling in rulings:
        if ruling.verdict is Label.UNSCORED:
            raise InputError("verdict unscored", "is no ruling", f"say one of {', '.join(RULING_LABELS)}")
        if ruling.key_point not in known:
            what = f"{rubric.id} has none ruled on with this id"
            raise InputError(f"key point {ruling.key_point!r}", what, f"use one of: {', '.join(known)}")


def _replaced(verdict: Verdict, ruling: Ruling) -> Verdict:
    # A quote stays where the ruling is still about words that are there.
    quoted = {"evidence": verdict.evidence, "span": verdict.span} if ruling.verdict is not Label.MISSING else {}
    return Verdict(
        key_point=verdict.key_point,
        verdict=ruling.verdict,
        explanation=ruling.why,
        confidence=1,
        judge=JudgeName.PERSON,
        **quoted,
    )


def _score(rubric: Rubric, grade: Grade, verdicts: tuple[Verdict, ...]) -> float | None:
    after = score(rubric.key_points, verdicts, grade.misconceptions)
    before = score(rubric.key_points, grade.verdicts, grade.misconceptions)
    by_people = all(verdict.judge is JudgeName.PERSON for verdict in verdicts)
    if after is None or before is None or grade.score is None or by_people:
        return after
    return round(min(100.0, max(0.0, grade.score + after - before)), 1)
