"""The lines of a document that has none of its own: what is extracted, numbered in reading order."""

import re
import unicodedata
from collections.abc import Iterator

from kaoguan.documents.document import Line, RemovalReason, Removed
from kaoguan.documents.pictures import without_pictures
from kaoguan.errors import DocumentError
from kaoguan.text import printable

# A compressed page can unfold to any length; a book of a thousand pages has 40 000 lines and 3 million characters.
MOST_LINES = 100_000
MOST_CHARACTERS = 10_000_000
# What `str.splitlines` splits at beyond these (form feed, U+2028 …) is no line to an editor, and would shift numbers.
_LINE_END = re.compile(r"\r\n|\r|\n")
# Zero-width characters that web pages sprinkle between words: invisible, and they keep words from matching.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Characters that only look like those people type: radicals that PDFs give for 用 and 非, letters of bold "fonts".
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\U0001d400-\U0001d7ff\uf900-\ufaff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")


class Extract:
    """Lines added one by one; those removed count on, so that every number stands for one line."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._characters = 0
        self.lines: list[Line] = []
        self.removed: list[Removed] = []

    def add(
        self,
        text: str,
        *,
        page: int | None = None,
        heading_level: int | None = None,
        strong: bool = False,
        code: bool = False,
        linked: bool = False,
    ) -> None:
        """Add a line, or several where the text has line ends."""
        for line in list(split(text)) or [""]:
            shown, pictured = without_pictures(tidy(line))
            self.lines.append(
                Line(
                    number=self._next(line),
                    text=shown,
                    page=page,
                    heading_level=heading_level,
                    strong=strong,
                    code=code,
                    linked=linked,
                    pictured=pictured,
                )
            )

    def gap(self, page: int | None = None) -> None:
        """Add the empty line that separates paragraphs, unless there is one."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(number=self._next(""), text="", page=page))

    def remove(self, text: str, reason: RemovalReason, *, page: int | None = None) -> None:
        """Number and list a line that is not content."""
        for line in split(text):
            if shown := without_pictures(tidy(line))[0].strip():
                self.removed.append(Removed(number=self._next(line), text=shown, reason=reason, page=page))

    def _next(self, text: str) -> int:
        number = len(self.lines) + len(self.removed) + 1
        self._characters += len(text)
        if number > MOST_LINES or self._characters > MOST_CHARACTERS:
            raise DocumentError(self._name, f"holds more than {MOST_LINES} lines or 10 million characters", "split it")
        return number


def split(text: str) -> Iterator[str]:
    """Yield the lines as an editor counts them."""
    parts = _LINE_END.split(text)
    if parts[-1] == "":
        parts.pop()
    yield from parts


def tidy(line: str) -> str:
    """Return a line that is safe to show: no control or invisible characters, no tabs, no space at its end."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", printable(line)))
    line = _LOOKALIKE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), line)
    return line.replace("\t", "    ").rstrip()
