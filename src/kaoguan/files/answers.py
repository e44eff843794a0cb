"""An answers file, opened: which format it is in, and its rows."""

import gzip
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kaoguan.errors import AnswersError
from kaoguan.files import packed
from kaoguan.files.layout import Layout
from kaoguan.files.old_excel import OldExcel
from kaoguan.files.open_document import OpenDocument
from kaoguan.files.parquet import Parquet
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Rejected, Row
from kaoguan.files.sheets import Sheets
from kaoguan.files.spreadsheet import Spreadsheet
from kaoguan.files.table import AnswerTable
from kaoguan.files.text_file import TextFile
from kaoguan.files.web_page import WebPage, is_web_page
from kaoguan.files.workbook import UnreadableError, Workbook
from kaoguan.text import one_line

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# Of what comes through a pipe or unpacks: a million long answers.
_MOST_BYTES = 4 << 30


class _File(Protocol):
    layout: Layout | None

    @property
    def notes(self) -> Sequence[str]: ...

    @property
    def size(self) -> int: ...

    def rows(self, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]: ...

    def position(self) -> int: ...


class Answers:
    """A readable answers file."""

    def __init__(self, name: str, file: _File, columns: Columns) -> None:
        self.name = name
        self._columns = columns
        self._file = file

    @property
    def notes(self) -> list[str]:
        """Return what the user should hear about how it was read; all of it once the first row is."""
        layout = self._file.layout
        parts = list(self._file.notes)
        if layout and layout.questions:
            own = [one_line(name) for name in layout.ungraded]
            parts.append(f"one column per question ({', '.join(layout.questions)})")
            parts += [f"no question, so not graded: {', '.join(own)}"] if own else []
        if layout and not layout.says_who:
            parts.append("no column of ids or names: the line of an answer is its id")
        return parts

    @property
    def size(self) -> int:
        """Return how much there is to read, in the unit of `position`."""
        return self._file.size

    def rows(self, questions: Questions) -> Iterator[Row | Rejected]:
        """Yield the rows from the start, few in memory at a time. Raises AnswersError."""
        return self._file.rows(self._columns, questions)

    def position(self) -> int:
        """Return how much has been read, at most `size`."""
        return self._file.position()


@contextmanager
def open_answers(
    name: str, stdin: BinaryIO, columns: Columns | None = None, *, sheet: str | None = None
) -> Iterator[Answers]:
    """Open the answers file called `name`, or `stdin` for "-"; of a workbook the `sheet`. Raises AnswersError."""
    shown = "standard input" if name == "-" else name
    with (
        _stream(name, stdin) as whole,
        _unzipped(shown, whole) as (member, inner),
        _unpacked(member, inner) as stream,
    ):
        yield Answers(member, _file(member, stream, sheet), columns or Columns())


def _file(shown: str, stream: BinaryIO, sheet: str | None) -> _File:
    start = _start(shown, stream)
    packed.refuse(shown, start)
    if not start:
        raise AnswersError(shown, "is empty", "give one answer a line, see `kaoguan grade --help`")
    if start.startswith(b"%PDF"):
        raise AnswersError(shown, "is a PDF", "put the answers into CSV or JSON Lines")
    kind = packed.kind(shown, stream) if start.startswith(_ZIP) else None
    if kind == "archive":
        raise AnswersError(shown, "is an archive in another one", "unpack it and name the file of answers")
    if kind == "workbook":
        return Sheets(shown, _workbook(shown, stream), sheet)
    if kind == "binary workbook":
        return Sheets(shown, Spreadsheet(shown, stream), sheet)
    if kind == "open document":
        return Sheets(shown, OpenDocument(shown, stream), sheet)
    if start.startswith(_OLD_EXCEL):
        return Sheets(shown, OldExcel(shown, stream), sheet)
    if is_web_page(shown, start):
        return Sheets(shown, WebPage(shown, stream), sheet)
    if sheet:
        raise AnswersError(f"--sheet {sheet}", f"{shown} has no sheets", "leave it out")
    return _ParquetFile(shown, stream) if start.startswith(b"PAR1") else TextFile(shown, stream)


