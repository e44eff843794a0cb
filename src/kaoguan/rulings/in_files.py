"""A person's look at graded answers: rulings are kept beside the grades, which stay as they are.

`GRADES.review.jsonl` gets a line for each answer that was looked at and for each verdict that was overruled, with who,
why and when. The last ruling on a key point counts.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from kaoguan.errors import AnswersError
from kaoguan.grading.scoring import score
from kaoguan.models import Grade, Label, Model, Rubric, Verdict
from kaoguan.rulings import ToReview
from kaoguan.rulings.queue import to_review


class Ruling(Model):
    """One line of the reviews file; `key_point` None says that a person has looked at the answer."""

    id: str
    rubric_id: str
    key_point: str | None = None
    was: Label | None = None
    verdict: Label | None = None
    who: str
    why: str = ""
    at: datetime


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


def read_rulings(path: Path) -> list[Ruling]:
    """Return the rulings so far; none where there is no file. A line that was cut off by a crash is left out."""
    if not path.exists():
        return []
    rulings = []
    for line in _lines(path):
        try:
            rulings.append(Ruling.model_validate_json(line))
        except ValidationError:
            continue
    return rulings


def queue(grades: Iterable[Grade], rubrics: Mapping[str, Rubric], rulings: Iterable[Ruling]) -> list[ToReview]:
    """Return the answers nobody has looked at yet, what is worth most first."""
    seen = {ruling.id for ruling in rulings if ruling.key_point is None}
    known = [grade for grade in grades if grade.id not in seen and grade.rubric_id in rubrics]
    wanted = [one for grade in known if (one := to_review(rubrics[grade.rubric_id], grade))]
    return sorted(wanted, key=lambda one: -one.value)


def overruled(rubric: Rubric, grade: Grade, rulings: Sequence[Ruling]) -> Grade:
    """Return the grade with a person's verdicts in the place of the judge's, and their sum."""
    ruled = {
        ruling.key_point: ruling for ruling in rulings if ruling.id == grade.id and ruling.key_point and ruling.verdict
    }
    verdicts = tuple(_ruled(verdict, ruled.get(verdict.key_point)) for verdict in grade.verdicts)
    if not ruled:
        return grade
    total = score(rubric.key_points, verdicts, grade.misconceptions)
    return grade.model_copy(update={"verdicts": verdicts, "score": total, "needs_review": False})


def sample(
    grades: Iterable[Grade], rubrics: Mapping[str, Rubric], rulings: Sequence[Ruling], answers: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the answers a person has looked at with the score they came to, 0-10: what `calibrate` learns from."""
    seen = {ruling.id for ruling in rulings if ruling.key_point is None}
    rows = []
    for grade in grades:
        if grade.id in seen and grade.id in answers and grade.rubric_id in rubrics:
            final = overruled(rubrics[grade.rubric_id], grade, rulings).score
            if final is not None:
                row = {"id": grade.id, "rubric_id": grade.rubric_id, "answer": answers[grade.id]}
                rows.append(row | {"score": f"{final / 10:g}"})
    return rows


def _ruled(verdict: Verdict, ruling: Ruling | None) -> Verdict:
    if ruling is None or ruling.verdict is None:
        return verdict
    changed = {"verdict": ruling.verdict, "explanation": ruling.why, "confidence": 1.0, "credit": None}
    return verdict.model_copy(update=changed)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError(str(path), f"cannot be read ({error})", "name a file that kaoguan grade wrote") from error
