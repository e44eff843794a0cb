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
from kaoguan.reader.pieces import BEGIN, END, Vocabulary
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


class Reader:
    """A fitted reader. Safe to share between threads; each answer is read on its own."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of a model; it is loaded when it is first asked, for some only want its fingerprint."""
        self._folder = folder

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._folder / "pieces.model")

    @cached_property
    def _network(self) -> Network:
        return Network(self._folder)

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
        return jumbled(answer.text, self._vocabulary.pieces)

    def task(self, question: str, key_points: Sequence[str]) -> Task:
        """Return a question and its key points, ready to be read with answers."""
        rows = [(self._hidden(text, _LONGEST_CLAIM), KEY_POINT) for text in key_points]
        return Task(self._hidden(question, _LONGEST_QUESTION), self._network.claims(rows))

    def read(self, task: Task, answer: Text) -> Rows:
        """Return what the answer, in readable form and not empty, says to each key point, shape (points, 4).

        The scores are of covered, partial, missing, contradicted; a softmax makes them probabilities. Of an answer in
        several stretches, each point's most telling one counts: where "missing" has least to say.
        """
        parts = [self._network.hidden(part) for part in _stretches(self._vocabulary.numbers(answer.text))]
        scores = np.stack([self._network.read(task.question, part, task.claims) for part in parts])
        telling = (scores[:, :, 2] - np.delete(scores, 2, axis=2).max(axis=2)).argmin(axis=0)
        chosen: Rows = scores[telling, range(scores.shape[1])]
        return chosen

    def _hidden(self, text: str, longest: int) -> Rows:
        numbers = self._vocabulary.numbers(readable(text).text or " ")
        return self._network.hidden([BEGIN, *numbers[: longest - 2], END])


def _stretches(numbers: list[int]) -> list[list[int]]:
    """Return the pieces of an answer between marks: all at once, or in stretches that overlap."""
    last = max(1, len(numbers) - _OVERLAP)
    starts = [0] if len(numbers) <= _STRETCH else range(0, last, _STRETCH - _OVERLAP)
    return [[BEGIN, *numbers[start : start + _STRETCH], END] for start in starts]


@cache
def bundled() -> Reader:
    """Return the reader that comes with kaoguan, loaded once a process."""
    return Reader(Path(str(files(__package__) / "data")))
