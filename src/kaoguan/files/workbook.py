"""An Excel workbook (.xlsx) as records, by openpyxl; one row in memory at a time.

What openpyxl does not tell in a single pass is read before: merged cells, and formulas whose values nobody computed.
"""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import ParseError

from lxml import etree

from kaoguan.errors import AnswersError
from kaoguan.files.packed import refuse_bombs
from kaoguan.files.rows import Record, Sheet, Uncomputed, plain_value, with_zeros

# What openpyxl lets through from a damaged file or a zip archive of another kind.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError, etree.LxmlError, LookupError, ValueError, TypeError),
    *(AttributeError, EOFError, OSError, ArithmeticError, RuntimeError, AssertionError),
)
# Forty times the answers of a large course; a megabyte can hold thousands of them, packed.
_MOST_BYTES = 200 << 20
_MOST_EMPTY = 200_000
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_REFERENCE = re.compile(r"([A-Z]{1,9})(\d+)")


class UnreadableError(AnswersError):
    """A workbook that openpyxl does not read."""


class Workbook:
    """A readable workbook."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Open it. Raises AnswersError when it is a zip archive of another kind, too large unpacked, or damaged."""
        # 0.3 s: only those who bring a workbook pay it.
        from openpyxl import load_workbook

        self._name = name
        self._row = 0
        self.size = 0
        try:
            self._archive = zipfile.ZipFile(stream)
            refuse_bombs(name, self._archive, _MOST_BYTES)
            _refuse_empty_rows(name, self._archive)
            with warnings.catch_warnings():
                # Of styles and extensions that say nothing about answers.
                warnings.simplefilter("ignore")
                self._workbook = load_workbook(stream, read_only=True, data_only=True)
        except _DAMAGE as error:
            mend = "save it anew, or as CSV UTF-8"
            raise UnreadableError(name, "is no Excel workbook that can be read", mend) from error

    @property
    def sheets(self) -> list[Sheet]:
        """Return the sheets in order."""
        return [Sheet(sheet.title, sheet.sheet_state != "visible") for sheet in self._workbook.worksheets]

    def records(self, sheet: str) -> Iterator[Record]:
        """Yield the rows of a sheet as Excel counts them. Raises AnswersError."""
        number = 0
        try:
            found = self._workbook[sheet]
            # Some writers give a wrong size of the sheet, which would hide rows.
            self.size = max(self.size, min(found.max_row or 0, _LAST_ROW))
            found.reset_dimensions()
            with self._archive.open(found._worksheet_path) as part:
                beside = _look(self._name, part)
            rows = found.iter_rows()
            while True:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    cells = next(rows, None)
                if cells is None:
                    return
                number += 1
                self._row = number
                yield Record(number, beside.completed(number, [_value(cell) for cell in cells]))
        except _DAMAGE as error:
            raise AnswersError(
                self._name, f"is a damaged workbook ({sheet})", "save it anew, or as CSV UTF-8"
            ) from error

    def position(self) -> int:
        """Return how many lines have been read."""
        return min(self._row, self.size)


def _refuse_empty_rows(name: str, archive: zipfile.ZipFile) -> None:
    """Raise AnswersError when a sheet has rows without end and next to nothing in them."""
    for part in archive.namelist():
        if not part.startswith("xl/worksheets/"):
            continue
        rows = values = 0
        with archive.open(part) as sheet:
            while some := sheet.read(1 << 20):
                rows += some.count(b"<row")
                values += some.count(b"</v>") + some.count(b"</t>")
        if rows > _MOST_EMPTY and values < rows:
            what = f"has {rows:,} rows, nearly all of them empty"
            raise AnswersError(name, what, "delete the empty rows, or save only the answers")


class _Beside(NamedTuple):
    """What stands beside the values of a sheet."""

    formulas: Mapping[tuple[int, int], str]
    """Those without a value, by row and column from 1."""
    merged: Mapping[int, Mapping[int, int]]
    """For each row, the columns whose value stands in an earlier row."""
    values: dict[tuple[int, int], Any]

    def completed(self, row: int, cells: list[Any]) -> list[Any]:
        if self.formulas:
            cells = [self.formulas.get((row, column), cell) for column, cell in enumerate(cells, start=1)]
        for column, origin in self.merged.get(row, {}).items():
            cells += [""] * (column - len(cells))
            if origin == row:
                self.values[origin, column] = cells[column - 1]
            elif cells[column - 1] == "":
                cells[column - 1] = self.values.get((origin, column))
        return cells


def _look(name: str, part: Any) -> _Beside:
    """Read a sheet for what openpyxl leaves out. Raises AnswersError for what is no sheet of Excel's."""
    formulas: dict[tuple[int, int], str] = {}
    merged: dict[int, dict[int, int]] = {}
    row = column = 0
    # lxml ends at a text of 10 MB, and at an entity that grows.
    for _, element in etree.iterparse(part, tag=("{*}c", "{*}row", "{*}mergeCell"), resolve_entities=False):
        kind = etree.QName(element).localname
        if kind == "row":
            # openpyxl would fill the rows up to there, one by one.
            if len(element.get("r", "").strip()) > 7 or int(element.get("r") or 0) > _LAST_ROW:
                raise AnswersError(name, f"has a row {element.get('r')[:20]}, which no sheet has", "save it anew")
            row = column = 0
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif kind == "mergeCell":
            for line, at, origin in _below(element.get("ref", "")):
                merged.setdefault(line, {})[at] = origin
        elif reference := _REFERENCE.fullmatch(element.get("r", "")):
            row, column = int(reference[2]), _column(reference[1])
            if row > _LAST_ROW or column > _LAST_COLUMN:
                raise AnswersError(name, f"has a cell {reference[0]}, which no sheet has", "save it anew")
            formula = element.find("{*}f")
            if formula is not None and not (element.findtext("{*}v") or element.find("{*}is") is not None):
                empty_text = element.get("t") == "str" and element.find("{*}v") is not None
                if not empty_text:
                    formulas[row, column] = Uncomputed("=" + (formula.text or ""))
    return _Beside(formulas, merged, {})


def _below(reference: str) -> Iterator[tuple[int, int, int]]:
    """Yield row, column and first row of every cell in the first column of a merged range."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if start and end:
        top, bottom = int(start[2]), min(int(end[2]), int(start[2]) + 10_000)
        for line in range(top, bottom + 1):
            yield line, _column(start[1]), top


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _value(cell: Any) -> Any:
    from openpyxl.utils.escape import unescape  # loaded with the workbook

    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value).replace("\r\n", "\n") if "_x" in value else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return with_zeros(plain_value(value), cell.number_format or "")
    return plain_value(value)
