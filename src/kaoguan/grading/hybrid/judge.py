"""The hybrid judge: the offline judge rules first, the LLM where it is worth asking, and both are combined."""

from concurrent.futures import Future
from enum import StrEnum
from typing import Protocol

from kaoguan.errors import KaoguanError, ProviderError
from kaoguan.grading.hybrid.combine import Combined, Second, combine, needs_second
from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.llm.judge import LLMJudge, unscored
from kaoguan.grading.llm.look import Look
from kaoguan.grading.scoring import score
from kaoguan.llm import Loop, OutOfReachError, Reason, Unanswered
from kaoguan.models import Judgement, JudgeName, Label, ReviewReason, Rubric, Usage, Verdict

# The offline judge is certain of an answer when it finds nothing at all in it, and is this sure of every key point.
_CERTAIN = 0.99


# Points of 100 that the LLM may give above the offline judge, before a person is told. Nearly full marks are what a
# believing model gives: there less is allowed, nothing where the offline judge is not sure, and nothing that it finds
# strange about the answer.
_FAR_ABOVE, _NEARLY_FULL, _ALLOWANCE = 40.0, 90.0, 20.0
_DOUBTS = frozenset(
    {
        ReviewReason.CONTRADICTION_UNCERTAIN,
        ReviewReason.NO_SHARED_WORDS,
        ReviewReason.KEYWORD_LIST,
        ReviewReason.RESTATES_QUESTION,
    }
)


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


# Below this the cascade asks the LLM: one in ten of those above is wrong.
_UNCERTAIN = 0.8


class HybridJudge:
    """Combines an offline judge with an LLM judge. The offline judge cannot be talked to; the LLM understands."""

    def __init__(self, offline: Offline, llm: LLMJudge, *, when: When = When.ALWAYS, loop: Loop | None = None) -> None:
        """`when` UNCERTAIN: ask the LLM only about key points of which the offline judge is not sure."""
        self._offline = offline
        self._llm = llm
        self._when = when
        self._loop = loop or Loop()
        self.failure: KaoguanError | None = None
        """Why the LLM last gave nothing, so that the offline judge's verdicts stand alone; None while it did not."""

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
        """Return one verdict per key point; the offline judge's, and why, where the LLM gives nothing usable."""
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
            if first.fooled or first.believing:
                return offline_alone(alone, ReviewReason.CANARY_COVERED, first.usage)
            second = await self._second_look(rubric, read, alone, first)
        except Unanswered as error:
            if error.reason is Reason.NO_REPLY_YET:  # a batch is under way: this is no grade yet
                return unscored(rubric, ReviewReason.NO_REPLY_YET, error.usage)
            self.failure = error
            return offline_alone(alone, ReviewReason(error.reason), error.usage)
        except ProviderError as error:
            self.failure = error
            lost = isinstance(error, OutOfReachError)
            return offline_alone(alone, ReviewReason.CONNECTION if lost else ReviewReason.REJECTED, Usage())
        return _together(rubric, alone, first, second)

    def _worth_asking(self, alone: Judgement) -> list[str]:
        """Return the key points to ask the LLM about; none where the offline judge is certain of all."""
        if all(verdict.verdict is Label.MISSING and verdict.confidence >= _CERTAIN for verdict in alone.verdicts):
            return []
        everything = self._when is When.ALWAYS
        return [verdict.key_point for verdict in alone.verdicts if everything or verdict.confidence < _UNCERTAIN]

    async def _second_look(self, rubric: Rubric, read: Answer, alone: Judgement, first: Look) -> Look | None:
        """Return one more look at all doubtful key points together; None where there are none. Raises as `look`."""
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
            return await self._llm.look(rubric, read, doubtful) if doubtful else None
        except Unanswered as error:
            error.usage = first.usage + error.usage
            raise


def offline_alone(alone: Judgement, reason: ReviewReason, usage: Usage) -> Judgement:
    """Return the offline judgement, for a person to look at: the LLM gave nothing, or nothing to be trusted."""
    return alone.model_copy(update={"review_reasons": (reason, *alone.review_reasons), "usage": usage})


def _together(rubric: Rubric, alone: Judgement, first: Look, second: Look | None) -> Judgement:
    usage = first.usage + second.usage if second else first.usage
    if second and second.fooled:
        return offline_alone(alone, ReviewReason.CANARY_COVERED, usage)
    combined = [_one(verdict, first, second) for verdict in alone.verdicts]
    reasons = [one.reason for one in combined if one.reason]
    reasons += [reason for reason in alone.review_reasons if reason.of_the_answer]
    whole = len(first.verdicts) == len(rubric.key_points)
    verdicts = tuple(one.verdict for one in combined)
    misconceptions = first.misconceptions if whole else alone.misconceptions
    before = score(rubric.key_points, alone.verdicts, alone.misconceptions) or 0.0
    after = score(rubric.key_points, verdicts, misconceptions) or 0.0
    unsure = ReviewReason.LOW_CONFIDENCE in alone.review_reasons
    doubted = after - before > (0 if unsure else _ALLOWANCE) or not _DOUBTS.isdisjoint(alone.review_reasons)
    if after - before > _FAR_ABOVE or (after >= _NEARLY_FULL and doubted):
        reasons.append(ReviewReason.JUDGES_FAR_APART)
    return Judgement(
        verdicts=verdicts,
        misconceptions=misconceptions,
        review_reasons=tuple(dict.fromkeys(reasons)),
        usage=usage,
    )


def _one(offline: Verdict, first: Look, again: Look | None) -> Combined:
    point = offline.key_point
    if point not in first.verdicts:  # the cascade did not ask
        return Combined(offline)
    looked = again is not None and point in again.verdicts
    second = Second(again.verdicts[point], point in again.unverified) if again and looked else None
    return combine(offline, first.verdicts[point], second)
