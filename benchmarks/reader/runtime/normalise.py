"""Text in the one form in which the judge compares it, with the way back to the original characters."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

# Longer answers are judged by their beginning and end: nobody types 8 000 characters in an interview, and the work
# per answer must stay bounded whatever a file holds.
HEAD, TAIL = 6000, 2000

# Traditional text writes 著 for both 着 (拿著) and 著 (显著, 著名).
_PARTICLE = re.compile("(?<![显原名专编卓论译巨土])著(?![名作述者称书])")
Span = tuple[int, int]
"""Half-open character offsets `[start, end)`."""

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
    return plain if plain < "\u2e80" else str(_simplifier().convert(plain))


def simplified(text: str) -> str:
    """Return the text in simplified characters, each where it was; phrases tell 着 from 著."""
    converted = str(_simplifier().convert(text))
    return _PARTICLE.sub("着", converted if len(converted) == len(text) else "".join(map(form, text)))


def is_latin(character: str) -> bool:
    """Return whether the character belongs to a word that is written with spaces around it."""
    return character < "\u2e80" and character.isalnum()


def normalise(original: str) -> Normalised:
    """Return `original` in half width, lower case and simplified characters, white space reduced to what separates.

    A space stays only where it parts two Latin words or follows Latin punctuation; a run with a line break in it is
    one line break.
    """
    kept: list[str] = []
    origins: list[int] = []
    gap = ""
    for offset in _offsets(len(original)):
        for character in form(original[offset]):
            if character in " \n":
                gap = "\n" if "\n" in (gap, character) else " "
                continue
            if gap and kept and (gap == "\n" or _separates(kept[-1], character)):
                kept.append(gap)
                origins.append(offset - 1)
            gap = ""
            kept.append(character)
            origins.append(offset)
    return Normalised("".join(kept), tuple(origins), len(original) > HEAD + TAIL)


def _offsets(length: int) -> list[int]:
    if length <= HEAD + TAIL:
        return list(range(length))
    return [*range(HEAD), *range(length - TAIL, length)]


def _separates(before: str, after: str) -> bool:
    return before < "\u2e80" and after < "\u2e80" and (is_latin(after) or is_latin(before))
