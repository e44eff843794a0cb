"""What a line of boilerplate looks like, by the patterns in signs.yaml.

A sign is sure when the line alone gives it away, and faint when it takes a neighbour to tell it from content: "收藏" on
a line of its own is a button below "登录 注册", and a feature in a list of features.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from kaoguan.documents.document import RemovalReason

# Longer lines are prose; of boilerplate only disclaimers and notices run on.
LONGEST = 120
_LONGEST_NOTICE = 400
_NOTICES = (RemovalReason.DISCLAIMER, RemovalReason.COPYRIGHT, RemovalReason.COOKIES)
_PHRASES = (RemovalReason.NAVIGATION, RemovalReason.TAGS, RemovalReason.ADVERTISEMENT, RemovalReason.SHARING)

# Full-width forms (U+FF01-FF5E) lie at a fixed distance from ASCII; so patterns need only one kind of colon.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FILL = re.compile(r"[\W\d_]+")
_BETWEEN_WORDS = re.compile(r"[\s|·•/>›»,、]+")
_BETWEEN_TAGS = re.compile(r"[|,、#]+")
_AROUND_WORDS = re.compile(r"^[\[\]()【】«»‹›←→]+|[\[\]()【】«»‹›←→]+$")

# "Issues 12", "Star 2.4k": a button and its count.
_TALLY = re.compile(r"^\d[\d.,]*[kwm]?\+?$")


class Sign(NamedTuple):
    """What kind of boilerplate a line looks like, and whether that alone is enough."""

    reason: RemovalReason
    sure: bool


class Signs:
    """The patterns, compiled."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._sure = {RemovalReason(reason): _any(patterns) for reason, patterns in data["sure"].items()}
        self._faint = {RemovalReason(reason): _any(patterns) for reason, patterns in data["faint"].items()}
        counts = "\n".join(data["counts"]).replace("NUMBER", data["number"]).replace("COUNTED", data["counted"])
        self._counts = _any(counts.split("\n"))
        self._dates = _any(data["dates"])
        self._labels = _any(data["labels"])
        self._phrases = _any(data["phrases"])
        self._buttons = frozenset(data["buttons"].split())
        self._subjects = frozenset(data["subjects"].split())
        self._words = self._buttons | self._subjects | frozenset(data["menus"].split())
        self._longest_tag: int = data["longest_tag"]
        self._longest_name: int = data["longest_name"]

    def of(self, text: str) -> Sign | None:
        """Return the kind of boilerplate a line looks like, None for content."""
        text = narrow(text)
        if not text or len(text) > _LONGEST_NOTICE:
            return None
        if reason := self._first(_NOTICES, text):
            return Sign(reason, True)
        if len(text) > LONGEST:
            return None
        if reason := self._first(_PHRASES, text):
            return Sign(reason, True)
        return self._meta(text) or self._interface(text) or self._weak(text)

    def is_subject(self, text: str) -> bool:
        """Return whether a line is one word that is a subject of the field as much as a menu entry."""
        return narrow(text).lower() in self._subjects

    def _first(self, reasons: tuple[RemovalReason, ...], text: str) -> RemovalReason | None:
        return next((reason for reason in reasons if self._sure[reason].search(text)), None)

    def _meta(self, text: str) -> Sign | None:
        """Return a sign where a line is nothing but dates, counts and a byline."""
        rest, counts = self._counts.subn(" ", text)
        rest, dates = self._dates.subn(" ", rest)
        rest, labels = self._labels.subn(" ", rest)
        rest = _FILL.sub("", rest)
        if counts and (not rest or (counts + dates >= 2 and len(rest) <= self._longest_name)):
            return Sign(RemovalReason.VIEW_COUNT, True)
        if not dates and not labels:
            return None
        if rest:
            return Sign(RemovalReason.BYLINE, False) if dates and labels and len(rest) <= self._longest_name else None
        return Sign(RemovalReason.BYLINE, bool(dates and labels))

    def _interface(self, text: str) -> Sign | None:
        """Return a sign where a line is nothing but the words of menus and buttons."""
        joined = self._phrases.sub(lambda phrase: phrase[0].replace(" ", "-"), text).lower()
        parts = (_AROUND_WORDS.sub("", part) for part in _BETWEEN_WORDS.split(joined))
        words = [word for word in parts if word and not _TALLY.match(word)]
        if not words or not self._words.issuperset(words):
            return None
        return Sign(RemovalReason.NAVIGATION, not self._buttons.isdisjoint(words))

    def _weak(self, text: str) -> Sign | None:
        for reason, pattern in self._faint.items():
            if pattern.search(text) and (reason is not RemovalReason.TAGS or self._are_tags(text)):
                return Sign(reason, False)
        return None

    def _are_tags(self, text: str) -> bool:
        listed = text.partition(":")[2] or text
        tags = _BETWEEN_TAGS.split(listed) if _BETWEEN_TAGS.search(listed) else listed.split()
        return all(len(tag.strip()) <= self._longest_tag for tag in tags)


def narrow(text: str) -> str:
    """Return a line with full-width punctuation, letters and digits as ASCII, and nothing around it."""
    return text.translate(_NARROW).strip()


@cache
def load_signs() -> Signs:
    """Return the patterns the package ships, compiled once."""
    return Signs(yaml.safe_load(files("kaoguan.documents.clutter").joinpath("signs.yaml").read_text("utf-8")))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
