"""What a system says of each answer, from our grader or from anybody's file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError

from kaoguan.errors import AnswersError
from kaoguan.models import Grade, Label, Model


class SystemGrade(Model):
    """What one system says of one answer: labels of key points, and a score from 0 to 10 or none."""

    labels: Mapping[str, Label]
    score: float | None
    # None: this system never says.
    needs_review: bool | None = None


SystemGrades = dict[str, SystemGrade]
"""SystemGrades by answer id."""


class _Verdict(Model):
    model_config = ConfigDict(extra="ignore")

    key_point: str
    verdict: Label


class _Line(Model):
    """The part of a grades file that agreement needs, so that other graders need not imitate the rest."""

    model_config = ConfigDict(extra="ignore")

    id: str
    score: float | None = Field(default=None, ge=0, le=100)
    needs_review: bool | None = None
    verdicts: tuple[_Verdict, ...] = ()


def of_grade(grade: Grade) -> SystemGrade:
    """Return a grade as a ruling."""
    return SystemGrade(
        labels={verdict.key_point: verdict.verdict for verdict in grade.verdicts},
        score=None if grade.score is None else grade.score / 10,
        needs_review=grade.needs_review,
    )


def read_grades_file(path: Path) -> SystemGrades:
    """Return the rulings of a grades file: JSON lines with `id`, and `score` (0-100), `verdicts` or both.

    Raises AnswersError at the first line that is not one.
    """
    rulings: SystemGrades = {}
    # Not splitlines: evidence may hold any of the other characters that count as line ends in Unicode.
    for number, text in enumerate(_text(path).split("\n"), start=1):
        if text.strip():
            line = _parse(f"{path}:{number}", text)
            if line.id in rulings:
                raise AnswersError(f"{path}:{number}", f"a second grade of {line.id!r}", "keep one of them")
            labels = {verdict.key_point: verdict.verdict for verdict in line.verdicts}
            score = None if line.score is None else line.score / 10
            rulings[line.id] = SystemGrade(labels=labels, score=score, needs_review=line.needs_review)
    return rulings


def _text(path: Path) -> str:
    mend = "name a grades file in JSON lines"
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AnswersError(str(path), f"cannot be read ({error.strerror})", mend) from error
    except UnicodeDecodeError as error:
        raise AnswersError(str(path), "is not UTF-8", mend) from error


def _parse(where: str, text: str) -> _Line:
    try:
        content: Any = json.loads(text)
        return _Line.model_validate(content)
    except (json.JSONDecodeError, RecursionError) as error:
        mend = "give one JSON object a line, as `kaoguan grade` writes"
        raise AnswersError(where, f"is not JSON ({error})", mend) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the line"
        raise AnswersError(where, f"{place}: {first['msg'].lower()}", "see kaoguan evaluate --help") from error
