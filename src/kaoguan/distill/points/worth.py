"""How likely a careful reader calls a claim good under its question, how likely nobody could use it, and how likely
the question itself is sensible and clear.

Each is one third a regression over numbers and words, one third boosted trees over the numbers, one third a regression
over the vectors of a sentence encoder; a claim has its own numbers and those of its document. Fitted on points
of public documents that readers judged (`benchmarks/distill/fit_worth.py`); the weights hold no text, only hashes of
words.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.distill.points.context import in_context
from kaoguan.distill.points.meaning import Rows, beside, meanings
from kaoguan.distill.points.traits import Traits, of_question
from kaoguan.embeddings import Embedder
from kaoguan.trees import Numbers, Trees

WEIGHTS = Path(__file__).parent / "worth.npz"
BUCKETS = 1 << 14
"""How many different words are told apart; the others fall together by chance."""
_AT_ONCE = 256
CLIP = 4.0
"""A number further from its mean than this many deviations counts as this far."""


class Worth(NamedTuple):
    """Two probabilities, 0-1."""

    good: float
    unusable: float


class Judged(NamedTuple):
    """How likely a question is sensible to ask, 0-1, and what each claim below it is worth."""

    question: float
    claims: tuple[Worth, ...]


class Answered(NamedTuple):
    """A question as it stands in the document and as it is asked, with what is seen of the claims below it."""

    question: str
    asked: str
    claims: Sequence[Traits]


def worths(document: Sequence[Answered], encoder: Embedder) -> list[Judged]:
    """Return what the questions of a document are worth, and the claims below each.

    `encoder` is the one that the filter was fitted on, which comes with kaoguan. A question without claims is not
    judged: it counts as sensible.
    """
    sections = in_context([one.claims for one in document])
    flat = [one for claims in sections for one in claims]
    asked = [of_question(one.question, claims) for one, claims in zip(document, sections, strict=True) if claims]
    vectors = meanings(texts(document), encoder)
    good, unusable, sensible = (
        iter(_filter(aim).likely(seen, rows))
        for aim, seen, rows in (
            ("good", flat, vectors.claims),
            ("unusable", flat, vectors.claims),
            ("question", asked, vectors.questions),
        )
    )
    return [
        Judged(next(sensible) if claims else 1.0, tuple(Worth(next(good), next(unusable)) for _ in claims))
        for claims in sections
    ]


def texts(document: Sequence[Answered]) -> list[tuple[str, list[str]]]:
    """Return the texts of questions and claims that are read for their meaning."""
    return [(one.asked, [claim.text for claim in one.claims]) for one in document if one.claims]


def buckets(words: frozenset[str]) -> NDArray[np.int64]:
    """Return the places of words among the hashed weights, each once."""
    return np.array(sorted({zlib.crc32(word.encode()) % BUCKETS for word in words}), dtype=np.int64)


class _Filter:
    """What was fitted for one of the three probabilities."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], aim: str) -> None:
        self._names = [str(name) for name in arrays[f"{aim}_names"]]
        self._mean, self._scale = arrays[f"{aim}_mean"], arrays[f"{aim}_scale"]
        self._numbers, self._words = arrays[f"{aim}_numbers"], arrays[f"{aim}_words"].astype(np.float32)
        self._bias = float(arrays[f"{aim}_bias"])
        self._meaning = arrays[f"{aim}_meaning"].astype(np.float32)
        self._meaning_bias = float(arrays[f"{aim}_meaning_bias"])
        self._trees = Trees.of(arrays, f"{aim}_trees")

    def likely(self, seen: Sequence[Traits], vectors: Rows) -> list[float]:
        """Return the probability of each, given what is seen of it and its row of vectors."""
        return [
            one
            for first in range(0, len(seen), _AT_ONCE)
            for one in self._likely(seen[first : first + _AT_ONCE], beside(vectors[first : first + _AT_ONCE]))
        ]

    def _likely(self, seen: Sequence[Traits], vectors: NDArray[np.float32]) -> Iterator[float]:
        numbers = self._table(seen)
        placed = np.clip((numbers - self._mean) / self._scale, -CLIP, CLIP)
        words = np.array([self._words[buckets(one.words)].sum() for one in seen])
        linear = placed @ self._numbers + words + self._bias
        meant = vectors @ self._meaning + self._meaning_bias
        odds = (linear + self._trees.sums(numbers)[:, 0] + meant) / 3
        yield from (float(one) for one in 1 / (1 + np.exp(-odds)))

    def _table(self, seen: Sequence[Traits]) -> Numbers:
        return np.array([[one.numbers.get(name, 0.0) for name in self._names] for one in seen], dtype=np.float32)


@cache
def _filter(aim: str) -> _Filter:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return _Filter({name: stored[name] for name in stored.files if name.startswith(f"{aim}_")}, aim)
