"""The rows of a table: its header is found among the first records, then every record is read by it."""

from collections.abc import Iterable, Iterator
from itertools import chain

from kaoguan.errors import AnswersError
from kaoguan.files.delimited import fill
from kaoguan.files.layout import Layout, find_layout, no_header
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Record, Rejected, Row, is_empty

# Enough for what stands above a header, and to see which column names the questions.
_AHEAD = 80


class AnswerTable:
    """A table with its header found. Raises AnswersError where there is none."""

    def __init__(self, where: str, records: Iterable[Record | Rejected], wanted: Columns, questions: Questions) -> None:
        """Read ahead as far as the header may stand."""
        self._records = iter(records)
        self._head: list[Record | Rejected] = []
        filled = 0
        for record in self._records:
            if isinstance(record, Record) and all(map(is_empty, record.cells)):
                continue
            self._head.append(record)
            filled += isinstance(record, Record)
            if filled == _AHEAD:
                break
        known = [one for one in self._head if isinstance(one, Record)]
        found = _layout(where, known, wanted, questions)
        self.layout = found[1] if found else None
        self._header = known[found[0]].line if found else -1

    def rows(self, delimiter: str | None = None) -> Iterator[Row | Rejected]:
        """Yield the rows below the header; empty ones and the header once more are nothing.

        Text has a `delimiter` and as many cells in each row; in a sheet, numbers typed as answers are text to us.
        """
        if not self.layout:
            return
        width = len(self.layout.names)
        below = True
        for record in chain(self._head, self._records):
            if record.line <= self._header:
                continue
            if isinstance(record, Rejected):
                yield record if self.layout.id == 0 else record.model_copy(update={"id": None})
                continue
            if all(map(is_empty, record.cells)):
                continue
            whole = fill(record, width, delimiter) if delimiter else _typed(record, self.layout)
            if isinstance(whole, Rejected):
                yield whole
            elif not self.layout.repeats_header(whole.cells, below=below):
                yield from self.layout.rows(whole)
            below = False


def _layout(where: str, known: list[Record], wanted: Columns, questions: Questions) -> tuple[int, Layout] | None:
    if not known:
        return None
    try:
        found = find_layout(known, wanted, questions)
    except ValueError as error:
        raise AnswersError(where, f"two columns are called {error}", "rename one of them") from error
    if found is None:
        raise no_header(where, known, wanted, questions)
    return found


def _typed(record: Record, layout: Layout) -> Record:
    """Return the record as wide as the header, with text for numbers that were typed as an answer or a question."""
    width = len(layout.names)
    cells = record.cells[:width] + [""] * (width - len(record.cells))
    for at in {at for group in layout.groups for at in group if isinstance(at, int)}:
        if isinstance(cells[at], int | float):
            cells[at] = str(cells[at])
    return Record(record.line, cells)
