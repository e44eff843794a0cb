"""The map from our score of an answer to a question to the teacher's. All scores here are 0-100."""

from collections.abc import Mapping, Set
from typing import Annotated

from pydantic import Field, FiniteFloat

from kaoguan.models import Model

# The most that an answer's phrases may move its score. Phrases are blind to negation, so what the judge found must keep
# the upper hand; on public answers a limit of 30 instead of 20 gains .03 of RMSE (benchmarks/calibration/RESULTS.md).
MOST_BY_PHRASES = 20.0


class Scale(Model):
    """`offset + slope * score`, and what each phrase is worth where enough answers told; the default is the identity.

    It never falls as our score rises. Below `lowest`, the lowest score it was fitted on, it goes straight to 0: what
    no teacher has graded (an answer off the topic, one that denies everything) must not profit from an offset.

        >>> scale = Scale(offset=20, slope=0.5, lowest=40)
        >>> scale.score(60), scale.score(40), scale.score(20), scale.score(0)
        (50.0, 40.0, 20.0, 0.0)
    """

    offset: FiniteFloat = 0.0
    slope: Annotated[FiniteFloat, Field(ge=0)] = 1.0
    lowest: Annotated[FiniteFloat, Field(ge=0, le=100)] = 0.0
    phrases: Mapping[str, FiniteFloat] = Field(default_factory=dict)
    # What all phrases together are worth in an average answer of the sample, which the offset holds already.
    phrases_mean: FiniteFloat = 0.0

    def score(self, ours: float, phrases: Set[str] = frozenset()) -> float:
        """Return the teacher's expected score, 0-100, not rounded."""
        if ours <= 0:
            return 0.0
        worth = sum(weight for phrase, weight in self.phrases.items() if phrase in phrases) - self.phrases_mean
        moved = min(MOST_BY_PHRASES, max(-MOST_BY_PHRASES, worth))
        seen = max(ours, self.lowest)
        expected = min(100.0, max(0.0, self.offset + self.slope * seen + moved))
        return expected * (ours / seen)
