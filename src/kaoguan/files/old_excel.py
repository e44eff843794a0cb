"""Old Excel workbooks (.xls) as records, by xlrd, which tells errors, merged cells and how numbers are shown."""

import io
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from kaoguan.errors import AnswersError
from kaoguan.files.rows import Record, Sheet, plain_value, with_zeros

# xlrd lets through from a damaged file whatever its reading of it comes to.
_DAMAGE = (
    *(struct.error, LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError),
    *(OSError, EOFError, RuntimeError, NotImplementedError),
)
# The file is in memory as a whole, and takes several times its size.
_MOST_BYTES = 50 << 20
_MOST_MERGED = 10_000
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_MEND = "save it as .xlsx or CSV UTF-8"


class OldExcel:
    """A readable workbook."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Open it. Raises AnswersError when it is protected, too large or damaged."""
        import xlrd  # 0.05 s: only who brings such a file pays it

        self._name = name
        self._row = self.size = 0
        self._damage = (*_DAMAGE, xlrd.XLRDError, xlrd.compdoc.CompDocError)
        content = stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise AnswersError(name, f"is too large: more than {_MOST_BYTES >> 20} MB", _MEND)
        if _PROTECTED in content:
            raise AnswersError(name, "is protected by a password", "save it without one")
        try:
            self._book = xlrd.open_workbook(
                file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
            )
        except self._damage as error:
            if "encrypted" in str(error):
                raise AnswersError(name, "is protected by a password", "save it without one") from error
            raise AnswersError(name, "is no spreadsheet that can be read", _MEND) from error

    @property
    def sheets(self) -> list[Sheet]:
        """Return the sheets in order."""
        return [Sheet(sheet.name, sheet.visibility != 0) for sheet in self._book.sheets()]

    def records(self, sheet: str) -> Iterator[Record]:
        """Yield the rows of a sheet as Excel counts them. Raises AnswersError."""
        try:
            found = self._book.sheet_by_name(sheet)
            self.size = max(self.size, found.nrows)
            origins = {
                (row, left): (top, left)
                for top, bottom, left, _ in found.merged_cells
                for row in range(top + 1, min(bottom, top + _MOST_MERGED))
            }
            for row in range(found.nrows):
                self._row = row + 1
                places = (origins.get((row, column), (row, column)) for column in range(found.row_len(row)))
                yield Record(row + 1, [self._value(found, *place) for place in places])
        except self._damage as error:
            raise AnswersError(self._name, f"is damaged ({sheet})", _MEND) from error

    def position(self) -> int:
        """Return how many lines have been read."""
        return min(self._row, self.size)

    def _value(self, sheet: Any, row: int, column: int) -> Any:
        import xlrd  # loaded with the workbook

        cell = sheet.cell(row, column)
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            form = self._book.format_map[self._book.xf_list[cell.xf_index].format_key].format_str
            return with_zeros(plain_value(cell.value), form)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return plain_value(xlrd.xldate_as_datetime(cell.value, self._book.datemode))
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#ERROR!")
        return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