def _workbook(shown: str, stream: BinaryIO) -> Workbook | Spreadsheet:
    try:
        return Workbook(shown, stream)
    except UnreadableError as error:
        # Another reader is content with less: broken styles, names that lead nowhere, Strict Open XML.
        try:
            return Spreadsheet(shown, stream)
        except AnswersError:
            raise error from None


class _ParquetFile(Parquet):
    layout: Layout | None = None

    @property
    def notes(self) -> list[str]:
        return []

    def rows(self, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]:
        table = AnswerTable(self._name, self.records(), columns, questions)
        self.layout = table.layout
        yield from table.rows()


def _start(shown: str, stream: BinaryIO) -> bytes:
    try:
        start = stream.read(512)
        stream.seek(0)
    except OSError as error:
        raise AnswersError(shown, f"cannot be read ({error.strerror})", "check the file") from error
    return start


@contextmanager
def _stream(name: str, stdin: BinaryIO) -> Iterator[BinaryIO]:
    if name == "-":
        # Two passes are needed, one for the encoding: a pipe is first copied, to disk where it is long.
        with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
            _copy("standard input", stdin, cast(BinaryIO, copy))
            yield cast(BinaryIO, copy)
        return
    try:
        path = Path(name)
        if stat.S_ISCHR(path.stat().st_mode) and not path.resolve().is_relative_to("/dev/fd"):
            raise AnswersError(name, "is a device, which may never end", "name a file of answers")
        stream = path.open("rb")
    except (OSError, RuntimeError, ValueError) as error:
        mend = "name a file of answers" if isinstance(error, IsADirectoryError) else "check the path"
        if not Path(name).suffix or " " in name or not name.isascii():
            mend += '; for one answer: kaoguan grade --rubric ID --answer "…"'
        raise AnswersError(name, f"cannot be read ({getattr(error, 'strerror', None) or error})", mend) from error
    with stream:
        if stream.seekable():
            yield stream
        else:
            # A named pipe or <(…): the same as standard input.
            with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
                _copy(name, stream, cast(BinaryIO, copy))
                yield cast(BinaryIO, copy)


def _copy(shown: str, source: BinaryIO, copy: BinaryIO) -> None:
    """Copy what comes through a pipe, or unpacks, as long as it may be the answers of people."""
    written = 0
    try:
        while some := source.read(1 << 20):
            written += len(some)
            if written > _MOST_BYTES:
                raise AnswersError(shown, f"does not end within {_MOST_BYTES >> 30} GB", "give it in parts")
            copy.write(some)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise
        raise AnswersError(shown, f"cannot be copied ({error.strerror})", "free some disk space") from error
    copy.seek(0)


@contextmanager
def _unzipped(shown: str, stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Give the only file of an archive, by what it is called; what is no archive as it is."""
    if not _start(shown, stream).startswith(_ZIP) or packed.kind(shown, stream) != "archive":
        yield shown, stream
        return
    member = packed.only_member(shown, stream)
    with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
        try:
            _copy(member.name, member.stream, cast(BinaryIO, copy))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise AnswersError(shown, "is a damaged archive", "copy or download it again") from error
        yield member.name, cast(BinaryIO, copy)


@contextmanager
def _unpacked(shown: str, stream: BinaryIO) -> Iterator[BinaryIO]:
    if not _start(shown, stream).startswith(b"\x1f\x8b"):
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
        try:
            _copy(shown, cast(BinaryIO, gzip.GzipFile(fileobj=stream)), cast(BinaryIO, copy))
        except EOFError as error:
            raise AnswersError(shown, "is gzip that ends too early", "copy or download it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise AnswersError(shown, "is damaged gzip", "copy or download it again") from error
        yield cast(BinaryIO, copy)
