"""An answers file, opened: which format and encoding it is in, and its rows."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

from kaoguan.batch import rows
from kaoguan.encoding import Encoding, detect
from kaoguan.errors import AnswersError

Format = Literal["json lines", "delimited"]

_EXTENSIONS: dict[str, Format] = {
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".csv": "delimited",
    ".tsv": "delimited",
}
_NOT_TEXT = (
    (b"PK\x03\x04", "is a zip archive or an Excel workbook", "save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook", "save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "is gzip", "unpack it: gunzip -c FILE | kaoguan grade -"),
    (b"PAR1", "is Parquet", "write it as JSON Lines or CSV"),
    (b"%PDF", "is a PDF", "put the answers into CSV or JSON Lines"),
)


class Answers:
    """A readable answers file."""

    def __init__(self, name: str, stream: BinaryIO, format_: Format, encoding: Encoding, size: int) -> None:
        self.name = name
        self.note = encoding.note
        self.size = size
        self._stream = stream
        self._format = format_
        self._codec = encoding.codec

    def rows(self) -> Iterator[rows.Row | rows.Rejected]:
        """Yield the rows from the start, one in memory at a time. Raises AnswersError."""
        self._stream.seek(0)
        # Bytes that do not decode become lone surrogates, by which their row is recognised and rejected.
        text = io.TextIOWrapper(self._stream, self._codec, errors="surrogateescape", newline="")
        try:
            lines = rows.lines(text)
            delimited = self._format == "delimited"
            yield from rows.from_delimited(lines, self.name) if delimited else rows.from_json_lines(lines)
        except UnicodeError as error:
            raise _unreadable_text(self.name) from error
        except OSError as error:
            raise AnswersError(self.name, f"cannot be read ({error.strerror})", "check the file") from error
        finally:
            # A run that is broken off closes the file first, and these rows when they are forgotten.
            if not self._stream.closed:
                text.detach()

    def position(self) -> int:
        """Return how many bytes have been read, at most `size`."""
        return self._stream.tell()


@contextmanager
def open_answers(name: str, stdin: BinaryIO) -> Iterator[Answers]:
    """Open the answers file called `name`, or `stdin` for "-". Raises AnswersError."""
    with _stream(name, stdin) as stream:
        shown = "standard input" if name == "-" else name
        start = stream.read(4096)
        if not start:
            raise AnswersError(shown, "is empty", "give one answer a line, see `kaoguan grade --help`")
        for magic, what, mend in _NOT_TEXT:
            if start.startswith(magic):
                raise AnswersError(shown, what, mend)
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        encoding = detect(stream)
        if encoding is None:
            raise _unreadable_text(shown)
        yield Answers(shown, stream, _format(shown, start, encoding), encoding, size)


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
        mend = "name a JSONL or CSV file" if isinstance(error, IsADirectoryError) else "check the path"
        raise AnswersError(name, f"cannot be read ({error.strerror})", mend) from error
    with stream:
        if stream.seekable():
            yield stream
        else:
            # A named pipe or <(…): the same as standard input.
            with _stream("-", stream) as copy:
                yield copy


def _format(shown: str, start: bytes, encoding: Encoding) -> Format:
    text = start.decode(encoding.codec, errors="replace").lstrip("\ufeff \t\r\n")
    known = _EXTENSIONS.get(Path(shown).suffix.lower())
    if text.startswith("[") and known != "delimited":
        raise AnswersError(shown, "is one JSON list", "write one object a line, e.g. jq -c '.[]'")
    return known or ("json lines" if text.startswith("{") else "delimited")


def _unreadable_text(shown: str) -> AnswersError:
    return AnswersError(shown, "is not text in UTF-8, UTF-16 or GB18030", "save it as UTF-8")
