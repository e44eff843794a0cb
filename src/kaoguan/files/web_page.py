"""The tables of a web page as records: what many platforms save as .xls is one."""

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kaoguan.errors import AnswersError
from kaoguan.files.encoding import detect
from kaoguan.files.markup import without_markup
from kaoguan.files.rows import Record, Sheet

_START = re.compile(rb"\s*<(?:!doctype html|html|head|meta|table|style|body|div)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_MEND = "open it in Excel and save it as .xlsx"
# A page is in memory as a whole, and takes several times its size.
_MOST_BYTES = 20 << 20
_MOST_SPAN, _LAST_COLUMN = 1000, 1024


def is_web_page(shown: str, start: bytes) -> bool:
    """Return whether a file that starts like this is a web page. Raises AnswersError when it is other XML."""
    start = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _XML.match(start) and not re.search(rb"<html\b|<!doctype html", start, re.IGNORECASE):
        raise AnswersError(shown, "is XML (Excel 2003 writes such files)", _MEND)
    return bool(_XML.match(start) or _START.match(start))


class WebPage:
    """A readable web page; its tables are its sheets."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Read it. Raises AnswersError when it is too large, no text, or has no table."""
        from lxml import html  # 0.05 s: only who brings a page pays it

        self.size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        if self.size > _MOST_BYTES:
            raise AnswersError(name, f"is a web page of {self.size >> 20:,} MB, which is too large", _MEND)
        encoding = detect(stream)
        text = stream.read().decode(encoding.codec, "replace") if encoding else ""
        # lxml refuses text that says which encoding its bytes had.
        text = re.sub(r"<\?xml[^>]*\?>", "", text, count=1)
        root = html.fromstring(text, parser=html.HTMLParser(huge_tree=False)) if text.strip() else None
        tables = [] if root is None else [one for one in root.iter("table") if not _within(one)]
        if not tables:
            raise AnswersError(name, "is a web page without a table, whatever it is called", _MEND)
        self._tables = {f"table {number}": table for number, table in enumerate(tables, start=1)}
        self._row = 0
        self.size = sum(1 for table in tables for _ in table.iter("tr"))

    @property
    def sheets(self) -> list[Sheet]:
        """Return the tables in order."""
        return [Sheet(name, hidden=False) for name in self._tables]

    def records(self, sheet: str) -> Iterator[Record]:
        """Yield the rows of a table, counted from 1; a cell over several rows stands in each of them."""
        spans: dict[int, tuple[int, str]] = {}
        for number, row in enumerate(self._tables[sheet].iter("tr"), start=1):
            self._row = number
            cells: list[str] = []
            for cell in row.iterchildren("td", "th"):
                _fill(cells, spans)
                text = _text(cell)
                down = _span(cell, "rowspan")
                for place in range(min(_span(cell, "colspan"), _LAST_COLUMN - len(cells))):
                    cells.append("" if place else text)
                    if down > 1:
                        spans[len(cells) - 1] = (down - 1, cells[-1])
            _fill(cells, spans)
            yield Record(number, list(cells))

    def position(self) -> int:
        """Return how many rows have been read."""
        return min(self._row, self.size)


def _fill(cells: list[str], spans: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down from earlier rows to the next place."""
    while (at := len(cells)) in spans:
        left, text = spans.pop(at)
        if left > 1:
            spans[at] = (left - 1, text)
        cells.append(text)


def _within(table: Any) -> bool:
    return any(True for _ in table.iterancestors("table"))


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), _MOST_SPAN) if value.isdigit() and value != "0" else 1


def _text(cell: Any) -> str:
    from lxml import etree  # loaded with the page

    whole = etree.tostring(cell, encoding="unicode", method="html", with_tail=False)
    # Its own tag makes the rest markup for sure.
    return without_markup(whole)
