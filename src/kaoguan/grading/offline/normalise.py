"""Text in the one form in which the judge compares it, with the way back to the original characters."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from kaoguan.grading.offline.markup import unmarked
from kaoguan.models import Span

# Longer answers are judged by their beginning and end: nobody types 8 000 characters in an interview, and the work
# per answer must stay bounded whatever a file holds.
HEAD, TAIL = 6000, 2000
# Markup is several times as long as what it marks.
_LOOKED_THROUGH = 40_000

# From here on characters are written without spaces between words.
_WIDE = "\u2e80"
_PUNCTUATION = re.compile(r"[，。；！？、：,;!?\n\r]")
_WIDE_SPACE = re.compile(r"(?<=[\u2e80-\U0010ffff])[ \t\u3000\xa0]+(?=[\u2e80-\U0010ffff])")
_SAYS_SOMETHING = 3
_SPACES = " \t\u3000\xa0"


class Normalised(NamedTuple):
    """A normalised text and, for each of its characters, the original offset it came from."""

    text: str
    origins: tuple[int, ...]
    shortened: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return the original offsets of `text[start:end]`, which must not be empty."""
        return self.origins[start], self.origins[end - 1] + 1


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def form(character: str) -> str:
    """Return the character in half width, lower case and simplified; empty when it is invisible."""
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if character in _SPACES or unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}:
        return ""
    plain = unicodedata.normalize("NFKC", character).lower()
    # One character at a time: offsets must survive, and in this direction phrases hardly matter.
    return plain if plain < _WIDE else str(_simplifier().convert(plain))


def is_latin(character: str) -> bool:
    """Return whether the character belongs to a word that is written with spaces around it."""
    return character < _WIDE and character.isalnum()


def normalise(original: str) -> Normalised:
    """Return `original` without markup, in half width, lower case and simplified characters, white space reduced.

    A space stays only where it parts two Latin words or follows Latin punctuation; a run with a line break in it is
    one line break.
    """
    text, places = unmarked(original, _LOOKED_THROUGH)
    spaced = _parted_by_spaces(text)
    kept: list[str] = []
    origins: list[int] = []
    gap = ""
    for offset in _offsets(len(text)):
        for character in form(text[offset]):
            if character in " \n":
                gap = "\n" if "\n" in (gap, character) else " "
                continue
            if kept and (between := _between(kept[-1], gap, character, spaced=spaced)):
                kept.append(between)
                origins.append(places[offset - 1])
            gap = ""
            kept.append(character)
            origins.append(places[offset])
    return Normalised("".join(kept), tuple(origins), len(text) > HEAD + TAIL)


def _offsets(length: int) -> list[int]:
    if length <= HEAD + TAIL:
        return list(range(length))
    return [*range(HEAD), *range(length - TAIL, length)]


def _between(before: str, gap: str, after: str, *, spaced: bool) -> str:
    """Return what stands between two characters that white space parted; "" where it parts nothing."""
    if gap == " " and spaced and before >= _WIDE and after >= _WIDE:
        return ","
    return gap if gap == "\n" or (gap and _separates(before, after)) else ""


def _parted_by_spaces(text: str) -> bool:
    """Return whether spaces stand where others put commas: no punctuation, and pieces long enough to say something."""
    if _PUNCTUATION.search(text):
        return False
    pieces = _WIDE_SPACE.split(text)
    return len(pieces) > 1 and min(map(len, pieces)) >= _SAYS_SOMETHING


def _separates(before: str, after: str) -> bool:
    return before < _WIDE and after < _WIDE and (is_latin(after) or is_latin(before))
