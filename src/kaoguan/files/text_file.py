"""JSON Lines, or text with delimiters, as rows; one row in memory at a time."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from kaoguan.errors import AnswersError
from kaoguan.files import rows
from kaoguan.files.encoding import detect
from kaoguan.files.rows import Columns, Rejected, Row

_Format = Literal["json lines", "delimited"]

_EXTENSIONS: dict[str, _Format] = {
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".csv": "delimited",
    ".tsv": "delimited",
}


class TextFile:
    """A readable text file."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Find out encoding and format. Raises AnswersError when it is neither."""
        self._name = name
        self._stream = stream
        self.size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        start = stream.read(4096)
        stream.seek(0)
        encoding = detect(stream)
        if encoding is None:
            raise self._not_text()
        self.note = encoding.note
        self._codec = encoding.codec
        self._format = _format(name, start.decode(encoding.codec, errors="replace"))

    def rows(self, columns: Columns) -> Iterator[Row | Rejected]:
        """Yield the rows from the start. Raises AnswersError."""
        self._stream.seek(0)
        # Bytes that do not decode become lone surrogates, by which their row is recognised and rejected.
        text = io.TextIOWrapper(self._stream, self._codec, errors="surrogateescape", newline="")
        try:
            lines = rows.lines(text)
            delimited = self._format == "delimited"
            yield from rows.from_delimited(lines, self._name, columns) if delimited else rows.from_json_lines(lines)
        except UnicodeError as error:
            raise self._not_text() from error
        except OSError as error:
            raise AnswersError(self._name, f"cannot be read ({error.strerror})", "check the file") from error
        finally:
            # A run that is broken off closes the file first, and these rows when they are forgotten.
            if not self._stream.closed:
                text.detach()

    def position(self) -> int:
        """Return how many bytes have been read, at most `size`."""
        return self._stream.tell()

    def _not_text(self) -> AnswersError:
        return AnswersError(self._name, "is not text in UTF-8, UTF-16 or GB18030", "save it as UTF-8")


def _format(name: str, start: str) -> _Format:
    text = start.lstrip("\ufeff \t\r\n")
    known = _EXTENSIONS.get(Path(name.removesuffix(".gz")).suffix.lower())
    if text.startswith("[") and known != "delimited":
        raise AnswersError(name, "is one JSON list", "write one object a line, e.g. jq -c '.[]'")
    return known or ("json lines" if text.startswith("{") else "delimited")
