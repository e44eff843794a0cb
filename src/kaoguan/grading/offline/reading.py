"""An answer taken apart, ready to be measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from kaoguan.embeddings import RunEmbedder
from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.injection import parted
from kaoguan.grading.offline.markup import says_nothing
from kaoguan.grading.offline.normalise import Normalised, normalise
from kaoguan.grading.offline.segments import Clause, Window, clauses, windows
from kaoguan.grading.offline.wanted import Said

# The whole answer as one vector tells its topic; a few hundred characters are enough for that.
_TOPIC = 400


@dataclass(frozen=True)
class Reading:
    """What answers and what gives the grader orders; the windows and terms of the former.

    Without windows there are no terms either: nothing was said.
    """

    normalised: Normalised
    answering: list[Clause]
    ordering: list[Clause]
    windows: list[Window]
    said: Said

    @classmethod
    def of(cls, answer: str) -> "Reading":
        """Return the answer taken apart."""
        normalised = normalise(answer)
        answering, ordering = parted(normalised.text, clauses(normalised.text))
        answering = [part for part in answering if not says_nothing(part.text)]
        said = Said.of(answering) if answering else Said([], np.zeros(0, np.intp))
        return cls(normalised, answering, ordering, windows(answering), said)

    def topical(self) -> int:
        """Return how many of the first clauses tell the topic."""
        read = accumulate(len(part.text) for part in self.answering[:-1])
        return 1 + sum(length < _TOPIC for length in read)


class Encoded(NamedTuple):
    """The vectors of an answer: of its windows, of its terms, and of the answer as a whole."""

    windows: Vectors
    terms: Vectors
    whole: Vectors


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
