"""A Parquet file as records, by pyarrow; some hundred rows in memory at a time."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from kaoguan.errors import AnswersError
from kaoguan.files.rows import Record, plain_value

_AT_ONCE = 512


class Parquet:
    """A readable Parquet file."""

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

    def records(self) -> Iterator[Record]:
        """Yield the names of the columns as record 0, then the rows, counted from 1. Raises AnswersError."""
        yield Record(0, list(self._file.schema_arrow.names))
        try:
            for batch in self._file.iter_batches(batch_size=_AT_ONCE):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    self._row += 1
                    yield Record(self._row, [plain_value(cell) for cell in cells])
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
