"""Answers with much text in common, by fingerprints of their shingles.

A shingle is some characters in a row, letters and digits only. Of the hashes of an answer's shingles one in a few is
kept, the same ones in every answer (Manber 1994), so that answers with text in common have kept hashes in common. What
the question, the reference answer or many answers say is common knowledge and counts for nothing. A pair found like
this is then compared shingle by shingle.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.cohort.model import Copy
from kaoguan.models import Rubric, Span

# Nine Chinese characters in a row are a phrase of one's own; nine letters are two English words.
_SHINGLE = 9
_KEPT_ONE_IN = 4
# Shorter answers are alike by chance.
SHORTEST = 30
# How much of the shorter answer must stand in the other one.
_SHARE = 0.6
# Of all who wrote the same, comparing with the latest few is enough to find everyone.
_REMEMBERED = 8

Hashes = NDArray[np.uint64]
_NOTHING: Hashes = np.zeros(1, dtype=np.uint64)


class Copies:
    """Answers seen so far, by question."""

    def __init__(self) -> None:
        self._questions: dict[str, _Seen] = {}
        self._found: list[Copy] = []

    def add(self, rubric: Rubric, id_: str, answer: str) -> None:
        """Take an answer and compare it with those before it."""
        if rubric.id not in self._questions:
            self._questions[rubric.id] = _Seen(rubric)
        if copy := self._questions[rubric.id].add(id_, answer):
            self._found.append(copy)

    def found(self) -> list[Copy]:
        """Return the pairs, what has most in common first: each answer with the one before that is most like it."""
        return sorted(self._found, key=lambda copy: (-copy.share, -len(copy.text)))


class _Text(NamedTuple):
    id: str
    text: str
    places: NDArray[np.int64]
    """Where in `text` each letter or digit stands."""
    hashes: Hashes
    """Of the shingle that begins at each."""


class _Seen:
    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        given = [rubric.question, rubric.reference_answer]
        given += [text for point in rubric.key_points for text in (point.text, *point.paraphrases)]
        self._given = np.unique(np.concatenate([_NOTHING, *(_read("", text).hashes for text in given)]))
        self._texts: list[_Text] = []
        self._holders: dict[int, list[int]] = defaultdict(list)

    def add(self, id_: str, answer: str) -> Copy | None:
        text = _read(id_, answer)
        # The question's own words are marked by 0. (`isin` would sort what is given for every answer.)
        nearest = self._given[np.minimum(np.searchsorted(self._given, text.hashes), len(self._given) - 1)]
        text = text._replace(hashes=np.where(nearest == text.hashes, np.uint64(0), text.hashes))
        own = np.unique(text.hashes[text.hashes != 0])
        if len(text.places) < SHORTEST or len(own) < SHORTEST - _SHINGLE:
            return None
        kept = own[own % np.uint64(_KEPT_ONE_IN) == 0].tolist()
        shared: Counter[int] = Counter()
        for one in kept:
            shared.update(self._holders[one])
        number = len(self._texts)
        for one in kept:
            holders = self._holders[one]
            holders.append(number)
            if len(holders) > _REMEMBERED:
                holders.pop(0)
        self._texts.append(text)
        likely = [self._texts[other] for other, count in shared.most_common(3) if count >= 3]
        compared = [copy for other in likely if (copy := _compare(self._rubric.id, text, other))]
        return max(compared, key=lambda copy: copy.share, default=None)


def _read(id_: str, text: str) -> _Text:
    lowered = [character.lower()[0] for character in text]
    places = np.array([place for place, one in enumerate(lowered) if one.isalnum()], dtype=np.int64)
    codes = np.array([ord(lowered[place]) for place in places], dtype=np.uint64)
    if len(codes) < _SHINGLE:
        return _Text(id_, text, places, np.empty(0, dtype=np.uint64))
    hashes = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint64)
    for offset in range(_SHINGLE):
        # A polynomial modulo 2^64; the prime is Knuth's multiplier, which spreads neighbouring codes.
        hashes = hashes * np.uint64(6364136223846793005) + codes[offset : offset + len(hashes)] + np.uint64(1)
    return _Text(id_, text, places, hashes ^ (hashes >> np.uint64(29)))


def _compare(rubric_id: str, one: _Text, other: _Text) -> Copy | None:
    """Return their common text; None when it is too little."""
    own = (one.hashes != 0) & np.isin(one.hashes, other.hashes)
    covered = np.zeros(len(one.places), dtype=bool)
    for offset in range(_SHINGLE):
        covered[offset : offset + len(own)] |= own
    share = covered.sum() / max(1, min(len(one.places), len(other.places)))
    if share < _SHARE:
        return None
    start, end = _longest(covered)
    span = (int(one.places[start]), int(one.places[end - 1]) + 1)
    there = int(np.flatnonzero(other.hashes == one.hashes[start])[0])
    last = min(len(other.places), there + end - start) - 1
    return Copy(
        rubric_id=rubric_id,
        id=one.id,
        other=other.id,
        share=round(min(1.0, float(share)), 3),
        text=one.text[slice(*span)],
        span=span,
        other_span=(int(other.places[there]), int(other.places[last]) + 1),
    )


def _longest(covered: NDArray[np.bool_]) -> Span:
    """Return the longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], covered, [False]]).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    longest = int(np.argmax(ends - starts))
    return int(starts[longest]), int(ends[longest])
