"""Text in the one form in which the judge compares it, with the way back to the original characters."""

import re

from kaoguan.text.characters import HEAD, TAIL, WIDE, form
from kaoguan.text.markup import unmarked
from kaoguan.text.readable import Text, parted_by_spaces

# Markup is several times as long as what it marks.
_LOOKED_THROUGH = 40_000
_WHITE = re.compile("[ \n]+")


def is_latin(character: str) -> bool:
    """Return whether the character belongs to a word that is written with spaces around it."""
    return character < WIDE and character.isalnum()


def normalise(original: str) -> Text:
    """Return `original` without markup, in half width, lower case and simplified characters, white space reduced.

    A space stays only where it parts two Latin words or follows Latin punctuation; a run with a line break in it is
    one line break.
    """
    text, places = unmarked(original, _LOOKED_THROUGH)
    spaced = parted_by_spaces(text)
    shortened = len(text) > HEAD + TAIL
    if shortened:
        text, places = text[:HEAD] + text[-TAIL:], [*places[:HEAD], *places[-TAIL:]]
    # All of it at once: a loop over the characters takes five times as long, and every quotation comes through here.
    forms = list(map(form, text))
    formed = "".join(forms)
    origins: list[int] = list(places)
    if len(formed) != len(text) or "" in forms:
        origins = [place for place, form_ in zip(places, forms, strict=True) for _ in form_]
    kept: list[str] = []
    kept_origins: list[int] = []
    at = 0
    for white in _WHITE.finditer(formed):
        start, end = white.span()
        kept.append(formed[at:start])
        kept_origins += origins[at:start]
        if start > 0 and end < len(formed):
            gap = "\n" if "\n" in white[0] else " "
            if between := _between(formed[start - 1], gap, formed[end], spaced=spaced):
                kept.append(between)
                kept_origins.append(origins[end - 1])
        at = end
    return Text("".join(kept) + formed[at:], (*kept_origins, *origins[at:]), shortened)


def _between(before: str, gap: str, after: str, *, spaced: bool) -> str:
    """Return what stands between two characters that white space parted; "" where it parts nothing."""
    if gap == " " and spaced and before >= WIDE and after >= WIDE:
        return ","
    return gap if gap == "\n" or (gap and _separates(before, after)) else ""


def _separates(before: str, after: str) -> bool:
    return before < WIDE and after < WIDE and (is_latin(after) or is_latin(before))
