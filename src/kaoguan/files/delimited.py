"""Text with delimiters as records. A bad record costs only itself."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from kaoguan.files.encoding import LONGEST_LINE, without_mark
from kaoguan.files.rows import Record, Rejected

# A cell of so many characters is no answer to a question. The csv module reads on a little further, because a quotation
# mark that is never closed looks like a long cell at first.
LONGEST_CELL = 1 << 18
_FURTHER = 1 << 22
_CURLED = re.compile(r"(?:^|(?<=[,;\t|]))[“”]|[“”](?=[,;\t|\r\n]|$)", re.MULTILINE)
_AS_TEXT = re.compile(r'="([^"]*)"')


class PhysicalLine(NamedTuple):
    """One physical line, counted from 1; `text` keeps its line end."""

    number: int
    text: str


def lines(text: TextIO) -> Iterator[PhysicalLine]:
    """Yield the lines of a file; one longer than LONGEST_LINE is cut there, so that memory stays bounded.

    A Ctrl-Z at the end, with which old programs end a text, is left out, and so is a last line of nothing but NUL.
    """
    number = 0
    before: PhysicalLine | None = None
    while line := text.readline(LONGEST_LINE):
        if before:
            yield before
        number += 1
        if number == 1:
            line = without_mark(line) or "\n"
        before = PhysicalLine(number, line)
        while line and is_cut(line):
            line = text.readline(LONGEST_LINE)
    if before and (kept := before.text.rstrip("\x1a\r\n")) and kept.strip("\0\x1a"):
        yield before._replace(text=kept + before.text[len(kept) :].replace("\x1a", ""))


def straight(text: str) -> str:
    """Return a text whose cells stand in curled quotation marks, as a word processor makes them, in straight ones."""
    return _CURLED.sub('"', text)


def is_cut(line: str) -> bool:
    """Return whether this is only the beginning of a line."""
    return len(line) == LONGEST_LINE and not line.endswith(("\n", "\r"))


def first_records(text: str, delimiter: str, most: int) -> list[Record]:
    """Return the first records of a piece of text, whatever its quoting: to look at, not to grade."""
    found: list[Record] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(Record(reader.line_num, list(cells)))
            if len(found) == most:
                break
    except csv.Error:
        pass
    return found


def records(source: Iterator[PhysicalLine], delimiter: str) -> Iterator[Record | Rejected]:
    """Yield records; where quoting is broken only the first line is lost and reading goes on from the next."""
    window = _Window(source)
    further = _FURTHER
    while True:
        window.begin()
        csv.field_size_limit(further)
        try:
            # A reader that has stopped at an error gives nothing any more.
            cells = next(csv.reader(window, delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except csv.Error as error:
            if "limit" in str(error):
                # Not every unclosed quotation mark of a long file may cost a reading of the next megabytes.
                further = LONGEST_CELL
            first = window.give_back_all_but_first()
            yield Rejected(line=first.number, id=_first_cell(first.text, delimiter), reason=_reason(error, first.text))
            continue
        yield Record(window.first, [_plain(cell) if cell.startswith('="') else cell for cell in cells])


def _plain(cell: str) -> str:
    """Return 0012 for ="0012", as programs write a number that Excel shall leave alone."""
    text = _AS_TEXT.fullmatch(cell)
    return text[1] if text else cell


def fill(record: Record, width: int, delimiter: str) -> Record | Rejected:
    """Return the record with as many cells as the header has, or what is wrong with it."""
    cells = record.cells
    # Spreadsheets append empty cells to some rows.
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != width:
        reason = f"{len(cells)} cells where the header has {width}"
        if len(cells) > width:
            reason += f"; quote answers that hold {delimiter!r}"
        return Rejected(line=record.line, reason=reason)
    return Record(record.line, cells)


_TOO_LONG = f"a cell is too long: more than {LONGEST_CELL:,} characters"


def _reason(error: csv.Error, first: str) -> str:
    if is_cut(first):
        return f"the line is too long: more than {LONGEST_LINE:,} characters"
    mend = "double the quotation marks inside a quoted cell"
    if "limit" in str(error):
        return f"broken quoting: a quotation mark is never closed, or {_TOO_LONG}; {mend}"
    what = "text follows a closing quotation mark" if "expected after" in str(error) else str(error)
    return f"broken quoting ({'a quotation mark is never closed' if 'end of data' in what else what}); {mend}"


def _first_cell(line: str, delimiter: str) -> str | None:
    return line[:200].split(delimiter, maxsplit=1)[0].strip().strip('"')[:80] or None


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
        if is_cut(line.text):
            raise csv.Error("line is too long")
        return line.text

    def begin(self) -> None:
        self._taken.clear()

    @property
    def first(self) -> int:
        return self._taken[0].number

    def give_back_all_but_first(self) -> PhysicalLine:
        self._ahead.extendleft(reversed(self._taken[1:]))
        return self._taken[0]
