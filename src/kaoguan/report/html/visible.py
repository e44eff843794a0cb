"""Characters that nobody can see, made visible: what reorders, hides or joins text on a page is shown by its number.

visible("a\u202eb") -> "a‹U+202E›b"

Newline and tab stay. So does the joiner inside an emoji (👩‍💻 is three characters), which changes nothing else.
"""

import re
import unicodedata
from collections.abc import Iterator

from kaoguan.models import Model

# The only characters outside the categories below that take no room: fillers, a joiner and a blank Braille cell.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Controls, formats (bidirectional, zero width, tags), half characters, line and paragraph separators.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINER = "\u200d"
# Quick to scan for; what it finds is decided by category. Most texts hold none of these.
_SUSPECT = re.compile("[^\n\t\x20-\x7e\xa1-\xac\xae-\u034e\u3001-\u3163\u4e00-\u9fff\uff01-\uff9f]")


class Piece(Model):
    """A run of text, or one character that cannot be seen: then `code` is what to show for it (`U+202E`)."""

    text: str
    code: str = ""


def visible(text: str) -> str:
    """Return `text` with each character that cannot be seen written as `‹U+202E›`."""
    if not _SUSPECT.search(text):
        return text
    return "".join(f"‹{piece.code}›" if piece.code else piece.text for piece in pieces(text))


def pieces(text: str) -> Iterator[Piece]:
    """Yield `text` in order; the pieces' texts together are `text`."""
    start = 0
    for suspect in _SUSPECT.finditer(text):
        at = suspect.start()
        if not _unseen(text, at):
            continue
        if start < at:
            yield Piece(text=text[start:at])
        yield Piece(text=text[at], code=f"U+{ord(text[at]):04X}")
        start = at + 1
    if start < len(text):
        yield Piece(text=text[start:])


def _unseen(text: str, at: int) -> bool:
    character = text[at]
    if character == _JOINER:
        return not (0 < at < len(text) - 1 and _pictured(text[at - 1]) and _pictured(text[at + 1]))
    return character in _BLANK or unicodedata.category(character) in _CATEGORIES


def _pictured(character: str) -> bool:
    # Emoji, their skin tones, and the sign that asks for the coloured form.
    return unicodedata.category(character) in ("So", "Sk") or character == "\ufe0f"
