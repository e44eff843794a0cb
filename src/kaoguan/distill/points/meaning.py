"""What claims and questions mean, as vectors of the sentence encoder that comes with kaoguan.

A claim is seen beside its question and beside the mean of all that its answer says, a question beside that mean. Words
that no judged claim held have a place among the vectors of those that did.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings import Embedder

Rows = NDArray[np.float16]

WIDTH = 512
"""Dimensions of one vector."""
_SCALE = 20.0
"""Products of two vectors are made about as large as the vectors."""
_AT_ONCE = 128


class Meanings(NamedTuple):
    """The vectors of a document, several in a row, each WIDTH numbers long.

    `claims`, a row for each claim: its own, its question's, the mean one of its answer. `questions`, a row for each
    question: its own, the mean ones of its answer, of all claims and of all questions.
    """

    claims: Rows
    questions: Rows


def meanings(document: Sequence[tuple[str, Sequence[str]]], encoder: Embedder) -> Meanings:
    """Return the vectors of questions and of the claims below each; a question has at least one."""
    if not document:
        return Meanings(np.zeros((0, 3 * WIDTH), np.float16), np.zeros((0, 4 * WIDTH), np.float16))
    vectors = _encoded([text for question, told in document for text in (question, *told)], encoder)
    questions, answers, claims, sums = [], [], [], []
    first = 0
    for _, told in document:
        question, below = vectors[first], vectors[first + 1 : first + 1 + len(told)]
        first += 1 + len(told)
        sums.append(below.sum(axis=0))
        questions.append(question)
        answers.append(_long(sums[-1]))
        shared = np.concatenate([question, answers[-1]]).astype(np.float16)
        claims.append(np.hstack([below.astype(np.float16), np.tile(shared, (len(told), 1))]))
    everywhere = np.concatenate([_long(np.sum(sums, axis=0)), _long(np.sum(questions, axis=0))])
    rows = np.hstack([questions, answers, np.tile(everywhere, (len(questions), 1))])
    return Meanings(np.concatenate(claims), rows.astype(np.float16))


def _encoded(texts: Sequence[str], encoder: Embedder) -> NDArray[np.float32]:
    """Return a row for each text; what is worked on at once stays small."""
    return np.concatenate([encoder.encode(texts[i : i + _AT_ONCE]) for i in range(0, len(texts), _AT_ONCE)])


def _long(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a vector one long in its direction."""
    return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-6))


def beside(rows: Rows) -> NDArray[np.float32]:
    """Return rows of vectors with the products of the first vector with each other one, number by number, added."""
    parts = np.split(rows.astype(np.float32), rows.shape[1] // WIDTH, axis=1)
    return np.hstack([*parts, *(parts[0] * other * _SCALE for other in parts[1:])])
