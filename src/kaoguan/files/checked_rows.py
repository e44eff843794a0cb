"""Rows checked against the rubrics: each becomes a submission or is rejected with a reason.

A graded file of which every row must be usable is read by `read_all`: what is left of a damaged one would mislead.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from kaoguan.errors import AnswersError
from kaoguan.files.answers import Answers
from kaoguan.files.delimited import LONGEST_CELL
from kaoguan.files.markup import only_pictures, without_markup
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Rejected, Row, Uncomputed
from kaoguan.files.unreadable import unreadable
from kaoguan.models import Rubric, Submission
from kaoguan.text import printable

# Half a character: what a byte that did not decode became, or an escape like \ud83d without its partner.
_BROKEN = re.compile("[\ud800-\udfff]")
# How a spreadsheet shows a long number in a narrow column, and saves it to CSV.
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d{1,3}")
# Excel keeps fifteen digits of a number.
_DIGITS = 15

# Lists in lists: beyond any real column, and short of what breaks those who read the grades.
_DEEPEST = 50


class Accepted(NamedTuple):
    """A submission and the line it came from."""

    line: int
    submission: Submission


class Remarks:
    """What was noticed of many rows, to be said once."""

    def __init__(self) -> None:
        self.markup = 0
        self.scientific: dict[str, None] = {}
        self.rounded: dict[str, None] = {}

    def told(self) -> list[str]:
        """Return a line for each thing that was noticed."""
        said = []
        if self.markup:
            said.append(f"markup (HTML and the like) was taken out of {self.markup:,} answers")
        if self.scientific:
            said.append(f"{_scientific_note(self.scientific)} ({_some(self.scientific)})")
        if self.rounded:
            said.append(f"{_ROUNDED} ({_some(self.rounded)})")
        return said


def checked_rows(
    answers: Answers, rubrics: Mapping[str, Rubric], remarks: Remarks | None = None
) -> Iterator[Accepted | Rejected]:
    """Yield each row as a submission or rejected, in order. Of rows with the same id and question the first counts."""
    remarks = remarks or Remarks()
    questions = Questions(rubrics)
    seen: dict[tuple[str, str], int] = {}
    for row in answers.rows(questions):
        if isinstance(row, Rejected):
            yield row
            continue
        id_, told = _id(row.id, remarks)
        rubric_id = questions.find(row.rubric_id)
        fault = _fault(id_, row, rubric_id, rubrics)
        key = (id_, rubric_id or "")
        if fault is None and key in seen:
            fault = f"duplicate id {id_!r} (line {seen[key]} has it, with the same question); {told or _OWN_ID}"
        if fault is not None or rubric_id is None:
            known = None if isinstance(row.id, Uncomputed) else id_
            yield Rejected(line=row.line, id=known or None, reason=fault or "")
            continue
        seen[key] = row.line
        yield Accepted(row.line, _submission(id_, rubric_id, row, remarks))


_OWN_ID = "give every answer an id of its own"
_ROUNDED = "ids are rounded: the spreadsheet keeps 15 digits of a number; format the column as text and fill it in anew"


def _scientific_note(ids: Mapping[str, None]) -> str:
    return (
        "ids are in scientific notation, so that digits are lost; format the column as text (or number) and save anew"
    )


def _some(ids: Mapping[str, None]) -> str:
    shown = list(ids)[:3]
    return ", ".join(shown) + (f" and {len(ids) - 3:,} more" if len(ids) > 3 else "")


def _submission(id_: str, rubric_id: str, row: Row, remarks: Remarks) -> Submission:
    text = row.answer if isinstance(row.answer, str) else _text(row.answer)
    answer = without_markup(text)
    remarks.markup += answer != text
    asked = row.whole.get(row.question_column)
    extra = dict(row.extra)
    if isinstance(asked, str) and asked.strip() != rubric_id and row.question_column not in extra:
        extra[row.question_column] = asked
    return Submission(
        id=id_,
        rubric_id=rubric_id,
        answer=answer,
        extra=extra,
        row=dict(row.whole) | ({row.answer_column: answer} if row.answer_column in row.whole else {}),
        student=_plain_id(_text(row.student)),
        name=_plain_id(_text(row.name)),
    )


def _plain_id(text: str) -> str:
    """Return an id or a name without what cannot be seen, and without the mark that keeps a number's zeros."""
    if not text.isascii():
        text = "".join(one for one in text if unicodedata.category(one) != "Cf")
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:2].isdigit() else text


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _id(value: object, remarks: Remarks) -> tuple[str, str]:
    """Return the id as text, "" when there is none, and what is doubtful about it; whole numbers are ids too."""
    if isinstance(value, int) and not isinstance(value, bool):
        text = str(value)
        if len(text) > _DIGITS and not text[_DIGITS:].strip("0"):
            remarks.rounded[text] = None
            return text, _ROUNDED
        return text, ""
    if isinstance(value, float):
        return str(value), ""
    text = _plain_id(value) if isinstance(value, str) else ""
    if _SCIENTIFIC.fullmatch(text):
        remarks.scientific[text] = None
        return text, _scientific_note({})
    return text, ""


