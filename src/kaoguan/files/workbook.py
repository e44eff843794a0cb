"""The first sheet of an Excel workbook as rows, by openpyxl; one row in memory at a time."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from kaoguan.errors import AnswersError
from kaoguan.files.rows import Columns, Rejected, Row, check_header, plain_value

# What openpyxl lets through from a damaged file or a zip archive of another kind.
_DAMAGE = (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, EOFError, TypeError, OSError)


class Workbook:
    """A readable workbook."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Open it. Raises AnswersError when it is a zip archive of another kind, or damaged."""
        # 0.3 s: only those who bring a workbook pay it.
        from openpyxl import load_workbook

        self._name = name
        try:
            workbook = load_workbook(stream, read_only=True, data_only=True)
            self._sheet = workbook.worksheets[0]
        except (*_DAMAGE, IndexError) as error:
            raise AnswersError(
                name, "is no Excel workbook that can be read", "save it anew, or as CSV UTF-8"
            ) from error
        # Some writers give a wrong size of the sheet, which would hide rows.
        self.size = self._sheet.max_row or 0
        self._sheet.reset_dimensions()
        sheets = len(workbook.worksheets)
        self.note = f"read the first of its {sheets} sheets, {self._sheet.title}" if sheets > 1 else ""
        self._row = 0

    def rows(self, columns: Columns) -> Iterator[Row | Rejected]:
        """Yield one row per line below the header; empty ones are nothing. Raises AnswersError."""
        header: list[str] | None = None
        for number, cells in enumerate(self._cells(), start=1):
            self._row = number
            if all(cell is None or cell == "" for cell in cells):
                continue
            if header is None:
                header = ["" if cell is None else str(cell).strip() for cell in cells]
                check_header(f"{self._name}:{number}", header, columns)
                continue
            fields = {name: _value(name, cell, columns) for name, cell in zip(header, cells, strict=False) if name}
            # Writers leave out empty cells at the end of a row.
            yield Row(number, dict.fromkeys(filter(None, header), "") | fields)

    def position(self) -> int:
        """Return how many lines have been read."""
        return min(self._row, self.size)

    def _cells(self) -> Iterator[Sequence[Any]]:
        try:
            yield from self._sheet.iter_rows(values_only=True)
        except _DAMAGE as error:
            raise AnswersError(self._name, "is a damaged workbook", "save it anew, or as CSV UTF-8") from error


def _value(name: str, cell: Any, columns: Columns) -> Any:
    if cell is None:
        return ""
    # A number typed as an id or an answer is text to us.
    return str(plain_value(cell)) if name in columns.names else plain_value(cell)
