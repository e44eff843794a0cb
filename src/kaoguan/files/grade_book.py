"""Graded answers as an Excel workbook that one can hand on: grades, students, detail. No cell is a formula."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from rich.cells import cell_len

from kaoguan.errors import SettingError
from kaoguan.files.grades import Cell, Words, from_lines, our_cells, own_cells, source_cells, verdict_cells
from kaoguan.files.roster import Roster
from kaoguan.files.tables import Read, header_of
from kaoguan.text import inert, printable

# What Excel can hold: rows with the header, and characters of a cell, with room for a word about the rest.
_SHEET_ROWS = 1 << 20
_CELL = 32_000
# Wide enough for a sentence in two or three lines; narrow enough for a laptop's screen.
_WIDEST, _NARROWEST, _COMMENT = 48, 8, 80
# Of points: a line, and as many as still leave the next student in sight.
_LINE, _MOST_LINES, _SEEN = 15, 12, 2000
# A score that came as text. (Longer numbers may be ids, and an id is text.)
_SHORT_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2})(?:\.\d{0,5}[1-9])?")
_NOT_XML = re.compile("[\ufffe\uffff]")
_HEADER, _LOOK, _RULE = "DDE6F0", "FFF1CC", "DDDDDD"


def write_workbook(read: Read, out: BinaryIO, words: Words) -> None:
    """Write graded answers as a workbook. Raises SettingError when they are more than a sheet holds."""
    # 0.3 s: only those who want a workbook pay it.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _grades(book, read, words)
    roster = _roster(read)
    if students := roster.students():
        _students(book, roster.questions, students, words)
    detail = (own_cells, lambda one: verdict_cells(one, words), lambda one: source_cells(one, words))
    header = header_of(from_lines(read()), detail)
    rows = (header.row([part(one) for part in detail]) for one in from_lines(read()))
    _sheet(book, words.say("sheet_detail"), header.titles, rows, words)
    book.save(out)


def _grades(book: Any, read: Read, words: Words) -> None:
    parts = (own_cells, lambda one: our_cells(one, words))
    header = header_of(from_lines(read()), parts)

    def rows() -> Iterable[list[Cell]]:
        return (header.row([part(one) for part in parts]) for one in from_lines(read()))

    # Ours are five: score, range, look, why, comment.
    marked, widths = len(header.titles) - 3, _widths(header.titles, rows())
    widths[-1] = min(widths[-1] * 2, _COMMENT)
    _sheet(book, words.say("sheet_grades"), header.titles, rows(), words, marked=marked, widths=widths)


def _roster(read: Read) -> Roster:
    roster = Roster()
    for one in from_lines(read()):
        look = one.grade["needs_review"] or one.grade["score"] is None
        roster.add(
            one.student, one.name, one.grade["rubric_id"], one.grade["score"], needs_look=look, answered=one.answered
        )
    return roster


def _students(book: Any, questions: Iterable[str], students: Sequence[Any], words: Words) -> None:
    asked = list(questions)
    titles = [words.say(name) for name in ("student", "name")]
    titles += [*asked, *(words.say(name) for name in ("answered", "total", "mean", "look"))]
    rows = [
        [
            *(one.id, one.name),
            *(one.scores.get(question) for question in asked),
            *(f"{one.answered} / {len(asked)}", one.total, one.mean, one.needs_look or None),
        ]
        for one in students
    ]
    _sheet(book, words.say("sheet_students"), titles, rows, words, widths=_widths(titles, rows))


def _sheet(
    book: Any,
    name: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    words: Words,
    *,
    marked: int | None = None,
    widths: Sequence[int] | None = None,
) -> None:
    """Write one sheet; rows with something in the column `marked` are coloured from two columns before it on."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    _set_page(sheet)
    for at, width in enumerate(widths or [20] * len(titles), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    # What is for programs has a line a row.
    top, bold = Alignment(vertical="top", wrap_text=widths is not None), Font(bold=True)
    # A number ends where the text beside it would begin.
    text = Alignment(vertical="top", wrap_text=widths is not None, indent=1)
    rule = Border(bottom=Side("thin", _RULE))
    fills = {colour: PatternFill("solid", start_color=colour) for colour in (_HEADER, _LOOK)}

    def made(value: Cell, colour: str | None = None, font: Any = None) -> Any:
        cell = WriteOnlyCell(sheet, value=_safe(value, words))
        cell.alignment, cell.border = text if isinstance(cell.value, str) else top, rule
        if colour:
            cell.fill = fills[colour]
        if font:
            cell.font = font
        return cell

    sheet.append([made(title, _HEADER, bold) for title in titles])
    count = 1
    for row in rows:
        count += 1
        if count > _SHEET_ROWS:
            raise SettingError("--format xlsx", f"a sheet holds {_SHEET_ROWS:,} rows only", "write CSV or Parquet")
        if widths:
            # Not every program finds out for itself how high a row must be.
            sheet.row_dimensions[count].height = _LINE * _lines(row, widths)
        look = marked is not None and bool(row[marked])
        sheet.append([made(cell, _LOOK if look and at >= (marked or 0) - 2 else None) for at, cell in enumerate(row)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(titles)))}{count}"


def _set_page(sheet: Any) -> None:
    """Have the sheet printed across, all columns on a page, the header on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how many lines the highest cell of a row takes, at most `_MOST_LINES`."""
    most = 1
    for cell, width in zip(row, widths, strict=True):
        if isinstance(cell, str) and (len(cell) * 2 > width or "\n" in cell):
            # A column has room for three characters less than it is wide.
            lines = sum(max(1, -(-cell_len(line) // (width - 3))) for line in cell[:_SEEN].split("\n"))
            most = max(most, lines)
    return min(most, _MOST_LINES)


def _widths(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[int]:
    widths = [cell_len(title) for title in titles]
    for row in rows:
        for at, cell in enumerate(row):
            if cell is not None and widths[at] < _WIDEST:
                widths[at] = max(widths[at], cell_len(str(cell)[:_WIDEST]))
    return [min(_WIDEST, max(_NARROWEST, width + 3)) for width in widths]


def _safe(cell: Cell, words: Words) -> Cell:
    if not isinstance(cell, str):
        # Beyond 15 digits a spreadsheet rounds.
        return str(cell) if isinstance(cell, int) and abs(cell) >= 10**15 else cell
    if _SHORT_NUMBER.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    text = _NOT_XML.sub("", printable(cell))
    if len(text) > _CELL:
        text = text[:_CELL] + words.say("cut", count=f"{len(text):,}")
    return inert(text)
