"""The hybrid judge: the offline judge rules first, the LLM where it is worth asking, and both are combined."""

from concurrent.futures import Future
from enum import StrEnum
from typing import Protocol

from kaoguan.grading.hybrid.combine import SURE_OFFLINE, Combined, Second, combine, needs_second
from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.llm.judge import LLMJudge, together, unscored
from kaoguan.grading.llm.look import Look
from kaoguan.grading.scoring import score
from kaoguan.llm import Loop, Unanswered
from kaoguan.models import Judgement, JudgeName, Label, ReviewReason, Rubric, Usage, Verdict

# Two scores further apart than this (of 100) are a reason to look, whatever the single key points say.
_FAR_APART = 40.0
# The offline judge is certain of an answer when it finds nothing at all in it, and is this sure of every key point.
_CERTAIN = 0.98


class When(StrEnum):
    """For which key points the LLM is asked."""

    ALWAYS = "always"
    UNCERTAIN = "uncertain"


class Offline(Protocol):
    """The judge that cannot be talked to."""

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return embedder and calibration."""

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point."""


class HybridJudge:
    """Combines an offline judge with an LLM judge. The offline judge cannot be talked to; the LLM understands."""

    def __init__(self, offline: Offline, llm: LLMJudge, *, when: When = When.ALWAYS, loop: Loop | None = None) -> None:
        """`when` UNCERTAIN: ask the LLM only about key points of which the offline judge is not sure."""
        self._offline = offline
        self._llm = llm
        self._when = when
        self._loop = loop or Loop()

    @property
    def name(self) -> JudgeName:
        """Return "hybrid"."""
        return JudgeName.HYBRID

    @property
    def model(self) -> str:
        """Return the model's name."""
        return self._llm.model

    @property
    def offline(self) -> Offline:
        """Return the judge whose work needs no network, for engines that run it on several cores."""
        return self._offline

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return those of both judges; the prompt's tells cascades apart."""
        llm = self._llm.fingerprints
        return self._offline.fingerprints | {"prompt": f"{llm['prompt']}-{self._when}"}

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point; all unscored where the LLM gave nothing usable. Raises ProviderError."""
        return self._loop.run(self.judge_async(rubric, answer))

    def start(self, rubric: Rubric, answer: str) -> Future[Judgement]:
        """Return at once what will hold the verdicts, for callers with an event loop of their own, or many answers."""
        return self._loop.start(self.judge_async(rubric, answer))

    async def judge_async(self, rubric: Rubric, answer: str, *, offline: Judgement | None = None) -> Judgement:
        """Return the verdicts, asked for on the running event loop; `offline` where that judge has ruled already."""
        alone = offline or self._offline.judge(rubric, answer)
        asked = self._worth_asking(alone)
        if not asked:
            return alone.model_copy(update={"usage": Usage()})
        read = Answer(answer)
        everything = len(asked) == len(rubric.key_points)
        try:
            first = await self._llm.look(rubric, read, None if everything else asked)
            if first.fooled:
                return _void(alone, first.usage)
            seconds = await self._second_looks(rubric, read, alone, first)
        except Unanswered as error:
            return unscored(rubric, ReviewReason(error.reason), error.usage)
        return _together(rubric, alone, first, seconds, read)

    def _worth_asking(self, alone: Judgement) -> list[str]:
        """Return the key points to ask the LLM about; none where the offline judge is certain of all."""
        if all(verdict.verdict is Label.MISSING and verdict.confidence >= _CERTAIN for verdict in alone.verdicts):
            return []
        everything = self._when is When.ALWAYS
        return [verdict.key_point for verdict in alone.verdicts if everything or verdict.confidence < SURE_OFFLINE]

    async def _second_looks(self, rubric: Rubric, read: Answer, alone: Judgement, first: Look) -> dict[str, Look]:
        doubtful = [
            verdict.key_point
            for verdict in alone.verdicts
            if verdict.key_point in first.verdicts
            and needs_second(
                verdict,
                first.verdicts[verdict.key_point],
                unverified=verdict.key_point in first.unverified,
                ordered=read.gives_orders,
            )
        ]
        try:
            looks = await together(self._llm.look(rubric, read, [point]) for point in doubtful)
        except Unanswered as error:
            error.usage = first.usage + error.usage
            raise
        return dict(zip(doubtful, looks, strict=True))


def _void(alone: Judgement, usage: Usage) -> Judgement:
    """Return the offline judgement, for a person to look at: the LLM found what cannot be in any answer."""
    return alone.model_copy(
        update={"review_reasons": (ReviewReason.CANARY_COVERED, *alone.review_reasons), "usage": usage}
    )


def _together(rubric: Rubric, alone: Judgement, first: Look, seconds: dict[str, Look], read: Answer) -> Judgement:
    combined = [_one(verdict, first, seconds) for verdict in alone.verdicts]
    verdicts = tuple(one.verdict for one in combined)
    usage = sum((one.usage for one in seconds.values()), first.usage)
    reasons = [one.reason for one in combined if one.reason]
    reasons += [reason for reason in alone.review_reasons if reason.of_the_answer]
    if any(look.fooled for look in seconds.values()):
        return _void(alone, usage)
    whole = len(first.verdicts) == len(rubric.key_points)
    misconceptions = first.misconceptions if whole else alone.misconceptions
    before = score(rubric.key_points, alone.verdicts, alone.misconceptions)
    after = score(rubric.key_points, verdicts, misconceptions)
    if before is not None and after is not None and abs(before - after) > _FAR_APART:
        reasons.append(ReviewReason.JUDGES_FAR_APART)
    return Judgement(
        verdicts=verdicts, misconceptions=misconceptions, review_reasons=tuple(dict.fromkeys(reasons)), usage=usage
    )


def _one(offline: Verdict, first: Look, seconds: dict[str, Look]) -> Combined:
    point = offline.key_point
    if point not in first.verdicts:  # the cascade did not ask
        return Combined(offline)
    again = seconds.get(point)
    second = Second(again.verdicts[point], point in again.unverified) if again else None
    return combine(offline, first.verdicts[point], second)
