"""Whether a document says what a language model says it says."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kaoguan.distill.text.orders import gives_orders
from kaoguan.documents import Line
from kaoguan.text.letters import letters
from kaoguan.text.overlap import containment

Supports = Callable[[str, str], bool]
"""Whether words (second) support a claim (first)."""

# A quotation of fewer letters is found anywhere.
_SHORTEST = 6
# A claim with this share of its quotation's content retells the whole of it, so that a negation must be there too.
_RETOLD = 0.7
_NO_DENIALS = ("不仅", "不但", "不同", "不断", "非常", "无论", "不管", "非线性", "无监督")
_MARKS = ("不", "没", "无", "非", "未", "别", "not", "no", "never", "without", "cannot", "n't")


class Place(NamedTuple):
    """Where a quotation stands: its lines, and all their words."""

    first: int
    last: int
    words: str


class Grounding:
    """The words of a stretch of a document, to look quotations up in, whatever their spaces and punctuation."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._text = ""
        self._numbers: list[int] = []
        for index, line in enumerate(lines):
            said = _letters(line.text)
            self._text += said
            self._numbers += [index] * len(said)

    def place(self, quote: str, near: int) -> Place | None:
        """Return where the words stand, nearest to line `near` where they stand often; None where they do not."""
        wanted = _letters(quote)
        if len(wanted) < _SHORTEST:
            return None
        found: list[tuple[int, int]] = []
        start = self._text.find(wanted)
        while start >= 0:
            found.append((self._numbers[start], self._numbers[start + len(wanted) - 1]))
            start = self._text.find(wanted, start + 1)
        if not found:
            return None
        first, last = min(found, key=lambda place: abs(self._lines[place[0]].number - near))
        words = " ".join(line.text for line in self._lines[first : last + 1])
        return Place(self._lines[first].number, self._lines[last].number, words)

    @property
    def words(self) -> str:
        """Return all words."""
        return " ".join(line.text for line in self._lines)


def lexically(claim: str, words: str) -> bool:
    """Return whether most of a claim's content stands in these words, with its numbers and as many negations."""
    return containment(words, claim) >= 0.5 and numbers(claim) <= numbers(words)


def numbers(text: str) -> set[str]:
    """Return the numbers of a text."""
    spaced = "".join(c if c.isdecimal() or c == "." else " " for c in unicodedata.normalize("NFKC", text))
    return {number.strip(".") for number in spaced.split() if number.strip(".")}


def turned(claim: str, quote: str) -> bool:
    """Return whether a claim has the quotation's words but denies where it does not, or the other way round."""
    return containment(claim, quote) >= _RETOLD and _denials(claim) % 2 != _denials(quote) % 2


def believable(text: str) -> bool:
    """Return whether a text is a statement and no order to the reader."""
    return bool(text.strip()) and not gives_orders(text)


def _denials(text: str) -> int:
    text = text.casefold()
    for compound in _NO_DENIALS:
        text = text.replace(compound, "")
    return sum(text.count(mark) for mark in _MARKS[:6]) + sum(
        word in _MARKS or word.endswith("n't") for word in text.split()
    )


def _letters(text: str) -> str:
    return letters(unicodedata.normalize("NFKC", text).casefold())
