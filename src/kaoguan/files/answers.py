"""An answers file, opened: which format it is in, and its rows."""

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kaoguan.errors import AnswersError
from kaoguan.files.parquet import Parquet
from kaoguan.files.rows import Columns, Rejected, Row
from kaoguan.files.text_file import TextFile
from kaoguan.files.workbook import Workbook

_UNREADABLE = (
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook", "save it as .xlsx or CSV UTF-8"),
    (b"%PDF", "is a PDF", "put the answers into CSV or JSON Lines"),
)


class _File(Protocol):
    note: str
    size: int

    def rows(self, columns: Columns) -> Iterator[Row | Rejected]: ...

    def position(self) -> int: ...


class Answers:
    """A readable answers file."""

    def __init__(self, name: str, file: _File, columns: Columns) -> None:
        self.name = name
        self.columns = columns
        self.note = file.note
        self.size = file.size
        self._file = file

    def rows(self) -> Iterator[Row | Rejected]:
        """Yield the rows from the start, few in memory at a time. Raises AnswersError."""
        return self._file.rows(self.columns)

    def position(self) -> int:
        """Return how much has been read, at most `size`."""
        return self._file.position()


@contextmanager
def open_answers(name: str, stdin: BinaryIO, columns: Columns | None = None) -> Iterator[Answers]:
    """Open the answers file called `name`, or `stdin` for "-". Raises AnswersError."""
    shown = "standard input" if name == "-" else name
    with _stream(name, stdin) as packed, _unpacked(shown, packed) as stream:
        yield Answers(shown, _file(shown, stream), columns or Columns())


def _file(shown: str, stream: BinaryIO) -> _File:
    start = _start(shown, stream)
    if not start:
        raise AnswersError(shown, "is empty", "give one answer a line, see `kaoguan grade --help`")
    for magic, what, mend in _UNREADABLE:
        if start.startswith(magic):
            raise AnswersError(shown, what, mend)
    if start.startswith(b"PK\x03\x04"):
        return Workbook(shown, stream)
    return Parquet(shown, stream) if start.startswith(b"PAR1") else TextFile(shown, stream)


def _start(shown: str, stream: BinaryIO) -> bytes:
    try:
        start = stream.read(4)
        stream.seek(0)
    except OSError as error:
        raise AnswersError(shown, f"cannot be read ({error.strerror})", "check the file") from error
    return start


@contextmanager
def _stream(name: str, stdin: BinaryIO) -> Iterator[BinaryIO]:
    if name == "-":
        # Two passes are needed, one for the encoding: a pipe is first copied, to disk where it is long.
        with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
            shutil.copyfileobj(stdin, copy)
            copy.seek(0)
            yield cast(BinaryIO, copy)
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; only opening it may be blamed on the path
    except OSError as error:
        mend = "name a file of answers" if isinstance(error, IsADirectoryError) else "check the path"
        raise AnswersError(name, f"cannot be read ({error.strerror})", mend) from error
    with stream:
        if stream.seekable():
            yield stream
        else:
            # A named pipe or <(…): the same as standard input.
            with _stream("-", stream) as copy:
                yield copy


@contextmanager
def _unpacked(shown: str, stream: BinaryIO) -> Iterator[BinaryIO]:
    if not _start(shown, stream).startswith(b"\x1f\x8b"):
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
        try:
            shutil.copyfileobj(gzip.GzipFile(fileobj=stream), copy)
        except EOFError as error:
            raise AnswersError(shown, "is gzip that ends too early", "copy or download it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise AnswersError(shown, "is damaged gzip", "copy or download it again") from error
        except OSError as error:
            raise AnswersError(shown, f"cannot be unpacked ({error.strerror})", "free some disk space") from error
        copy.seek(0)
        yield cast(BinaryIO, copy)
