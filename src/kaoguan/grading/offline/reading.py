"""An answer taken apart, ready to be measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from kaoguan.embeddings import RunEmbedder
from kaoguan.grading.offline.asking import only_asks
from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.injection import parted, suspected
from kaoguan.grading.offline.normalise import normalise
from kaoguan.grading.offline.segments import Clause, Window, clauses, repeated, windows
from kaoguan.grading.offline.wanted import Said
from kaoguan.models import Span
from kaoguan.text.foreign import foreign
from kaoguan.text.readable import Text, readable

# The whole answer as one vector tells its topic; a few hundred characters are enough for that.
_TOPIC = 400


@dataclass(frozen=True)
class Reading:
    """An answer in readable form, without orders to the grader, foreign text and what is said again.

    `foreign`: most of it was in another language. Without windows there are no terms either: nothing was said.
    """

    text: Text
    answering: list[Clause]
    orders: bool
    foreign: bool
    asks: bool
    windows: list[Window]
    said: Said

    @classmethod
    def of(cls, answer: str) -> "Reading":
        """Return the answer taken apart."""
        normalised = normalise(answer)
        _, ordering = parted(normalised.text, clauses(normalised.text)) if suspected(normalised.text) else ([], [])
        strange = foreign(normalised.text)
        unread = [*((part.start, part.end) for part in ordering), *strange]
        answer = _without(answer, [normalised.span(start, end) for start, end in unread])
        text = readable(answer)
        if again := repeated(text.text, text.breaks):
            text = readable(_without(answer, [text.span(part.start, part.end) for part in again]))
        answering = clauses(text.text, text.breaks)
        said = Said.of(answering) if answering else Said([], np.zeros(0, np.intp))
        asks = not ordering and only_asks(normalised.text)
        mostly = sum(end - start for start, end in strange) > len(normalised.text) / 2
        return cls(text, answering, bool(ordering), mostly, asks, windows(answering), said)

    def topical(self) -> int:
        """Return how many of the first clauses tell the topic."""
        read = accumulate(len(part.text) for part in self.answering[:-1])
        return 1 + sum(length < _TOPIC for length in read)


class Encoded(NamedTuple):
    """The vectors of an answer: of its windows, of its terms, and of the answer as a whole."""

    windows: Vectors
    terms: Vectors
    whole: Vectors


def _without(answer: str, spans: Sequence[Span]) -> str:
    """Return the answer with nothing but line breaks in those stretches; what remains stands where it stood."""
    for start, end in spans:
        answer = answer[:start] + "\n" * (end - start) + answer[end:]
    return answer


def encode(readings: Sequence[Reading], embedder: RunEmbedder) -> list[Encoded]:
    """Return the vectors of readings that have windows, all by one call where neighbours make no difference."""
    if not embedder.steady:
        return [found for reading in readings for found in _encode([reading], embedder)]
    return _encode(readings, embedder)


def _encode(readings: Sequence[Reading], embedder: RunEmbedder) -> list[Encoded]:
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    for reading in readings:
        at = len(parts)
        runs += [(at + window.first, at + window.last) for window in reading.windows] + [(at, at + reading.topical())]
        parts += [part.text for part in reading.answering]
    vectors = embedder.encode_runs(parts, runs)
    terms = embedder.encode([text for reading in readings for text in reading.said.texts])
    found = []
    for reading in readings:
        count, said = len(reading.windows), len(reading.said.texts)
        found.append(Encoded(vectors[:count], terms[:said], vectors[count]))
        vectors, terms = vectors[count + 1 :], terms[said:]
    return found
