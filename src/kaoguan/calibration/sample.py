"""A teacher's graded sample: which answers have which score, and what our judge made of them."""

import math
from typing import Any, Literal, NamedTuple

from kaoguan.errors import AnswersError
from kaoguan.models import Grade, Model, Rubric, Submission

Top = Literal[10, 100]
"""The highest score a teacher can give."""


class TeacherGrade(Model):
    """An answer with the teacher's score, 0-100."""

    submission: Submission
    score: float


class Sample(NamedTuple):
    """One graded answer beside our own grade of it."""

    rubric: Rubric
    graded: TeacherGrade
    grade: Grade


def parse_graded(where: str, submission: Submission, top: Top) -> TeacherGrade | None:
    """Return the submission with its score, None where the score is left empty. Raises AnswersError at `where`."""
    where = f"{where}: {submission.id}"
    if "score" not in submission.extra:
        raise AnswersError(where, "has no score", "give the teacher's score in a column called score")
    value = submission.extra["score"]
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = _number(value)
    if number is None or not 0 <= number <= top:
        mend = f"write a number from 0 to {top}"
        if number is not None and 0 <= number <= 100:
            mend += ", or say --scale 100"
        raise AnswersError(where, f"score is {str(value)[:40]!r}", mend)
    return TeacherGrade(submission=submission, score=number * 100 / top)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
