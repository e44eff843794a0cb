"""Binary workbooks (.xlsb), and .xlsx that openpyxl does not read, as records, by calamine; a sheet in memory."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from kaoguan.errors import AnswersError
from kaoguan.files.rows import Record, Sheet, plain_value

# Of the file, and of what is packed in it: calamine has a sheet in memory as a whole.
_MOST_BYTES = 50 << 20
_MOST_CELLS = 5_000_000


class Spreadsheet:
    """A readable file of sheets."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Open it. Raises AnswersError when it is protected, too large or damaged."""
        # 0.02 s: only those who bring such a file pay it.
        import python_calamine as calamine

        self._name = name
        self._row = 0
        self._damage = (calamine.CalamineError, OSError, ValueError)
        try:
            _refuse_bombs(name, stream)
            stream.seek(0)
            self._book = calamine.load_workbook(io.BytesIO(stream.read()))
        except calamine.PasswordError as error:
            raise AnswersError(name, "is protected by a password", "save it without one") from error
        except (*self._damage, zipfile.BadZipFile, zlib.error, etree.LxmlError, LookupError, RuntimeError) as error:
            raise AnswersError(name, "is no spreadsheet that can be read", "save it as .xlsx or CSV UTF-8") from error
        self._visible = calamine.SheetVisibleEnum.Visible
        self.size = 0

    @property
    def sheets(self) -> list[Sheet]:
        """Return the sheets in order."""
        return [Sheet(sheet.name, sheet.visible != self._visible) for sheet in self._book.sheets_metadata]

    def records(self, sheet: str) -> Iterator[Record]:
        """Yield the rows of a sheet as its program counts them. Raises AnswersError."""
        try:
            rows = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except self._damage as error:
            raise AnswersError(self._name, f"is damaged ({sheet})", "save it as .xlsx or CSV UTF-8") from error
        self.size = max(self.size, len(rows))
        for number, cells in enumerate(rows, start=1):
            self._row = number
            yield Record(number, [plain_value(cell) for cell in cells])

    def position(self) -> int:
        """Return how many lines have been read."""
        return min(self._row, self.size)


def _refuse_bombs(name: str, stream: BinaryIO) -> None:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    cells = 0
    if zipfile.is_zipfile(stream):
        archive = zipfile.ZipFile(stream)
        size = sum(part.file_size for part in archive.infolist())
        for part in archive.namelist() if size <= _MOST_BYTES else ():
            if re.fullmatch(r"xl/worksheets/[^/]*\.xml", part):
                with archive.open(part) as content:
                    cells += _cells_to_the_last(content)
    if size > _MOST_BYTES or cells > _MOST_CELLS:
        what = f"is too large: {size >> 20:,} MB" if cells == 0 else f"is too large: {cells:,} cells"
        raise AnswersError(name, what, "save only the sheet with the answers, as .xlsx or CSV UTF-8")


def _cells_to_the_last(content: Any) -> int:
    """Return how many cells an Excel sheet has from its first to its last one."""
    rows = columns = 0
    for _, cell in etree.iterparse(content, tag="{*}c", resolve_entities=False):
        if place := re.fullmatch(r"([A-Z]{1,9})(\d{1,9})", cell.get("r", "")):
            rows, columns = max(rows, int(place[2])), max(columns, 26 ** (len(place[1]) - 1) * (ord(place[1][0]) - 63))
        cell.clear()
    return rows * columns
