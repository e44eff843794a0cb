"""JSON Lines, or text with delimiters, as rows; one row in memory at a time."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from kaoguan.errors import AnswersError
from kaoguan.files import json_lines
from kaoguan.files.delimited import first_records, lines, records
from kaoguan.files.encoding import LONGEST_LINE, detect
from kaoguan.files.layout import Layout, find_layout
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Record, Rejected, Row
from kaoguan.files.table import AnswerTable
from kaoguan.text import one_line

_Format = Literal["json lines", "delimited"]

_EXTENSIONS: dict[str, _Format] = {
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".csv": "delimited",
    ".tsv": "delimited",
}
# Enough for the header and some rows to see which delimiter makes sense.
_SAMPLE = 1 << 16
# What Excel understands as the first line of a CSV file.
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[,;\t]*\r?\n?")


class TextFile:
    """A readable text file."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Find out encoding and format. Raises AnswersError when it is neither."""
        self._name = name
        self._stream = stream
        self.size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        start = stream.read(_SAMPLE)
        stream.seek(0)
        encoding = detect(stream)
        if encoding is None:
            raise self._not_text()
        self.note = encoding.note
        self.layout: Layout | None = None
        self._codec = encoding.codec
        self._start = start.decode(encoding.codec, errors="replace").lstrip("\ufeff")
        self._format = _format(name, self._start)

    def rows(self, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]:
        """Yield the rows from the start. Raises AnswersError."""
        self._stream.seek(0)
        # Bytes that do not decode become lone surrogates, by which their row is recognised and rejected.
        text = io.TextIOWrapper(self._stream, self._codec, errors="surrogateescape", newline="")
        try:
            read = self._delimited if self._format == "delimited" else self._json
            yield from read(text, columns, questions)
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

    def _delimited(self, text: io.TextIOWrapper, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]:
        source = lines(text)
        separator = _SEPARATOR.match(self._start)
        if separator:
            next(source)
            delimiter = separator[1]
        else:
            first = next((line for line in self._start.split("\n") if line.strip()), "")
            if len(first) == len(self._start) and self.size > LONGEST_LINE:
                what = f"the first line is longer than {LONGEST_LINE:,} characters"
                raise AnswersError(f"{self._name}:1", what, "check that it is CSV, with the names of the columns")
            delimiter = self._delimiter(columns, questions)
        table = AnswerTable(self._name, records(source, delimiter), columns, questions)
        self.layout = table.layout
        yield from table.rows(delimiter)

    def _delimiter(self, columns: Columns, questions: Questions) -> str:
        """Return the delimiter by which there is a header, else that by which there are most columns."""
        samples = {delimiter: first_records(self._start, delimiter, 40) for delimiter in ",\t;"}
        for delimiter, sample in samples.items():
            try:
                if find_layout(sample, columns, questions):
                    return delimiter
            except ValueError:
                return delimiter
        widest = {
            delimiter: max((len(one.cells) for one in sample), default=0) for delimiter, sample in samples.items()
        }
        if max(widest.values()) == 1 and re.search(r"[|\uff0c\u3001\uff1b]", self._start):
            shown = one_line(next(line for line in self._start.splitlines() if line.strip()))[:80]
            what = f"the columns are not separated by commas, tabs or semicolons: {shown}"
            raise AnswersError(self._name, what, "save it as CSV with commas")
        return max(widest, key=lambda one: widest[one])

    def _json(self, text: io.TextIOWrapper, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]:
        layouts: dict[tuple[str, ...], Layout | str] = {}
        for line in lines(text):
            if not line.text.strip():
                continue
            content = json_lines.parse(line)
            if isinstance(content, Rejected):
                yield content
                continue
            names = tuple(content)
            if names not in layouts and len(layouts) < 10_000:
                layouts[names] = json_lines.layout(line.number, names, columns, questions)
            layout = layouts.get(names, "too many kinds of objects")
            if isinstance(layout, str):
                id_ = content.get("id")
                yield Rejected(line=line.number, id=id_ if isinstance(id_, str) else None, reason=layout)
            else:
                self.layout = self.layout or layout
                yield from layout.rows(Record(line.number, list(content.values())))

    def _not_text(self) -> AnswersError:
        what = "is not text in UTF-8, UTF-16, GB18030, Big5 or Shift-JIS"
        return AnswersError(self._name, what, "save it as UTF-8 (in Excel: CSV UTF-8), or as .xlsx")


def _format(name: str, start: str) -> _Format:
    text = start.lstrip("\ufeff \t\r\n")
    known = _EXTENSIONS.get(Path(name.removesuffix(".gz")).suffix.lower())
    if text.startswith("[") and known != "delimited":
        raise AnswersError(name, "is one JSON list", "write one object a line, e.g. jq -c '.[]'")
    if re.match(r"<(?:!doctype|html|table|\?xml|meta|head|style)", text, re.IGNORECASE):
        raise AnswersError(name, "is a web page, whatever it is called", "open it in Excel and save it as .xlsx")
    return known or ("json lines" if text.startswith("{") else "delimited")
