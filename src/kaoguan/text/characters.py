"""Each character in the one form in which texts are compared: half width, lower case, simplified."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

# Longer answers are judged by their beginning and end: nobody types 8 000 characters in an interview, and the work
# per answer must stay bounded whatever a file holds.
HEAD, TAIL = 6000, 2000

WIDE = "\u2e80"
"""From here on characters are written without spaces between words."""
_SPACES = " \t\u3000\xa0"
_LINE_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
# Traditional text writes 著 for both 着 (拿著) and 著 (显著, 著名).
_PARTICLE = re.compile("(?<![显原名专编卓论译巨土])著(?![名作述者称书])")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def form(character: str) -> str:
    """Return the character in half width, lower case and simplified; empty when it is invisible."""
    if character in _LINE_BREAKS:
        return "\n"
    category = unicodedata.category(character)
    if character in _SPACES or category == "Zs":
        return " "
    if category in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKC", character).lower()
    # One character at a time: offsets must survive, and in this direction phrases hardly matter.
    return plain if plain < WIDE else str(_simplifier().convert(plain))


def simplified(text: str) -> str:
    """Return the text in simplified characters, each where it was; phrases tell 着 from 著."""
    converted = str(_simplifier().convert(text))
    return _PARTICLE.sub("着", converted if len(converted) == len(text) else "".join(map(form, text)))
