"""What every kind of answers file is read as: records, and rows that say which answer belongs to what."""

import math
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple

from kaoguan.models import Model

_ZEROS = re.compile(r"0+(?:_.)?(?:;.*)?")


class Record(NamedTuple):
    """The cells of one line of a table, and the line on which it starts, counted from 1."""

    line: int
    cells: list[Any]


class Sheet(NamedTuple):
    """A sheet by its name, and whether it is hidden."""

    name: str
    hidden: bool


class Row(NamedTuple):
    """One answer as it stands in the file: nothing is checked."""

    line: int
    id: Any
    rubric_id: Any
    answer: Any
    extra: Mapping[str, Any]
    """The file's other columns."""
    whole: Mapping[str, Any]
    """All columns under their own names, in order."""
    student: Any = None
    name: Any = None
    question_column: str = "rubric_id"
    answer_column: str = "answer"


class Rejected(Model):
    """A row that cannot be graded, and why; one line of a rejects file."""

    line: int
    id: str | None = None
    reason: str


class Uncomputed(str):
    """A formula whose value its program never computed; the text is the formula's."""

    __slots__ = ()


class Columns(NamedTuple):
    """What the user says that columns are called; None: they are recognised by the words in them."""

    id: str | None = None
    rubric_id: str | None = None
    answer: str | None = None
    student: str | None = None


def plain_value(value: Any) -> Any:
    """Return a cell of a workbook or a Parquet file as what JSON has; dates and times in ISO 8601."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        # A workbook has no whole numbers; JSON has no infinity. A long one keeps the digits that it was saved with.
        whole = value.is_integer() and abs(value) < 1e21
        return int(Decimal(repr(value))) if whole else value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(name): plain_value(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
    # A day of a sheet comes with midnight.
    return value.isoformat().removesuffix("T00:00:00") if isinstance(value, date | time) else text


def with_zeros(value: Any, form: str) -> Any:
    """Return a number as a person sees it where the number format fills it with zeros: 00000007."""
    if isinstance(value, int) and value >= 0 and len(form) > 1 and _ZEROS.fullmatch(form):
        width = len(form) - len(form.lstrip("0"))
        return str(value).zfill(width) if width > 1 else value
    return value


def is_empty(cell: Any) -> bool:
    """Return whether there is nothing in a cell but white space."""
    return cell is None or (isinstance(cell, str) and not isinstance(cell, Uncomputed) and not cell.strip())