def _fault(id_: str, row: Row, rubric_id: str | None, rubrics: Mapping[str, Rubric]) -> str | None:
    return (
        _damage({"row": list(row.whole.items())})
        or _bad_id(id_, row.id)
        or (_bad_rubric(row.rubric_id, rubrics) if rubric_id is None else None)
        or _bad_answer(row.answer)
    )


_NO_ID = "id is empty; fill it in, in every row where cells were merged"
_NO_VALUE = "is a formula whose value was never computed; open the file in Excel, save it, and try again"


def _bad_id(id_: str, value: object) -> str | None:
    if isinstance(value, Uncomputed):
        return f"id {_NO_VALUE}"
    if not id_:
        return _NO_ID if value is None or isinstance(value, str) else f"id is not text: {_shown(value)}"
    if fault := unreadable(id_):
        return f"id {fault}"
    return f"id holds control characters: {_shown(id_)}" if printable(id_) != id_ else None


def _bad_rubric(value: object, rubrics: Mapping[str, Rubric]) -> str | None:
    if isinstance(value, Uncomputed):
        return f"question {_NO_VALUE}"
    if value is None or (isinstance(value, str) and not value.strip()):
        return "question is empty; fill in its id, in every row where cells were merged"
    if isinstance(value, str) and (fault := unreadable(value)):
        return f"question {fault}"
    if near := difflib.get_close_matches(str(value)[:200], rubrics, n=1):
        return f"no rubric {_shown(value)}; did you mean {near[0]}?"
    known = sorted(rubrics)
    return f"no rubric {_shown(value)}; there are {', '.join(known[:10])}{', …' if len(known) > 10 else ''}"


def _bad_answer(value: object) -> str | None:
    if isinstance(value, Uncomputed):
        return f"answer {_NO_VALUE}"
    if not isinstance(value, str):
        return f'answer is not text: {_shown(value)}; write "" for no answer'
    if fault := unreadable(value):
        return f"answer {fault}"
    if only_pictures(value, without_markup(value)):
        return "answer is a picture or a file, without a word that could be graded"
    return None


def _damage(fields: Mapping[str, Any]) -> str | None:
    """Return the damage that makes a row unusable wherever it is, also in a column that is only passed through."""
    values: list[tuple[Any, int]] = [(fields, 0)]
    while values:
        value, depth = values.pop()
        if depth > _DEEPEST:
            return "is nested too deeply"
        if isinstance(value, str):
            if _BROKEN.search(value):
                return "holds bytes that are not in the file's encoding"
            if "\x00" in value:
                return "holds NUL characters"
            if len(value) > LONGEST_CELL:
                return f"holds a text that is too long: {len(value):,} characters, and {LONGEST_CELL:,} are allowed"
        elif isinstance(value, dict):
            values += [(item, depth + 1) for pair in value.items() for item in pair]
        elif isinstance(value, list | tuple):
            values += [(item, depth + 1) for item in value]
    return None


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:60] + "…"


# Faults shown one by one before it is clear that the whole file is of another kind.
_FAULTS_TOLD = 20

_Parsed = TypeVar("_Parsed")


def read_all(
    file: Answers,
    rubrics: Mapping[str, Rubric],
    parse: Callable[[str, Submission], _Parsed],
    tell: Callable[[AnswersError], None],
) -> list[_Parsed]:
    """Return `parse(where, submission)` of every row. Tells the faults, then raises AnswersError, if there are any."""
    parsed: list[_Parsed] = []
    faults: list[AnswersError] = []
    for row in checked_rows(file, rubrics):
        where = f"{file.name}:{row.line}"
        if isinstance(row, Rejected):
            faults.append(AnswersError(where, row.reason, "mend the row"))
            continue
        try:
            parsed.append(parse(where, row.submission))
        except AnswersError as error:
            faults.append(error)
    for fault in faults[:_FAULTS_TOLD]:
        tell(fault)
    if faults:
        raise AnswersError(file.name, f"{len(faults)} of {len(faults) + len(parsed)} rows cannot be used", "mend them")
    return parsed
