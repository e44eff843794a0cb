"""Which terms of each claim an answer expresses, in the same words or in others: alignment term by term."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors, best_of, unit
from kaoguan.grading.offline.segments import Clause, Window
from kaoguan.grading.offline.terms import terms

# Two terms mean the same above this cosine ("离群点", "异常值": 0.75); terms of one field reach 0.4.
_SAME = 0.7
# A term of the question is known to whoever read it.
_IN_QUESTION = 0.25
_CLOSE, _VERY_CLOSE = 0.5, 0.6
# An idea can be spread over this many clauses.
_STRETCH = 3


class TermSources(NamedTuple):
    """The texts to encode for a rubric: the question's terms and those of each claim."""

    question: list[str]
    claims: list[list[str]]

    @classmethod
    def of(cls, question: str, claims: list[str]) -> "TermSources":
        """Return the terms; a text without any is its own only term."""
        return cls(terms(question) or [question], [list(dict.fromkeys(terms(claim))) or [claim] for claim in claims])

    def texts(self) -> list[str]:
        """Return all of them in order."""
        return [*self.question, *(term for claim in self.claims for term in claim)]


NAMES = (
    "terms",
    "terms_own",
    "terms_near",
    "terms_least",
    "terms_least_near",
    "terms_stretch",
    "terms_close_near",
    "terms_close",
    "terms_used",
)
"""The signals of `expressed`, in order."""


@dataclass(frozen=True)
class Wanted:
    """The terms that each claim needs, as vectors centred on their mean, with weights that add up to 1."""

    mean: Vectors
    vectors: tuple[Vectors, ...]
    weights: tuple[Vectors, ...]

    @classmethod
    def of(cls, sources: TermSources, encoded: Vectors, points: int, owners: NDArray[np.intp]) -> "Wanted":
        """Return what the claims need; the first `points` of them compete for their terms."""
        mean = encoded.mean(axis=0)
        ends = np.cumsum([len(sources.question), *(len(claim) for claim in sources.claims)])[:-1]
        question, *claims = np.split(unit(encoded - mean), ends)
        weights = []
        for i, claim in enumerate(claims):
            others = [other for j, other in enumerate(claims[:points]) if j != owners[i]]
            shared = sum(((claim @ other.T).max(axis=1) > _SAME).astype(np.float32) for other in others)
            known = np.where((claim @ question.T).max(axis=1) > _SAME, _IN_QUESTION, 1.0)
            weight = known / (1 + shared)
            weights.append((weight / weight.sum()).astype(np.float32))
        return cls(mean, tuple(claims), tuple(weights))


class Said(NamedTuple):
    """The terms of an answer: their texts, and the clause each stands in."""

    texts: list[str]
    clauses: NDArray[np.intp]

    @classmethod
    def of(cls, parts: list[Clause]) -> "Said":
        """Return the terms of the clauses; a text without any is its own only term."""
        found = [(term, i) for i, part in enumerate(parts) for term in terms(part.text)] or [(parts[0].text, 0)]
        return cls([term for term, _ in found], np.array([i for _, i in found], dtype=np.intp))


def expressed(
    wanted: Wanted,
    owners: NDArray[np.intp],
    said: Said,
    encoded: Vectors,
    windows: list[Window],
    evidence: NDArray[np.intp],
) -> dict[str, Vectors]:
    """Return the signals of each claim: shares of its terms expressed anywhere, near its evidence, in one stretch.

    Each signal is that of the best wording; `owners` tells whose wording each is.
    """
    vectors = unit(encoded - wanted.mean)
    rows = []
    for needed, weight, owner in zip(wanted.vectors, wanted.weights, owners, strict=True):
        likeness = np.maximum(needed @ vectors.T, 0)
        rows.append(_row(likeness, weight, said.clauses, windows[evidence[owner]]))
    return dict(zip(NAMES, best_of(np.array(rows, np.float32), owners).T, strict=True))


def _row(likeness: Vectors, weight: Vectors, clauses: NDArray[np.intp], window: Window) -> tuple[float, ...]:
    own = likeness[:, (clauses >= window.first) & (clauses < window.last)]
    near = likeness[:, (clauses >= window.first - 1) & (clauses < window.last + 1)]
    best, best_own, best_near = likeness.max(axis=1), _best(own), _best(near)
    return (
        float(weight @ best),
        float(weight @ best_own),
        float(weight @ best_near),
        float(best.min()),
        float(best_near.min()),
        _in_one_stretch(likeness, weight, clauses),
        float(weight @ (best_near > _CLOSE)),
        float(weight @ (best > _VERY_CLOSE)),
        float(own.max(axis=0).mean()) if own.size else 0.0,
    )


def _best(likeness: Vectors) -> Vectors:
    best: Vectors = likeness.max(axis=1) if likeness.size else np.zeros(len(likeness), np.float32)
    return best


def _in_one_stretch(likeness: Vectors, weight: Vectors, clauses: NDArray[np.intp]) -> float:
    """Return the best weighted share over all runs of three clauses."""
    count = int(clauses.max()) + 1
    per_clause = np.zeros((len(weight), count + _STRETCH - 1), np.float32)
    np.maximum.at(per_clause.T, clauses, likeness.T)
    runs = np.maximum.reduce([per_clause[:, i : i + count] for i in range(_STRETCH)])
    return float((weight @ runs).max())
