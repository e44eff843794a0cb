"""Question, claim and answer read together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from kaoguan.reader.legible import jumbled
from kaoguan.reader.network import KEY_POINT, Claims, Network, Rows
from kaoguan.reader.pieces import Pieces, Vocabulary
from kaoguan.text.readable import Text, readable

# Pieces of one run over an answer, as in fitting; a longer answer is read in stretches that overlap.
_STRETCH, _OVERLAP = 240, 48
# Questions and claims are one sentence each; of a longer one the end is not read.
_LONGEST_CLAIM, _LONGEST_QUESTION = 64, 48


@dataclass(frozen=True)
class Task:
    """A question and its key points, ready for any number of answers."""

    question: Rows
    claims: Claims


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one answer.

    `scores`: (claims, 4), of covered, partial, missing, contradicted. `rests`: (claims, characters), how much a ruling
    rests on each character of `text`.
    """

    text: Text
    scores: Rows
    rests: Rows


class Reader:
    """A fitted reader. Safe to share between threads; each answer is read on its own."""

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder`."""
        self._folder = folder
        self._vocabulary = Vocabulary(folder / "pieces.model")
        self._network = Network(folder)

    @cached_property
    def fingerprint(self) -> str:
        """Return sixteen hex digits that change with anything the reader has learned."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.iterdir()):
            if path.suffix in {".npz", ".onnx", ".model", ".json"}:
                digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def jumbled(self, answer: Text) -> bool:
        """Return whether an answer is characters in no order (see `legible`)."""
        return jumbled(answer.text, self._vocabulary.words)

    def task(self, question: str, key_points: Sequence[str]) -> Task:
        """Return a question and its key points, ready to be read with answers."""
        rows = [(self._hidden(text, _LONGEST_CLAIM), KEY_POINT) for text in key_points]
        return Task(self._hidden(question, _LONGEST_QUESTION), self._network.claims(rows))

    def read(self, task: Task, answer: Text) -> Reading:
        """Return what the answer, in readable form and not empty, says to each claim of the task."""
        pieces = self._vocabulary.pieces(answer.text)
        parts = [self._stretch(task, answer, pieces.part(first, last)) for first, last in _stretches(pieces)]
        if len(parts) == 1:
            return parts[0]
        # Of an answer in several stretches, each claim's most telling one counts: where "missing" has least to say.
        scores = np.stack([part.scores for part in parts])
        telling = (scores[:, :, 2] - np.delete(scores, 2, axis=2).max(axis=2)).argmin(axis=0)
        chosen = range(scores.shape[1])
        return Reading(
            answer, scores[telling, chosen], np.stack([parts[part].rests[i] for i, part in enumerate(telling)])
        )

    def _hidden(self, text: str, longest: int) -> Rows:
        pieces = self._vocabulary.pieces(readable(text).text or " ")
        return self._network.hidden(pieces.part(0, min(len(pieces.numbers), longest) - 2).numbers)

    def _stretch(self, task: Task, answer: Text, pieces: Pieces) -> Reading:
        scores, rests = self._network.read(task.question, self._network.hidden(pieces.numbers), task.claims)
        spread = np.zeros((len(scores), len(answer.text)), np.float32)
        for column, (start, end) in enumerate(pieces.stretches):
            if start < end:
                spread[:, start:end] += rests[:, column, None] / np.float32(end - start)
        return Reading(answer, scores, spread)


def _stretches(pieces: Pieces) -> list[tuple[int, int]]:
    inner = len(pieces.numbers) - 2
    if inner <= _STRETCH:
        return [(0, inner)]
    starts = range(0, inner - _OVERLAP, _STRETCH - _OVERLAP)
    return [(start, min(start + _STRETCH, inner)) for start in starts]


@cache
def bundled() -> Reader:
    """Return the reader that comes with kaoguan, loaded once a process."""
    return Reader(Path(str(files(__package__) / "data")))
