"""Rows checked against the rubrics: each becomes a submission or is rejected with a reason.

A graded file of which every row must be usable is read by `read_all`: what is left of a damaged one would mislead.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from kaoguan.errors import AnswersError
from kaoguan.files.answers import Answers
from kaoguan.files.rows import Columns, Rejected, Row
from kaoguan.models import Rubric, Submission
from kaoguan.text import printable

# Half a character: what a byte that did not decode became, or an escape like \ud83d without its partner.
_BROKEN = re.compile("[\ud800-\udfff]")

# Lists in lists: beyond any real column, and short of what breaks those who read the grades.
_DEEPEST = 50


class Accepted(NamedTuple):
    """A submission and the line it came from."""

    line: int
    submission: Submission


def checked_rows(
    rows: Iterable[Row | Rejected], rubrics: Mapping[str, Rubric], columns: Columns
) -> Iterator[Accepted | Rejected]:
    """Yield each row as a submission or rejected, in order. Of rows with the same id the first counts."""
    seen: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        fields = row.fields
        id_ = _id(fields.get(columns.id))
        fault = _fault(id_, fields, rubrics, columns)
        if fault is None and id_ in seen:
            fault = f"duplicate id {id_!r} (line {seen[id_]} has it); give every answer an id of its own"
        if fault is not None:
            yield Rejected(line=row.line, id=id_ or None, reason=fault)
            continue
        seen[id_] = row.line
        extra = {name: value for name, value in fields.items() if name not in columns.names}
        rubric_id, answer = fields[columns.rubric_id].strip(), fields[columns.answer]
        yield Accepted(row.line, Submission(id=id_, rubric_id=rubric_id, answer=answer, extra=extra))


def _id(value: object) -> str:
    """Return the id as text, "" when there is none; whole numbers are ids too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _fault(id_: str, fields: Mapping[str, Any], rubrics: Mapping[str, Rubric], columns: Columns) -> str | None:
    if missing := [name for name in columns.names if name not in fields]:
        return f"no {' and no '.join(missing)}"
    return (
        _damage(fields)
        or _bad_id(id_, fields[columns.id])
        or _bad_rubric(fields[columns.rubric_id], rubrics)
        or _bad_answer(fields[columns.answer])
    )


def _bad_id(id_: str, value: object) -> str | None:
    if not id_:
        return "id is empty" if value is None or isinstance(value, str) else f"id is not text: {_shown(value)}"
    return f"id holds control characters: {_shown(id_)}" if printable(id_) != id_ else None


def _bad_rubric(value: object, rubrics: Mapping[str, Rubric]) -> str | None:
    if isinstance(value, str) and value.strip() in rubrics:
        return None
    if near := difflib.get_close_matches(str(value), rubrics, n=1):
        return f"no rubric {_shown(value)}; did you mean {near[0]}?"
    known = sorted(rubrics)
    return f"no rubric {_shown(value)}; there are {', '.join(known[:10])}{', …' if len(known) > 10 else ''}"


def _bad_answer(value: object) -> str | None:
    return None if isinstance(value, str) else f'answer is not text: {_shown(value)}; write "" for no answer'


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
        elif isinstance(value, dict):
            values += [(item, depth + 1) for pair in value.items() for item in pair]
        elif isinstance(value, list):
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
    tell: Callable[[str], None],
) -> list[_Parsed]:
    """Return `parse(where, submission)` of every row. Tells the faults, then raises AnswersError, if there are any."""
    parsed: list[_Parsed] = []
    faults: list[AnswersError] = []
    for row in checked_rows(file.rows(), rubrics, file.columns):
        where = f"{file.name}:{row.line}"
        if isinstance(row, Rejected):
            faults.append(AnswersError(where, row.reason, "mend the row"))
            continue
        try:
            parsed.append(parse(where, row.submission))
        except AnswersError as error:
            faults.append(error)
    for fault in faults[:_FAULTS_TOLD]:
        tell(str(fault))
    if faults:
        raise AnswersError(file.name, f"{len(faults)} of {len(faults) + len(parsed)} rows cannot be used", "mend them")
    return parsed
