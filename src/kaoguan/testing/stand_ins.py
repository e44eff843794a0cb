"""Deterministic stand-ins, for our tests and yours: no model, no clock, no network.

Grader(KeywordJudge()).grade(rubric, "…")
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from kaoguan.llm import Asked, Message, Reason, Said, Unanswered, Usage
from kaoguan.llm.messages import Value
from kaoguan.llm.objects import value_of
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

    name: str = JudgeName.OFFLINE
    model = None

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


class ScriptedModel:
    """A language model that replies what a function says, and keeps what it was asked.

    The function gets the messages and returns the reply's text; it raises what the model should raise.
    """

    name = "scripted"

    def __init__(self, reply: Callable[[Sequence[Message]], str]) -> None:
        self._reply = reply
        self.asked: list[tuple[Message, ...]] = []

    async def ask(
        self, messages: Sequence[Message], schema: type[Value], *, max_tokens: int | None = None
    ) -> Asked[Value]:
        """Return the scripted reply read as `schema`. Raises Unanswered when it is not one."""
        said = await self.say(messages, max_tokens=max_tokens)
        try:
            return Asked(value_of(said.text, schema), said.usage)
        except ValueError as error:
            raise Unanswered(self.name, Reason.INVALID_REPLY, str(error), usage=said.usage) from error

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        """Return the scripted reply; it takes one token for each character."""
        self.asked.append(tuple(messages))
        text = self._reply(messages)
        prompt = sum(len(message.content) for message in messages)
        return Said(text, Usage(requests=1, prompt_tokens=prompt, completion_tokens=len(text)))


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
