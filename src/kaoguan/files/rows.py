"""Rows of an answers file with their line numbers: JSON Lines, or text with delimiters. A bad row costs only itself."""

import csv
import json
import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Any, NamedTuple, NoReturn, TextIO

from kaoguan.errors import AnswersError
from kaoguan.files.encoding import LONGEST_LINE
from kaoguan.models import Model
from kaoguan.text import one_line


class Columns(Model):
    """What the three columns we need are called in a file."""

    id: str = "id"
    rubric_id: str = "rubric_id"
    answer: str = "answer"

    @property
    def names(self) -> tuple[str, str, str]:
        """Return the names in the file."""
        return (self.id, self.rubric_id, self.answer)


class PhysicalLine(NamedTuple):
    """One physical line, counted from 1; `text` keeps its line end."""

    number: int
    text: str


class Row(NamedTuple):
    """One record and the line on which it starts."""

    line: int
    fields: dict[str, Any]


class Rejected(Model):
    """A row that cannot be graded, and why; one line of a rejects file."""

    line: int
    id: str | None = None
    reason: str


def lines(text: TextIO) -> Iterator[PhysicalLine]:
    """Yield the lines of a file; one longer than LONGEST_LINE is cut there, so that memory stays bounded."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        yield PhysicalLine(number, line)
        while line and _is_cut(line):
            line = text.readline(LONGEST_LINE)


def from_json_lines(source: Iterable[PhysicalLine]) -> Iterator[Row | Rejected]:
    """Yield one row per JSON object; blank lines are nothing."""
    for line in source:
        if not line.text.strip():
            continue
        yield _parse_json(line)


def from_delimited(source: Iterator[PhysicalLine], name: str, wanted: Columns) -> Iterator[Row | Rejected]:
    """Yield one row per record below the header line; rows of empty cells are nothing. Raises AnswersError."""
    header = next((line for line in source if line.text.strip()), None)
    if header is None:
        return
    where = f"{name}:{header.number}"
    if _is_cut(header.text):
        what = f"the first line is longer than {LONGEST_LINE:,} characters"
        raise AnswersError(where, what, "check that it is CSV, with the names of the columns first")
    delimiter, columns = _header(where, header.text, wanted)
    for found in _records(source, delimiter):
        if isinstance(found, Rejected):
            yield found
        elif any(cell.strip() for cell in found.cells):
            yield _fill(found, columns, delimiter)


def _is_cut(line: str) -> bool:
    return len(line) == LONGEST_LINE and not line.endswith(("\n", "\r"))


def _parse_json(line: PhysicalLine) -> Row | Rejected:
    if _is_cut(line.text):
        return Rejected(line=line.number, reason=f"the line is longer than {LONGEST_LINE:,} characters")
    try:
        content = json.loads(line.text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return Rejected(line=line.number, reason=f"not JSON ({error.msg}, column {error.colno})")
    except (ValueError, RecursionError) as error:
        return Rejected(line=line.number, reason=f"not JSON we can read ({error})")
    if not isinstance(content, dict):
        return Rejected(line=line.number, reason='not a JSON object {"id": …, "rubric_id": …, "answer": …}')
    return Row(line.number, content)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class _Record(NamedTuple):
    line: int
    cells: list[str]


def _records(source: Iterator[PhysicalLine], delimiter: str) -> Iterator[_Record | Rejected]:
    """Yield records; where quoting is broken only the first line is lost and reading goes on from the next."""
    window = _Window(source)
    reader = csv.reader(window, delimiter=delimiter, strict=True)
    while True:
        window.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = window.give_back_all_but_first()
            mend = "double the quotation marks inside a quoted cell"
            yield Rejected(line=line, reason=f"broken quoting ({_quoting(error)}); {mend}")
            continue
        yield _Record(window.first, cells)


def _quoting(error: csv.Error) -> str:
    """Return the csv module's complaint in the words of someone looking at the line."""
    if "expected after" in str(error):
        return "text follows a closing quotation mark"
    return "a quotation mark is never closed" if "end of data" in str(error) else str(error)


class _Window:
    """Feeds lines to a csv reader and remembers those of the current record, so that a broken one can be re-read."""

    def __init__(self, source: Iterator[PhysicalLine]) -> None:
        self._source = source
        self._ahead: deque[PhysicalLine] = deque()
        self._taken: list[PhysicalLine] = []

    def __iter__(self) -> "_Window":
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else next(self._source)
        self._taken.append(line)
        return line.text

    def begin(self) -> None:
        self._taken.clear()

    @property
    def first(self) -> int:
        return self._taken[0].number

    def give_back_all_but_first(self) -> int:
        self._ahead.extendleft(reversed(self._taken[1:]))
        return self.first


def check_header(where: str, columns: Sequence[str], wanted: Columns) -> None:
    """Raise AnswersError unless the columns we need are there, and each name once."""
    if missing := [name for name in wanted.names if name not in columns]:
        there = one_line(", ".join(name for name in columns if name))[:200]
        mend = f"the first line must name the columns {', '.join(wanted.names)}"
        if wanted == Columns():
            mend += ", or say which they are: --id-column, --rubric-column, --answer-column"
        raise AnswersError(where, f"no column {' and no column '.join(missing)} among: {there}", mend)
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        raise AnswersError(where, f"two columns are called {one_line(twice[0])}", "rename one of them")


def _header(where: str, text: str, wanted: Columns) -> tuple[str, list[str]]:
    """Return the delimiter and the column names: whichever delimiter makes the columns we need appear."""
    splits = {delimiter: _split(text, delimiter) for delimiter in ",\t;"}
    delimiter = max(splits, key=lambda it: (sum(name in splits[it] for name in wanted.names), len(splits[it])))
    columns = splits[delimiter]
    if len(columns) == 1 and all(name in text for name in wanted.names):
        what = f"the columns are not separated by commas, tabs or semicolons: {one_line(text)[:80]}"
        raise AnswersError(where, what, "save it as CSV with commas")
    check_header(where, columns, wanted)
    return delimiter, columns


def _split(text: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        return []
    return [cell.strip() for cell in cells]


def _fill(record: _Record, columns: Sequence[str], delimiter: str) -> Row | Rejected:
    cells = record.cells
    # Spreadsheets append empty cells to some rows.
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(columns):
        reason = f"{len(cells)} cells where the header has {len(columns)}"
        if len(cells) > len(columns):
            reason += f"; quote answers that hold {delimiter!r}"
        return Rejected(line=record.line, reason=reason)
    return Row(record.line, {name: cell for name, cell in zip(columns, cells, strict=True) if name})


def plain_value(value: Any) -> Any:
    """Return a cell of a workbook or a Parquet file as what JSON has; dates and times in ISO 8601."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        # A workbook has no whole numbers; JSON has no infinity.
        return int(value) if value.is_integer() and abs(value) < 1e15 else value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(name): plain_value(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
    return value.isoformat() if isinstance(value, date | time) else text
