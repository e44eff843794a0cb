"""What a model of the user's own says about an answer and each key point, as a handful of numbers.

An embedder compares clauses, a cross-encoder reads an answer and a key point together. All answers of a call are given
to the model at once. Numbers are rounded, so that the last bits of a vector, which depend on the company in a batch, do
not show in a grade.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings import Embedder
from kaoguan.embeddings.cache import PairModel
from kaoguan.models import Rubric

Vectors = NDArray[np.float32]

_DECIMALS = 3
# A cross-encoder reads an answer whole and, where it is longer, in stretches of so many clauses.
_STRETCH = 4
# What is compared with nothing: no misconceptions, no other key points.
_NOTHING = np.float32(0)


class Compared(NamedTuple):
    """An answer, as clauses, and the rubric that it is compared with."""

    rubric: Rubric
    clauses: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Return the answer as one text."""
        return ", ".join(self.clauses)


class Likeness(Protocol):
    """A model that can be asked about answers and key points."""

    @property
    def id(self) -> str:
        """Return the name of the very model: another one has another id."""

    def compare(self, asked: Sequence[Compared]) -> list[Vectors]:
        """Return for each answer a row of numbers a key point, shape (key points, columns)."""


class BySimilarity:
    """Asks an embedder: the columns are cosines and differences of cosines."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def id(self) -> str:
        """Return the embedder's id."""
        return self._embedder.id

    def compare(self, asked: Sequence[Compared]) -> list[Vectors]:
        """Return eight columns a key point for each answer; every distinct text is encoded once."""
        texts = list(dict.fromkeys(text for one in asked for part in _texts(one) for text in part))
        if not texts:
            return []
        vectors = dict(zip(texts, self._embedder.encode(texts), strict=True))
        return [self._columns(one, vectors) for one in asked]

    def _columns(self, one: Compared, vectors: dict[str, Vectors]) -> Vectors:
        said, wordings, wrong, ground = (np.array([vectors[text] for text in part]) for part in _texts(one))
        owners = [i for i, point in enumerate(one.rubric.key_points) for _ in (point.text, *point.paraphrases)]
        count = len(one.rubric.key_points)
        table = np.full((count, len(said)), -1, np.float32)
        np.maximum.at(table, owners, np.einsum("ad,bd->ab", wordings, said))
        best = table.argmax(axis=1)
        own = table[np.arange(count), best]
        others = np.stack([np.delete(table, i, axis=0).max(axis=0, initial=-1)[best[i]] for i in range(count)])
        against = np.einsum("ad,bd->ab", wrong, said[best]).max(axis=0) if len(wrong) else np.zeros(count)
        question, reference = np.einsum("ad,bd->ab", ground, said)
        columns = [
            own,
            table[:, -1],  # the whole answer
            own - table.mean(axis=1),
            own - others if count > 1 else np.full(count, _NOTHING),
            own - against if len(wrong) else np.full(count, _NOTHING),
            own - question[best],
            np.full(count, reference[-1]),
            np.full(count, question[-1]),
        ]
        return np.round(np.stack(columns, axis=1), _DECIMALS).astype(np.float32)


class ByPairs:
    """Asks a cross-encoder: the columns are its outputs on the whole answer and on the stretch it likes best."""

    def __init__(self, model: PairModel) -> None:
        self._model = model

    @property
    def id(self) -> str:
        """Return the model's id."""
        return self._model.id

    def compare(self, asked: Sequence[Compared]) -> list[Vectors]:
        """Return three columns for each output of the model, a row a key point, for each answer."""
        pairs = [(text, point.text) for one in asked for text in _stretches(one) for point in one.rubric.key_points]
        distinct = list(dict.fromkeys(pairs))
        said = dict(zip(distinct, self._model.scores(distinct), strict=True))
        return [self._columns(one, said) for one in asked]

    def _columns(self, one: Compared, said: dict[tuple[str, str], Vectors]) -> Vectors:
        points = one.rubric.key_points
        table = np.array([[said[text, point.text] for point in points] for text in _stretches(one)], np.float32)
        whole = table[0]
        others = (whole.sum(axis=0) - whole) / max(1, len(points) - 1)
        columns = np.concatenate([whole, table.max(axis=0), whole - others], axis=1)
        return np.round(columns, _DECIMALS).astype(np.float32)


def _texts(one: Compared) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return what is said (clauses, pairs of neighbours, the whole), claims, misconceptions, question and reference."""
    clauses = list(one.clauses)
    pairs = [", ".join(pair) for pair in pairwise(clauses)]
    wordings = [text for point in one.rubric.key_points for text in (point.text, *point.paraphrases)]
    wrong = [misconception.text for misconception in one.rubric.misconceptions]
    return [*clauses, *pairs, one.whole], wordings, wrong, [one.rubric.question, one.rubric.reference_answer]


def _stretches(one: Compared) -> list[str]:
    clauses = one.clauses
    if len(clauses) <= _STRETCH:
        return [one.whole]
    return [one.whole, *(", ".join(clauses[i : i + _STRETCH]) for i in range(0, len(clauses), _STRETCH))]
