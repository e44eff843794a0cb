"""An answer taken apart, ready to be measured."""

from dataclasses import dataclass

import numpy as np

from kaoguan.embeddings import Embedder
from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.injection import parted
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
        said = Said.of(answering) if answering else Said([], np.zeros(0, np.intp))
        return cls(normalised, answering, ordering, windows(answering), said)

    def encode(self, embedder: Embedder) -> tuple[Vectors, Vectors, Vectors]:
        """Return the vectors of the windows, of the whole answer and of the terms, by one call of the embedder.

        Each text goes in once: what an answer's call is made of depends on this answer alone.
        """
        whole = ", ".join(part.text for part in self.answering)[:_TOPIC]
        texts = [*(window.text for window in self.windows), whole, *self.said.texts]
        place = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        vectors = embedder.encode(list(place))[[place[text] for text in texts]]
        count = len(self.windows)
        return vectors[:count], vectors[count], vectors[count + 1 :]
