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


class Meanings(NamedTuple):
    """The vectors of a document: a row for each claim, shape (claims, 3 * WIDTH), made of the claim's own vector, its
    question's and the mean one of its answer, and a row for each question, (questions, 2 * WIDTH), of the last two.
    """

    claims: Rows
    questions: Rows


def meanings(document: Sequence[tuple[str, Sequence[str]]], encoder: Embedder) -> Meanings:
    """Return the vectors of questions and of the claims below each; a question has at least one."""
    of_claims, of_questions = [np.zeros((0, 3 * WIDTH), np.float16)], [np.zeros((0, 2 * WIDTH), np.float16)]
    for question, claims in document:
        vectors = encoder.encode([question, *claims])
        mean = vectors[1:].mean(axis=0)
        below = np.concatenate([vectors[0], mean / max(float(np.linalg.norm(mean)), 1e-6)])
        of_questions.append(below[np.newaxis].astype(np.float16))
        of_claims.append(np.hstack([vectors[1:], np.tile(below, (len(claims), 1))]).astype(np.float16))
    return Meanings(np.concatenate(of_claims), np.concatenate(of_questions))


def beside(rows: Rows) -> NDArray[np.float32]:
    """Return rows of vectors with the products of the first vector with each other one, number by number, added."""
    parts = np.split(rows.astype(np.float32), rows.shape[1] // WIDTH, axis=1)
    return np.hstack([*parts, *(parts[0] * other * _SCALE for other in parts[1:])])
