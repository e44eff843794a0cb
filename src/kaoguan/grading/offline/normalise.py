"""Text in the one form in which the judge compares it, with the way back to the original characters."""

from kaoguan.text.characters import HEAD, TAIL, WIDE, form
from kaoguan.text.markup import unmarked
from kaoguan.text.readable import Text, parted_by_spaces

# Markup is several times as long as what it marks.
_LOOKED_THROUGH = 40_000


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
    return Text("".join(kept), tuple(origins), len(text) > HEAD + TAIL)


def _offsets(length: int) -> list[int]:
    if length <= HEAD + TAIL:
        return list(range(length))
    return [*range(HEAD), *range(length - TAIL, length)]


def _between(before: str, gap: str, after: str, *, spaced: bool) -> str:
    """Return what stands between two characters that white space parted; "" where it parts nothing."""
    if gap == " " and spaced and before >= WIDE and after >= WIDE:
        return ","
    return gap if gap == "\n" or (gap and _separates(before, after)) else ""


def _separates(before: str, after: str) -> bool:
    return before < WIDE and after < WIDE and (is_latin(after) or is_latin(before))
