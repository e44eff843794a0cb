"""OpenDocument sheets (.ods) as records; one row in memory at a time. A number is read as a person sees its zeros."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import repeat
from typing import Any, BinaryIO

from lxml import etree

from kaoguan.errors import AnswersError
from kaoguan.files.packed import refuse_bombs
from kaoguan.files.rows import Record, Sheet, Uncomputed, plain_value

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{{{_URN}{room}:1.0}}" for room in ("table", "office", "text", "style"))
_DAMAGE = (zipfile.BadZipFile, zlib.error, etree.LxmlError, LookupError, ValueError, RuntimeError, OSError, EOFError)
_MOST_BYTES = 200 << 20
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 10
# So often nobody repeats a row that is not empty.
_MOST_REPEATS = 1000
_MEND = "save it as .xlsx or CSV UTF-8"


class OpenDocument:
    """A readable file of sheets."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Open it. Raises AnswersError when it is protected, too large or damaged."""
        self._name = name
        self._row = self.size = 0
        try:
            self._archive = zipfile.ZipFile(stream)
            refuse_bombs(name, self._archive, _MOST_BYTES)
            if b"encryption-data" in self._archive.read("META-INF/manifest.xml")[: 1 << 20]:
                raise AnswersError(name, "is protected by a password", "save it without one")
            self.sheets = self._find_sheets()
        except _DAMAGE as error:
            raise AnswersError(name, "is no spreadsheet that can be read", _MEND) from error

    def records(self, sheet: str) -> Iterator[Record]:
        """Yield the rows of a sheet as its program counts them, without empty ones. Raises AnswersError."""
        number = 1
        above: dict[int, tuple[int, Any]] = {}
        try:
            for row in self._rows(sheet):
                repeats = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
                cells = _cells(row, above)
                if cells and repeats > _MOST_REPEATS:
                    raise AnswersError(self._name, f"repeats row {number} {repeats:,} times", _MEND)
                for _ in range(repeats) if cells else ():
                    self._row = number
                    yield Record(number, list(cells))
                    number += 1
                number += 0 if cells else repeats
                if number > _LAST_ROW:
                    return
        except _DAMAGE as error:
            raise AnswersError(self._name, f"is damaged ({sheet})", _MEND) from error

    def position(self) -> int:
        """Return how many rows have been read."""
        return min(self._row, self.size)

    def _find_sheets(self) -> list[Sheet]:
        hidden: set[str | None] = set()
        found: list[Sheet] = []
        rows = 0
        with self._archive.open("content.xml") as content:
            wanted = (f"{_STYLE}style", f"{_TABLE}table", f"{_TABLE}table-row")
            for event, element in etree.iterparse(content, ("start", "end"), tag=wanted, resolve_entities=False):
                if element.tag == wanted[0] and event == "end":
                    properties = element.find(f"{_STYLE}table-properties")
                    if properties is not None and properties.get(f"{_TABLE}display") == "false":
                        hidden.add(element.get(f"{_STYLE}name"))
                elif element.tag == wanted[1] and event == "start":
                    style = element.get(f"{_TABLE}style-name")
                    found.append(Sheet(element.get(f"{_TABLE}name", ""), style in hidden))
                elif element.tag == wanted[2] and event == "end":
                    rows += 1
                    _forget(element)
        self.size = rows
        return found

    def _rows(self, sheet: str) -> Iterator[Any]:
        within = False
        with self._archive.open("content.xml") as content:
            wanted = (f"{_TABLE}table", f"{_TABLE}table-row")
            for event, element in etree.iterparse(content, ("start", "end"), tag=wanted, resolve_entities=False):
                if element.tag == wanted[0]:
                    if within and event == "end":
                        return
                    within = event == "start" and element.get(f"{_TABLE}name", "") == sheet
                elif event == "end":
                    if within:
                        yield element
                    _forget(element)


def _forget(row: Any) -> None:
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]


def _cells(row: Any, above: dict[int, tuple[int, Any]]) -> list[Any]:
    """Return the values of a row up to its last one; `above` has what reaches down from earlier rows, by column."""
    cells: list[Any] = []
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        value = _value(cell)
        at, repeats = len(cells), int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if down > 1:
            above[at] = (down - 1, value)
        elif at in above:
            left, value = above.pop(at)
            if left > 1:
                above[at] = (left - 1, value)
        cells += repeat(value, min(repeats, _LAST_COLUMN - at))
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _value(cell: Any) -> Any:
    shown = "\n".join(map(_shown, cell.iterchildren(f"{_TEXT}p")))
    kind, value = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value")
    if kind in ("float", "percentage", "currency") and value is not None and not shown.startswith("#"):
        if re.fullmatch(r"0\d+", shown):
            return shown
        return int(value) if re.fullmatch(r"-?\d+", value) else plain_value(float(value))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", shown)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if not shown and cell.get(f"{_TABLE}formula") and kind is None:
        return Uncomputed(cell.get(f"{_TABLE}formula"))
    return shown


def _shown(paragraph: Any) -> str:
    """Return a paragraph's text; spaces, tabs and line breaks are elements of their own."""
    signs = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
    parts = [paragraph.text or ""]
    for element in paragraph:
        if element.tag == f"{_TEXT}s":
            parts.append(" " * min(int(element.get(f"{_TEXT}c", "1")), 1000))
        elif isinstance(element.tag, str):
            parts.append(signs.get(element.tag) or _shown(element))
        parts.append(element.tail or "")
    return "".join(parts)
