"""A Parquet file as rows, by pyarrow; some hundred rows in memory at a time."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from kaoguan.errors import AnswersError
from kaoguan.files.rows import Columns, Rejected, Row, check_header, plain_value

_AT_ONCE = 512


class Parquet:
    """A readable Parquet file."""

    note = ""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Open it. Raises AnswersError when it is damaged, or pyarrow is not there to read it."""
        pyarrow, parquet = imported(name)
        self._name = name
        self._damage = (pyarrow.ArrowException, OSError, ValueError)
        try:
            self._file = parquet.ParquetFile(stream)
        except self._damage as error:
            raise AnswersError(name, "is a damaged Parquet file", "write it anew") from error
        self.size = self._file.metadata.num_rows
        self._row = 0

    def rows(self, columns: Columns) -> Iterator[Row | Rejected]:
        """Yield one row per record, counted from 1. Raises AnswersError."""
        check_header(self._name, self._file.schema_arrow.names, columns)
        number = 0
        try:
            for batch in self._file.iter_batches(batch_size=_AT_ONCE):
                for record in batch.to_pylist():
                    number += 1
                    self._row = number
                    yield Row(number, {name: plain_value(value) for name, value in record.items()})
        except self._damage as error:
            raise AnswersError(self._name, "is a damaged Parquet file", "write it anew") from error

    def position(self) -> int:
        """Return how many rows have been read."""
        return self._row


def imported(name: str) -> tuple[Any, Any]:
    """Return the modules pyarrow and pyarrow.parquet. Raises AnswersError for the file `name` without them."""
    try:
        # 170 MB installed, 0.2 s to import: an extra, for those who have Parquet files.
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        mend = "pip install 'kaoguan[parquet]', or use CSV or JSON Lines"
        raise AnswersError(name, "Parquet needs pyarrow, which is not installed", mend) from error
    return pyarrow, pyarrow.parquet
