"""Grades as tables: CSV and Parquet. No cell of CSV is ever run as a formula. Workbooks are in `grade_book`."""

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, TextIO

from kaoguan.files.grades import (
    Cell,
    Cells,
    Graded,
    Header,
    Words,
    from_lines,
    machine_cells,
    our_cells,
    own_cells,
    source_cells,
    verdict_cells,
)
from kaoguan.files.parquet import imported
from kaoguan.text import inert

_AT_ONCE = 512

Read = Callable[[], Iterable[str]]
"""Gives the lines anew each time: the columns are known only after a first pass."""


def write_csv(read: Read, out: TextIO, words: Words, *, detail: bool = False) -> None:
    """Write graded answers as CSV: own columns, ours and, if wanted, the detail."""
    parts: list[Callable[[Graded], Cells]] = [own_cells, lambda one: our_cells(one, words)]
    if detail:
        parts += [lambda one: verdict_cells(one, words), lambda one: source_cells(one, words)]
    header = header_of(from_lines(read()), parts)
    writer = csv.writer(out)
    writer.writerow(map(inert, header.titles))
    for one in from_lines(read()):
        writer.writerow([inert(_shown(cell)) for cell in header.row([part(one) for part in parts])])


def write_parquet(read: Read, out: BinaryIO) -> None:
    """Write graded answers as Parquet: own columns, then the grade's. Raises InputError.

    grade.score is a number and grade.needs_review true or false; all else is text.
    """
    pyarrow, parquet = imported("--format parquet")
    parts = [own_cells, machine_cells]
    header = header_of(from_lines(read()), parts)
    kinds = {"grade.score": pyarrow.float64(), "grade.needs_review": pyarrow.bool_()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in header.titles])
    rows = (header.row([part(one) for part in parts]) for one in from_lines(read()))
    with parquet.ParquetWriter(out, schema) as writer:
        for some in _chunks(rows):
            full = [
                {name: cell if name in kinds else _shown(cell) for name, cell in zip(header.titles, row, strict=True)}
                for row in some
            ]
            writer.write_batch(pyarrow.RecordBatch.from_pylist(full, schema))


def header_of(graded: Iterable[Graded], parts: Iterable[Callable[[Graded], Cells]]) -> Header:
    """Return the header of every column that occurs, each part in the order in which its columns came."""
    groups: list[tuple[Callable[[Graded], Cells], dict[str, None]]] = [(part, {}) for part in parts]
    for one in graded:
        for part, names in groups:
            names.update(dict.fromkeys(part(one)))
    return Header([names for _, names in groups])


def check_format(format_: str) -> None:
    """Raise InputError when this format cannot be written here; to be called before the work."""
    if format_ == "parquet":
        imported("--format parquet")


def _chunks(rows: Iterator[list[Cell]]) -> Iterator[list[list[Cell]]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
