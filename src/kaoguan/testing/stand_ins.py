"""Deterministic stand-ins, for our tests and yours: no model, no clock, no network.

Grader(KeywordJudge()).grade(rubric, "…")
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kaoguan.models import (
    Judgement,
    JudgeName,
    KeyPoint,
    Label,
    Misconception,
    Rubric,
    Span,
    StatedMisconception,
    Verdict,
)


class KeywordJudge:
    """A judge that covers a key point when the answer contains its text or a paraphrase, letter for letter.

    The words "不对：" directly before them make it a contradiction. A misconception is stated by its text.
    """

    name = JudgeName.OFFLINE

    def __init__(self, confidence: float = 0.9) -> None:
        self._confidence = confidence

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return that nothing but rubric and answer matter."""
        return {"embedder": "keyword"}

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point, in the rubric's order."""
        return Judgement(
            verdicts=tuple(self._verdict(point, answer) for point in rubric.key_points),
            misconceptions=tuple(self._stated(rubric, answer)),
        )

    def _verdict(self, point: KeyPoint, answer: str) -> Verdict:
        span = _first(answer, (point.text, *point.paraphrases))
        label = Label.MISSING
        if span:
            denied = answer[: span[0]].endswith("不对：")
            label = Label.CONTRADICTED if denied else Label.COVERED
        return Verdict(
            key_point=point.id,
            verdict=label,
            evidence=answer[slice(*span)] if span else "",
            span=span,
            confidence=self._confidence,
            judge=self.name,
        )

    def _stated(self, rubric: Rubric, answer: str) -> Iterator[StatedMisconception]:
        def found(misconception: Misconception) -> Span | None:
            return _first(answer, (misconception.text,))

        for misconception in rubric.misconceptions:
            if span := found(misconception):
                yield StatedMisconception(id=misconception.id, evidence=answer[slice(*span)], span=span)


class Ticks:
    """A clock that is `step` later each time it is asked."""

    def __init__(self, step: timedelta = timedelta(seconds=1)) -> None:
        self._now = datetime(2026, 1, 1, tzinfo=UTC)
        self._step = step

    def __call__(self) -> datetime:
        """Return the next moment."""
        self._now += self._step
        return self._now


def _first(answer: str, wordings: tuple[str, ...]) -> Span | None:
    for wording in wordings:
        start = answer.find(wording)
        if start >= 0:
            return start, start + len(wording)
    return None
