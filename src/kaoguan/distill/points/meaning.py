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
    every = [encoder.encode([question, *claims]) for question, claims in document]
    answers = np.stack([_mean(vectors[1:]) for vectors in every])
    asked, told = np.stack([vectors[0] for vectors in every]), np.concatenate([vectors[1:] for vectors in every])
    number = np.repeat(np.arange(len(every)), [len(vectors) - 1 for vectors in every])
    everywhere = np.tile(np.concatenate([_mean(told), _mean(asked)]), (len(every), 1))
    return Meanings(
        np.hstack([told, asked[number], answers[number]]).astype(np.float16),
        np.hstack([asked, answers, everywhere]).astype(np.float16),
    )


def _mean(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of vectors, as long as one of them."""
    mean: NDArray[np.float32] = vectors.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


def beside(rows: Rows) -> NDArray[np.float32]:
    """Return rows of vectors with the products of the first vector with each other one, number by number, added."""
    parts = np.split(rows.astype(np.float32), rows.shape[1] // WIDTH, axis=1)
    return np.hstack([*parts, *(parts[0] * other * _SCALE for other in parts[1:])])
