"""Whether quoted words are really in the answer, and where."""

import re

from kaoguan.grading.offline.injection import parted, suspected
from kaoguan.grading.offline.normalise import normalise
from kaoguan.grading.offline.segments import clauses
from kaoguan.models import Span
from kaoguan.text.letters import letters

# What stands around words that a model introduces (候选人说：“…”); pieces are parted by line breaks.
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,})[”\"」』]")
# One letter is in every answer.
_SHORTEST = 2


class Answer:
    """An answer in which quotations are looked up. Width, case, punctuation, white space and 繁简 do not matter."""

    def __init__(self, text: str) -> None:
        """Take what the candidate wrote."""
        self.text = text
        self._normalised = normalise(text)
        self._squeezed, self._places = _squeezed(self._normalised.text)
        self._orders = _orders(self._normalised.text)

    @property
    def empty(self) -> bool:
        """Return whether nothing can be read in it."""
        return not self._squeezed

    @property
    def shortened(self) -> bool:
        """Return whether only its beginning and its end are looked at."""
        return self._normalised.shortened

    @property
    def gives_orders(self) -> bool:
        """Return whether some of it talks to the grader."""
        return bool(self._orders)

    def find(self, quote: str) -> Span | None:
        """Return where in the answer the quoted words stand; None when they do not, or mostly talk to the grader.

        Of words from several places that of the longest counts, where all of them are there.
        """
        if span := self._found(quote):
            return span
        pieces = [piece for piece in quote.splitlines() if letters(piece)]
        for parts in (pieces, _QUOTED.findall(quote)):
            found = [self._found(part) for part in parts]
            if found and all(found):
                return max((span for span in found if span), key=lambda span: span[1] - span[0])
        return None

    def _found(self, quote: str) -> Span | None:
        wanted = letters(normalise(quote).text)
        if len(wanted) < min(_SHORTEST, len(self._squeezed)) or not wanted:
            return None
        start = self._squeezed.find(wanted)
        while start >= 0:
            places = self._places[start : start + len(wanted)]
            ordering = sum(begin <= place < end for begin, end in self._orders for place in places)
            if 2 * ordering < len(places):
                return self._normalised.span(places[0], places[-1] + 1)
            start = self._squeezed.find(wanted, start + 1)
        return None


def _orders(text: str) -> list[Span]:
    if not suspected(text):
        return []
    _, ordering = parted(text, clauses(text))
    return [(part.start, part.end) for part in ordering]


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a normalised text, and the place of each."""
    return letters(text), [place for place, character in enumerate(text) if character.isalnum()]
