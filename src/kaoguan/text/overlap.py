"""How much content two texts share, and the leak guard: does an utterance state the point it is meant to ask for?

Measured on content, not on grammar: character pairs of Chinese, whole words of everything else. Words of the question
are public, so they count on neither side.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from kaoguan.text.script import HAN, is_han

LIMIT = 0.5
"""An utterance that holds more than this share of a point's content gives the point away."""

_RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
STOP = (
    " a an and are as at be by can do does for from has have how in is it its of on or that the their they this to was "
    "what when which while why with you your "
)
"""English words that carry no content: sharing them says nothing about a point."""


class Sayable(Protocol):
    """Something that can be said in several ways: a key point."""

    @property
    def text(self) -> str:
        """The rubric's words."""

    @property
    def paraphrases(self) -> tuple[str, ...]:
        """Other ways to say it."""


# Guards compare many utterances with the same few claims.
@lru_cache(maxsize=1024)
def shingles(text: str) -> frozenset[str]:
    """Return the pieces of content that two texts can share."""
    found: set[str] = set()
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).casefold()):
        if is_han(run[0]):
            found.update(run[index : index + 2] for index in range(max(1, len(run) - 1)))
        elif f" {run} " not in STOP:
            found.add(run)
    return frozenset(found)


def containment(utterance: str, claim: str, public: str = "") -> float:
    """Return the share (0-1) of the claim's content that the utterance holds, beside what `public` says anyway."""
    content = shingles(claim) - shingles(public)
    return len(content & shingles(utterance)) / len(content) if content else 0.0


def common_share(one: str, other: str) -> float:
    """Return the share (0-1) of the larger content that both texts have."""
    left, right = shingles(one), shingles(other)
    return len(left & right) / max(len(left), len(right), 1)


def likeness(one: str, other: str) -> float:
    """Return how much content two texts share, 0-1."""
    left, right = shingles(one), shingles(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else float(one == other)


def leaks(utterance: str, points: Iterable[Sayable], public: str) -> bool:
    """Return whether the utterance states any of the points, in the rubric's words or in a paraphrase."""
    return any(
        containment(utterance, claim, public) > LIMIT for point in points for claim in (point.text, *point.paraphrases)
    )


def named_title(ask: str, claim: str, public: str) -> str:
    """Return the title in front of a claim, "Momentum: …", if an utterance names it and the question does not.

    A cell, 「动量的用处：……」 or "Momentum, use: …", has no title: its row and its column do not say what stands in it.
    """
    title = _TITLE.match(claim)
    named = title and title[1].casefold() in ask.casefold() and title[1] not in public
    return title[1] if title and named else ""


_TITLE = re.compile(r"([^：:，,。的]{2,24})[：:]\s*\S")
