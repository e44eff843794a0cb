"""The sheet of a workbook that holds the answers: the first one that people see and that has the columns."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from kaoguan.errors import AnswersError
from kaoguan.files.layout import Layout, find_layout
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Record, Rejected, Row, Sheet, is_empty
from kaoguan.files.table import AnswerTable
from kaoguan.text import one_line

# Of the rows of a sheet, to see whether it holds answers.
_AHEAD = 40


class _Book(Protocol):
    size: int

    @property
    def sheets(self) -> list[Sheet]: ...

    def records(self, sheet: str) -> Iterator[Record]: ...

    def position(self) -> int: ...


class Sheets:
    """A workbook, of which one sheet is read."""

    def __init__(self, name: str, book: _Book, wanted: str | None) -> None:
        """`wanted` is the name of a sheet. Raises AnswersError when there is none."""
        self._name = name
        self._book = book
        self.layout: Layout | None = None
        self.notes: list[str] = []
        sheets = book.sheets
        if not sheets:
            raise AnswersError(name, "has no sheets", "save it anew, or as CSV UTF-8")
        names = [sheet.name for sheet in sheets]
        if wanted is not None and wanted not in names:
            raise AnswersError(
                f"--sheet {wanted}", f"{name} has no such sheet", f"use one of: {one_line(', '.join(names))}"
            )
        # A hidden sheet is read where no other has answers.
        ordered = sorted(sheets, key=lambda sheet: sheet.hidden)
        self._sheets = [wanted] if wanted is not None else [sheet.name for sheet in ordered]
        self._visible = {sheet.name for sheet in sheets if not sheet.hidden}

    @property
    def size(self) -> int:
        """Return how many lines the sheet has, as far as its program says so."""
        return self._book.size

    def position(self) -> int:
        """Return how many lines have been read."""
        return self._book.position()

    def rows(self, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]:
        """Yield the rows of the sheet. Raises AnswersError."""
        # Where there is one, nothing is to be chosen.
        only = len(self._sheets) == 1
        good = [sheet for sheet in self._sheets if only or self._has_answers(sheet, columns, questions)]
        if self._visible & set(good):
            good = [sheet for sheet in good if sheet in self._visible]
        chosen = good[0] if good else self._fullest()
        if len(self._sheets) > 1:
            self.notes = [f"read the sheet {one_line(chosen)}"]
            if others := [one_line(sheet) for sheet in good[1:]]:
                self.notes.append(
                    f"left out: {', '.join(others)}, which has answers too (--sheet {others[0]} reads it)"
                )
        where = f"{self._name} ({one_line(chosen)})" if len(self._sheets) > 1 else self._name
        table = AnswerTable(where, self._book.records(chosen), columns, questions)
        self.layout = table.layout
        yield from table.rows()

    def _has_answers(self, sheet: str, columns: Columns, questions: Questions) -> bool:
        try:
            first = self._first(sheet)
            found = find_layout(first, columns, questions)
            return found is not None and found[0] + 1 < len(first)
        except ValueError:  # two columns of one name, which is told when it is read
            return True

    def _first(self, sheet: str) -> Sequence[Record]:
        filled = (one for one in self._book.records(sheet) if not all(map(is_empty, one.cells)))
        return list(islice(filled, _AHEAD))

    def _fullest(self) -> str:
        """Return the sheet of which to say what is wrong: the first visible one that has most rows."""
        return max(self._sheets, key=lambda sheet: (sheet in self._visible, len(self._first(sheet))))
