"""A person's look at graded answers: rulings are kept beside the grades, which stay as they are.

`GRADES.review.jsonl` gets a line for each answer that was looked at and for each verdict that was overruled, with who,
why and when. The last ruling on a key point counts.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kaoguan.errors import AnswersError
from kaoguan.models import Grade, Label, Model, Rubric, Ruling
from kaoguan.rulings import ToReview
from kaoguan.rulings.overruling import overrule
from kaoguan.rulings.queue import to_review


class FileRuling(Ruling):
    """One line of the reviews file: a ruling on the answer with this id."""

    id: str
    was: Label


class Looked(Model):
    """One line of the reviews file: a person has looked at the answer with this id."""

    id: str
    rubric_id: str
    key_point: None = None
    who: str
    at: datetime


ReviewLine = FileRuling | Looked
_LINE: TypeAdapter[ReviewLine] = TypeAdapter(ReviewLine)


def rulings_path(grades: Path) -> Path:
    """Return where the rulings on a grades file are kept."""
    return grades.with_name(grades.name + ".review.jsonl")


def read_grades(path: Path) -> list[Grade]:
    """Return the grades of a JSON Lines file. Raises AnswersError."""
    grades = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            content = json.loads(line)
            content.pop("extra", None)
            grades.append(Grade.model_validate(content))
        except (ValueError, AttributeError, RecursionError) as error:
            mend = "name a JSON Lines file that kaoguan grade wrote"
            raise AnswersError(f"{path}:{number}", "is not a grade", mend) from error
    return grades


def read_rulings(path: Path) -> list[ReviewLine]:
    """Return the rulings so far; none where there is no file. A line that was cut off by a crash is left out."""
    if not path.exists():
        return []
    rulings: list[ReviewLine] = []
    for line in _lines(path):
        try:
            rulings.append(_LINE.validate_json(line))
        except ValidationError:
            continue
    return rulings


def queue(grades: Iterable[Grade], rubrics: Mapping[str, Rubric], rulings: Iterable[ReviewLine]) -> list[ToReview]:
    """Return the answers nobody has looked at yet, what is worth most first."""
    seen = {(line.id, line.rubric_id) for line in rulings if isinstance(line, Looked)}
    known = [grade for grade in grades if (grade.id, grade.rubric_id) not in seen and grade.rubric_id in rubrics]
    wanted = [one for grade in known if (one := to_review(rubrics[grade.rubric_id], grade))]
    return sorted(wanted, key=lambda one: -one.value)


def overruled(rubric: Rubric, grade: Grade, rulings: Iterable[ReviewLine]) -> Grade:
    """Return the grade with the rulings on its answer. Raises InputError for a key point that was not ruled on."""
    key = (grade.id, grade.rubric_id)
    own = (line for line in rulings if isinstance(line, FileRuling) and (line.id, line.rubric_id) == key)
    return overrule(rubric, grade, *own)


def sample(
    grades: Iterable[Grade],
    rubrics: Mapping[str, Rubric],
    rulings: Sequence[ReviewLine],
    answers: Mapping[tuple[str, str], str],
) -> list[dict[str, str]]:
    """Return the answers a person has looked at with the score they came to, 0-10: what `calibrate` learns from.

    `answers` are by id and question: the same student may answer many.
    """
    seen = {(line.id, line.rubric_id) for line in rulings if isinstance(line, Looked)}
    rows = []
    for grade in grades:
        key = (grade.id, grade.rubric_id)
        if key in seen and key in answers and grade.rubric_id in rubrics:
            final = overruled(rubrics[grade.rubric_id], grade, rulings).score
            if final is not None:
                row = {"id": grade.id, "rubric_id": grade.rubric_id, "answer": answers[key]}
                rows.append(row | {"score": f"{final / 10:g}"})
    return rows


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines: evidence may hold any of the other characters that count as line ends in Unicode.
        return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError(str(path), f"cannot be read ({error})", "name a file that kaoguan grade wrote") from error
