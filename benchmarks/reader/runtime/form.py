"""An answer in the one form that the reader reads: presentation is not content.

Markup, entities, addresses, case, width, traditional characters, white space, line breaks and punctuation differ
between two people who say the same. They are gone here, by rule, so that they cannot move a grade: what parts two
clauses is always a comma between Chinese characters and a space elsewhere, however it was typed. What bears meaning
stays: question marks, arrows, formulas, decimal points, hyphens inside words.
"""

import re
import unicodedata
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from kaoguan.grading.offline.normalise import HEAD, TAIL, form
from kaoguan.models import Span
from runtime.simplify import simplified

# Tags of editors and learning platforms only: `a<b` and `vector<int>` are content. Then entities, and what Excel makes
# of carriage returns.
_MARKUP = re.compile(
    r"</?(?P<tag>p|br|div|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|blockquote|pre|hr|span|strong|b|i|em|u|s|a|img|font"
    r"|code|sub|sup|small|big|mark|o:p|section|article|label|center)"
    r"(?:\s+[a-z:_-]{1,40}\s*=\s*(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>]{1,2000}))*\s*/?>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)"
    r"|_x000[da9]_",
    re.IGNORECASE,
)
_INLINE = frozenset(
    {"span", "strong", "b", "i", "em", "u", "s", "a", "img", "font", "code", "sub", "sup", "small", "big"}
)
# So much is looked through for markup; what is left of it is cut to what is read (HEAD and TAIL).
_RAW = 10
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+", re.ASCII)
# A student's number before or after an answer says nothing.
_NUMBERS = re.compile(r"^(?:\s*\d{5,}(?=\s))+|(?:(?<=[\s。.])\d{5,}\s*)+$")
_LIST_MARK = re.compile(
    r"(?:(?<=[\n。;；!！])|^)[ ]*"
    r"(?:\(?\d{1,2}(?:[.)、](?!\d))|[(（]?[一二三四五六七八九十][)）、]|[-*•·>#]+ )"
)
# Who says that there is more that he does not know has said nothing.
_IGNORANCE = re.compile(
    r"(?:(?<=[\n,。;；!！?、 ])|^)"
    r"(?:(?:其他|其它|其余|别的|剩下|后面|更多|具体|再|还有|嗯|额|呃|抱歉|对不起|不好意思|反正|那个|这个|就|但是?|不过){0,3}"
    r"(?:的|细节|内容|部分|问题)?(?:我|俺|咱)?(?:就|也|都|真的?|实在|暂时|有点|完全)?"
    r"(?:不知道|不会|不清楚|不太清楚|不了解|不太了解|不记得|记不清|忘了|忘记|想不起来|说不上来|没学过|没复习到?)"
    r"(?:了|啦|的|呢|吧|啊|哈|哦){0,2})(?=[\n,。;；!！?、. ]|$)"
)


class Text(NamedTuple):
    """A form of a text, and for each of its characters the place in the earlier form that it came from."""

    text: str
    origins: tuple[int, ...]
    shortened: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]`, which must not be empty, stands in the earlier form."""
        return self.origins[start], self.origins[end - 1] + 1


def readable(original: str, *, without: Sequence[Span] = ()) -> Text:
    """Return the text as the reader reads it; empty where nothing in it is a word.

    `without`: stretches of the plain text (see `plain`) that are not to be read.
    """
    before = plain(original)
    cleared = _blanked(before.text, _ADDRESS, _NUMBERS, _LIST_MARK, _IGNORANCE)
    for start, end in without:
        cleared = cleared[:start] + "\n" * (end - start) + cleared[end:]
    kept: list[str] = []
    places: list[int] = []
    gap = False
    for place, character in enumerate(cleared):
        if not _bears_meaning(cleared, place):
            gap = True
            continue
        if kept and (parting := _parting(kept[-1], character, gap)):
            kept.append(parting)
            places.append(place - 1)
        gap = False
        kept.append(character)
        places.append(place)
    return Text("".join(kept), tuple(places), before.shortened)


def plain(original: str) -> Text:
    """Return the answer without markup, in half width, lower case and simplified characters, its line breaks kept."""
    places: Sequence[int] = range(len(original))
    shortened = len(original) > HEAD + TAIL
    original, places = _ends(original, places, _RAW)
    if "<" in original or "&" in original or "_x000" in original.lower():
        original, places = _without_markup(original, places)
        shortened = shortened and len(original) > HEAD + TAIL
    original, places = _ends(original, places, 1)
    characters: list[str] = []
    origins: list[int] = []
    for place, character in zip(places, original, strict=True):
        formed = form(character)
        characters += formed
        origins += [place] * len(formed)
    return Text(simplified("".join(characters)), tuple(origins), shortened)


def _ends(text: str, places: Sequence[int], times: int) -> tuple[str, Sequence[int]]:
    """Return beginning and end of a text that is longer than is read, or so many times that."""
    head, tail = times * HEAD, times * TAIL
    if len(text) <= head + tail:
        return text, places
    return text[:head] + text[-tail:], [*places[:head], *places[-tail:]]


def _without_markup(text: str, origins: Sequence[int]) -> tuple[str, list[int]]:
    characters: list[str] = []
    places: list[int] = []
    at = 0
    for match in _MARKUP.finditer(text):
        characters += text[at : match.start()]
        places += origins[at : match.start()]
        put = unescape(match["entity"]) if match["entity"] else _gap(match["tag"])
        characters += put
        places += [origins[match.start()]] * len(put)
        at = match.end()
    characters += text[at:]
    places += origins[at:]
    return "".join(characters), places


def _gap(tag: str | None) -> str:
    """Return what stands in the place of a tag (None: a carriage return): nothing inside a line, else a line break."""
    return "" if tag and tag.lower() in _INLINE else "\n"


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
    wide = [character >= "\u2e80" for character in (before, after)]
    if all(wide):
        return "," if gap else ""
    if any(wide):
        return " " if before.isalnum() and after.isalnum() else ""
    return " " if gap and after not in "?%" else ""
