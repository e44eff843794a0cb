"""An answer in the one form that the reader reads: presentation is not content.

Markup, entities, addresses, case, width, traditional characters, white space, line breaks and punctuation differ
between two people who say the same. They are gone here, by rule, so that they cannot move a grade: what parts two
clauses is always a comma between Chinese characters and a space elsewhere, however it was typed. What bears meaning
stays: question marks, arrows, formulas, decimal points, hyphens inside words.
"""

import re
import unicodedata
from typing import NamedTuple

from kaoguan.text.characters import HEAD, TAIL, WIDE, form, simplified
from kaoguan.text.markup import IGNORANCE, IGNORANCE_ENGLISH, unmarked

# So many times as much as is read is looked through for markup.
_LOOKED_THROUGH = 10
_LIST_MARK = re.compile(
    r"(?:(?<=[\n。;；!！])|^)[ ]*"
    r"(?:\(?\d{1,2}(?:[.)、](?!\d))|[(（]?[一二三四五六七八九十][)）、]|[-*•·>#]+ )"
)
# What stands inside a clause as often as between two.
_PARTS_NOTHING = {"", "-", "_", "/", "'", "&", "*", "`", '"', "“", "”", "‘", "’", "~", "#", "@", "$", "\\"}
_PUNCTUATION = re.compile(r"[，。；！？、：,;!?\n\r]")
_WIDE_SPACE = re.compile(r"(?<=[\u2e80-\U0010ffff])[ \t\u3000\xa0]+(?=[\u2e80-\U0010ffff])")
_SAYS_SOMETHING = 3
_IGNORANCE = re.compile(
    rf"(?:(?<=[\n,。;；!！?、 ])|^){IGNORANCE}(?=[\n,。;；!！?、. ]|$)"
    rf"|(?:(?<=[\n,.;!?])|^) *{IGNORANCE_ENGLISH} *(?=[\n,;!?]|\.(?!\w)|$)",
    re.IGNORECASE,
)


class Text(NamedTuple):
    """A form of a text, and for each of its characters the place in the original that it came from.

    `breaks`: where in `text` a clause begins, because its writer put punctuation or a line break before it.
    """

    text: str
    origins: tuple[int, ...]
    shortened: bool = False
    breaks: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]`, which must not be empty, stands in the original."""
        return self.origins[start], self.origins[end - 1] + 1


def readable(original: str) -> Text:
    """Return the text as the reader reads it; empty where nothing in it is a word."""
    before = _plain(original)
    cleared = _blanked(before.text, _LIST_MARK, _IGNORANCE)
    spaced = parted_by_spaces(cleared)
    kept: list[str] = []
    origins: list[int] = []
    breaks: list[int] = []
    gap = ""
    for place, character in enumerate(cleared):
        if not _bears_meaning(cleared, place):
            gap += character
            continue
        if not spaced and gap.strip() == "" and "\n" not in gap and kept and min(kept[-1], character) >= WIDE:
            gap = ""
        if kept and (parting := _parting(kept[-1], character, bool(gap))):
            kept.append(parting)
            origins.append(before.origins[place - 1])
        if kept and (kept[-1] == "," or gap.strip(" ") not in _PARTS_NOTHING):
            breaks.append(len(kept))
        gap = ""
        kept.append(character)
        origins.append(before.origins[place])
    return Text("".join(kept), tuple(origins), before.shortened, tuple(breaks))


def parted_by_spaces(text: str) -> bool:
    """Return whether spaces stand where others put commas: no punctuation, and pieces long enough to say something."""
    if _PUNCTUATION.search(text):
        return False
    pieces = _WIDE_SPACE.split(text)
    return len(pieces) > 1 and min(map(len, pieces)) >= _SAYS_SOMETHING


def _plain(original: str) -> Text:
    """Return the text without markup, in half width, lower case and simplified characters, its line breaks kept."""
    text, places = unmarked(original, _LOOKED_THROUGH * HEAD)
    shortened = len(text) > HEAD + TAIL
    if shortened:
        text, places = text[:HEAD] + text[-TAIL:], [*places[:HEAD], *places[-TAIL:]]
    characters: list[str] = []
    origins: list[int] = []
    for place, character in zip(places, text, strict=True):
        formed = form(character)
        characters += formed
        origins += [place] * len(formed)
    return Text(simplified("".join(characters)), tuple(origins), shortened)


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """Return the text with a line break for each character that a pattern takes: offsets stay."""
    for pattern in patterns:
        text = pattern.sub(lambda match: "\n" * len(match[0]), text)
    return text


def _bears_meaning(text: str, place: int) -> bool:
    character = text[place]
    if character.isalnum() or character in "?%":
        return True
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if character == ".":
        return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    if character in "-_'/&":
        return before.isascii() and before.isalnum() and after.isascii() and (after.isalnum() or after == "(")
    # Arrows, comparison, sums, powers; not the bars and stars of tables and lists.
    return character in "=<>+^" or (unicodedata.category(character) == "Sm" and character not in "|~")


def _parting(before: str, after: str, gap: bool) -> str:
    """Return what stands between two kept characters: the same whether white space or punctuation parted them."""
    wide = [character >= WIDE for character in (before, after)]
    if all(wide):
        return "," if gap else ""
    if any(wide):
        return " " if before.isalnum() and after.isalnum() else ""
    return " " if gap and after not in "?%" else ""
