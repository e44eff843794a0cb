"""JSON Lines, or text with delimiters, as rows; one row in memory at a time."""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from kaoguan.errors import AnswersError
from kaoguan.files import json_lines
from kaoguan.files.delimited import first_records, lines, records, straight
from kaoguan.files.encoding import LONGEST_LINE, detect, without_mark
from kaoguan.files.layout import Layout, find_layout
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Record, Rejected, Row
from kaoguan.files.table import AnswerTable
from kaoguan.text import one_line

_Format = Literal["json lines", "json list", "delimited"]

_EXTENSIONS: dict[str, _Format] = {
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".csv": "delimited",
    ".tsv": "delimited",
}
# Enough for the header and some rows to see which delimiter makes sense.
_SAMPLE = 1 << 16
# What Excel understands as the first line of a CSV file.
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[,;\t]*\r?\n?", re.IGNORECASE)
_CURLED = re.compile(r"\s*[“”][^“”\n]*[“”] *[,;\t|]")


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
        self.notes = [encoding.note] if encoding.note else []
        self.layout: Layout | None = None
        self._codec = encoding.codec
        self._start = without_mark(start.decode(encoding.codec, errors="replace"))
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
        if _CURLED.match(self._start):
            self._start = straight(self._start)
            source = (line._replace(text=straight(line.text)) for line in source)
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
        samples = {delimiter: first_records(self._start, delimiter, 40) for delimiter in ",\t;|"}
        for delimiter, sample in samples.items():
            try:
                if find_layout(sample, columns, questions):
                    return delimiter
            except ValueError:
                return delimiter
        widest = {
            delimiter: max((len(one.cells) for one in sample), default=0) for delimiter, sample in samples.items()
        }
        if max(widest.values()) == 1 and re.search(r"[\uff0c\u3001\uff1b]", self._start):
            shown = one_line(next(line for line in self._start.splitlines() if line.strip()))[:80]
            what = f"the columns are not separated by commas, tabs, semicolons or bars: {shown}"
            raise AnswersError(self._name, what, "save it as CSV with commas")
        return max(widest, key=lambda one: widest[one])

    def _json(self, text: io.TextIOWrapper, columns: Columns, questions: Questions) -> Iterator[Row | Rejected]:
        layouts: dict[tuple[str, ...], Layout | str] = {}
        for one in self._objects(text):
            if isinstance(one, Rejected):
                yield one
                continue
            names = tuple(one.content)
            if names not in layouts and len(layouts) < 10_000:
                layouts[names] = json_lines.layout(one.line, names, columns, questions)
            layout = layouts.get(names, "too many kinds of objects")
            if isinstance(layout, str):
                id_ = one.content.get("id")
                yield Rejected(line=one.line, id=id_ if isinstance(id_, str) else None, reason=layout)
            else:
                self.layout = self.layout or layout
                yield from layout.rows(Record(one.line, list(one.content.values())))

    def _objects(self, text: io.TextIOWrapper) -> Iterable[json_lines.Object | Rejected]:
        if self._format == "json lines":
            return json_lines.from_lines(lines(text))
        if self.size > json_lines.LONGEST_LIST:
            what = f"is one JSON list of {self.size >> 20:,} MB"
            raise AnswersError(self._name, what, "write one object a line, e.g. jq -c '.[]'")
        return json_lines.from_list(self._name, text.read())

    def _not_text(self) -> AnswersError:
        what = "is not text in UTF-8, UTF-16, GB18030, Big5 or Shift-JIS"
        return AnswersError(self._name, what, "save it as UTF-8 (in Excel: CSV UTF-8), or as .xlsx")


def _format(name: str, start: str) -> _Format:
    text = start.lstrip("\ufeff \t\r\n")
    known = _EXTENSIONS.get(Path(name.removesuffix(".gz")).suffix.lower())
    if re.match(r"\[\s*[{\]]", text):
        return "json list"
    return known or ("json lines" if text.startswith("{") else "delimited")
