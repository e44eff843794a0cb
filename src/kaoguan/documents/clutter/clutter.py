"""Boilerplate told from content: which lines a web page, a publisher or a printer put around what is taught.

A line goes when it is boilerplate for sure, or looks like it and stands next to some that is. When in doubt a line
stays: a stray button in a rubric's draft is a nuisance, a lost key point is a wrong rubric.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from kaoguan.documents.clutter import signs
from kaoguan.documents.clutter.signs import LONGEST, Sign, narrow
from kaoguan.documents.document import Line, RemovalReason, Removed
from kaoguan.text.script import HAN

_CONTENTS = re.compile(
    r"^\W*(?:目录|文章目录|大纲|(?:table of )?contents|on this page|in this article)\W*$", re.IGNORECASE
)
_OWNER = re.compile(
    r"(?:copyright|©|\(c\))[\s\d©(c)–,-]*([^\s,,|。]{2,24})|^\W*([^\s,,|。©]{2,24}?)\s*版权所有", re.IGNORECASE
)
_DOMAIN = re.compile(r"^(?:www\.)?([^.]+)\.[a-z.]{2,8}\.?$")
_SENTENCE = re.compile(r"[。;;]|[.!!]\s*$")
# What makes a short line say something: an end of sentence, a question, a number or bullet in front.
_STATEMENT = re.compile(
    r"[。;;:：!！??,，]$|(?:\S+ ){3}\S*\.$|^(?:[((]?[\d一二三四五六七八九十]+[))、.．]|[-*•·]\s\S|Q\d*[:：])",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:[" + HAN + r"·]{2,8}|[A-Z][\w'-]+(?: [A-Z][\w'.-]*){1,2})$")
_PART = re.compile(r"[第章节篇题]|部分|答案|面试|笔记|总结|学习")
_WIDEST_SCRAP = 60
# A head with this many signs is that of a web page; its scraps are shorter than its title, or single words.
_FURNISHED = 5
_SHARE_OF_TITLE = 0.6
_WIDEST_WORD = 8
_LONGEST_ENTRY = 10
# No table of contents and no list of links is longer; it also keeps the work linear in the document.
_LONGEST_TABLE = 300
_MOST_TABLES = 20
# A list of links holds titles; anything longer is prose.
_LONGEST_TITLE = 60


def clean(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    """Return the lines that are content, and the others with the reason they are not."""
    written = [line for line in lines if line.text.strip()]
    reasons = _Reasons(written).all()
    by_number = {line.number: reason for line, reason in zip(written, reasons, strict=True) if reason}
    return (
        tuple(line for line in lines if line.number not in by_number),
        tuple(
            Removed(number=line.number, text=line.text, reason=by_number[line.number], page=line.page)
            for line in lines
            if line.number in by_number
        ),
    )


class _Reasons:
    """The reason to take out each written line (None: content), found from the surest signs to the faintest."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.known = signs.load_signs()
        self.signs: list[Sign | None] = [None if line.code else self.known.of(line.text) for line in lines]
        self.reasons: list[RemovalReason | None] = [sign.reason if sign and sign.sure else None for sign in self.signs]

    def all(self) -> list[RemovalReason | None]:
        self._site_names()
        self._contents()
        self._spread_both_ways()
        self._head()
        self._links_at_the_end()
        self._foot()
        self._spread_both_ways()
        self._between_menus()
        return self.reasons

    def _site_names(self) -> None:
        """A short line that names the owner of the copyright is the page's head or foot."""
        owners = set(_owners(line.text for line, reason in zip(self.lines, self.reasons, strict=True) if reason))
        for place, line in enumerate(self.lines):
            if line.text.strip().lower() in owners and not line.code:
                self.reasons[place] = self.reasons[place] or RemovalReason.NAVIGATION

    def _contents(self) -> None:
        """A table of contents is a run of lines that all come again below."""
        entries = [_bare(line.text) for line in self.lines]
        last = {entry: place for place, entry in enumerate(entries)}
        openers = (place for place, line in enumerate(self.lines) if _CONTENTS.match(line.text) and not line.code)
        for opener in islice(openers, _MOST_TABLES):
            first = end = opener + 1
            # Where the first entry is met again, the table is over and the text begins.
            while end < first + _LONGEST_TABLE and end < last.get(entries[end] if end < len(entries) else "", 0):
                if end > first and entries[end] == entries[first]:
                    break
                end += 1
            if end - first >= 2:
                self.reasons[opener:end] = [RemovalReason.NAVIGATION] * (end - opener)

    def _spread(self, places: "Iterator[int] | range") -> None:
        """A faint sign is enough beside a line already taken out; at either end of the document a byline is enough."""
        beside = True
        for place in places:
            sign = self.signs[place]
            if self.reasons[place] is None and sign and not self._is_content(place):
                edge_is_enough = sign.reason in {RemovalReason.BYLINE, RemovalReason.TAGS}
                if beside and (edge_is_enough or self._has_neighbour(place)):
                    self.reasons[place] = sign.reason
            beside = self.reasons[place] is not None

    def _has_neighbour(self, place: int) -> bool:
        return any(0 <= other < len(self.lines) and self.reasons[other] for other in (place - 1, place + 1))

    def _is_content(self, place: int) -> bool:
        line = self.lines[place]
        return line.heading_level is not None or self.known.is_subject(line.text)

    def _spread_both_ways(self) -> None:
        self._spread(range(len(self.lines)))
        self._spread(reversed(range(len(self.lines))))

    def _between_menus(self) -> None:
        """A menu may name a subject or a product; a title stands above the rest of the page, not inside a menu."""
        for place in range(1, len(self.lines) - 1):
            line = self.lines[place]
            if self.reasons[place] or line.heading_level is not None:
                continue
            above, below = self.reasons[max(0, place - 2) : place], self.reasons[place + 1 : place + 4]
            a_subject = self.known.is_subject(line.text) and above[-1] and below[0]
            inside = above + below == [RemovalReason.NAVIGATION] * 5 and len(line.text.strip()) <= _LONGEST_ENTRY
            if a_subject or inside:
                self.reasons[place] = RemovalReason.NAVIGATION

    def _head(self) -> None:
        """Above the first line of substance, short scraps among menus and bylines belong to them, but the title."""
        head = 0
        while head < len(self.lines) and not self._is_substance(head):
            head += 1
        signed = [place for place in range(head) if self.signs[place] or self.reasons[place]]
        scraps = [place for place in range(head) if place not in set(signed) and self.reasons[place] is None]
        if not signed or not scraps:
            return
        self._author(scraps)
        title = max(scraps, key=lambda place: _width(self.lines[place].text))
        if len(signed) < _FURNISHED:
            return
        widest = max(_WIDEST_WORD, _SHARE_OF_TITLE * _width(self.lines[title].text))
        for place in range(signed[-1]):
            text = self.lines[place].text.strip()
            a_part = place > title and _PART.search(text)
            if place != title and not self.reasons[place] and not a_part and _width(text) <= widest:
                self.reasons[place] = RemovalReason.NAVIGATION if place < title else RemovalReason.BYLINE

    def _author(self, scraps: list[int]) -> None:
        """The author's name stands alone between the title and a byline."""
        for place in scraps:
            text = self.lines[place].text.strip()
            above, below = self.reasons[place - 1 : place], self.reasons[place + 1 : place + 2]
            if above == [None] and below and below[0] and _NAME.match(text) and not _PART.search(text):
                self.reasons[place] = RemovalReason.BYLINE

    def _foot(self) -> None:
        """Below the last line of substance, short scraps among buttons and counts belong to them."""
        foot = len(self.lines)
        while foot and not self._is_substance(foot - 1):
            foot -= 1
        signed = [place for place in range(foot, len(self.lines)) if self.signs[place] or self.reasons[place]]
        sure = sum(self.reasons[place] is not None for place in signed)
        if not signed or sure < 2 or 2 * len(signed) < signed[-1] + 1 - signed[0]:
            return
        for place in range(signed[0], signed[-1] + 1):
            sign = self.signs[place]
            self.reasons[place] = self.reasons[place] or (sign.reason if sign else RemovalReason.NAVIGATION)

    def _is_substance(self, place: int) -> bool:
        line, text = self.lines[place], narrow(self.lines[place].text)
        if self.reasons[place] or self.signs[place]:
            return False
        marked = line.heading_level is not None or line.strong or line.code
        return marked or _width(text) > _WIDEST_SCRAP or bool(_STATEMENT.search(text))

    def _links_at_the_end(self) -> None:
        """What follows "related articles" to the end is links, where it is titles only or shows counts and dates."""
        for opener in range(max(0, len(self.lines) - _LONGEST_TABLE), len(self.lines)):
            sign = self.signs[opener]
            after = range(opener + 1, len(self.lines))
            if not sign or sign.reason is not RemovalReason.RELATED or self._is_content(opener) or not after:
                continue
            counted = sum(self.reasons[place] in {RemovalReason.VIEW_COUNT, RemovalReason.BYLINE} for place in after)
            titles = all(self.reasons[place] or self._is_title(place) for place in after)
            on_a_page = any(self.reasons[max(0, opener - 1) :])
            if (titles and on_a_page) or counted * 4 >= len(after):
                for place in range(opener, len(self.lines)):
                    self.reasons[place] = self.reasons[place] or RemovalReason.RELATED
                return

    def _is_title(self, place: int) -> bool:
        line = self.lines[place]
        return not line.code and len(line.text.strip()) <= _LONGEST_TITLE and not _SENTENCE.search(narrow(line.text))


def _width(text: str) -> int:
    # In this encoding a Chinese character counts twice, as it does for the eye.
    return len(text.strip().encode("gb18030", "replace"))


def _owners(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        if len(text) <= LONGEST and (owner := _OWNER.search(text)):
            name = (owner[1] or owner[2]).lower().strip(".")
            yield name
            if domain := _DOMAIN.match(name):
                yield domain[1]


def _bare(text: str) -> str:
    return re.sub(r"^[\s\d.、*#•-]+|[\s.…]+\d*$", "", text).lower()
