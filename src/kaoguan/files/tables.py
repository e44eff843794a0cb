"""Grades as tables: CSV, an Excel workbook, Parquet. No cell of the first two is ever run as a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, TextIO

from kaoguan.errors import SettingError
from kaoguan.files.grades import Cells, cells, columns
from kaoguan.files.parquet import imported
from kaoguan.text import inert, printable

# What Excel can hold, the header included.
_SHEET_ROWS = 1 << 20
_AT_ONCE = 512

Read = Callable[[], Iterable[str]]
"""Gives the JSON lines anew each time: the columns are known only after a first pass."""


def write_csv(read: Read, out: TextIO) -> None:
    """Write JSON lines as CSV."""
    header = columns(map(cells, read()))
    writer = csv.writer(out)
    writer.writerow(header)
    for row in map(cells, read()):
        writer.writerow([inert(_shown(row.get(column))) for column in header])


def write_workbook(read: Read, out: BinaryIO) -> None:
    """Write JSON lines as a workbook of one sheet. Raises SettingError."""
    # 0.3 s: only those who want a workbook pay it.
    from openpyxl import Workbook

    header = columns(map(cells, read()))
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("grades")
    sheet.freeze_panes = "B2"
    sheet.append([_safe(name) for name in header])
    for number, row in enumerate(map(cells, read()), start=2):
        if number > _SHEET_ROWS:
            raise SettingError("--format xlsx", f"a sheet holds {_SHEET_ROWS:,} rows only", "write CSV or Parquet")
        sheet.append([_safe(row.get(column)) for column in header])
    workbook.save(out)


def write_parquet(read: Read, out: BinaryIO) -> None:
    """Write JSON lines as Parquet: score a number, needs_review true or false, all else text. Raises InputError."""
    pyarrow, parquet = imported("--format parquet")
    kinds = {"score": pyarrow.float64(), "needs_review": pyarrow.bool_()}
    header = columns(map(cells, read()))
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in header])
    with parquet.ParquetWriter(out, schema) as writer:
        for some in _chunks(map(cells, read())):
            full = [{name: row.get(name, None if name in kinds else "") for name in header} for row in some]
            writer.write_batch(pyarrow.RecordBatch.from_pylist(full, schema))


def check_format(format_: str) -> None:
    """Raise InputError when this format cannot be written here; to be called before the work."""
    if format_ == "parquet":
        imported("--format parquet")


def _chunks(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _safe(cell: str | float | bool | None) -> str | float | bool | None:
    return inert(printable(cell)) if isinstance(cell, str) else cell


def _shown(cell: str | float | bool | None) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
