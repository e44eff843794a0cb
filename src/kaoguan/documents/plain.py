"""Plain text, as it was scraped or typed: every line of the file is a line of the document."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaoguan.text import printable

if TYPE_CHECKING:
    from kaoguan.documents.extract import Extract

# What `str.splitlines` splits at beyond these (form feed, U+2028 …) is no line to an editor, and would shift numbers.
_LINE_END = re.compile(r"\r\n|\r|\n")
# Zero-width characters that web pages sprinkle between words: invisible, and they keep words from matching.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")


def extract(text: str, into: "Extract") -> None:
    """Add a text's lines, numbered as in the file."""
    for line in split(text):
        into.add(line)


def split(text: str) -> Iterator[str]:
    """Yield the lines as an editor counts them."""
    parts = _LINE_END.split(text)
    if parts[-1] == "":
        parts.pop()
    yield from parts


def tidy(line: str) -> str:
    """Return a line that is safe to show: no control or invisible characters, no tabs, no space at its end."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", printable(line)))
    return line.replace("\t", "    ").rstrip()
