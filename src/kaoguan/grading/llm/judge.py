"""The LLM judge: one call rules on all key points of an answer, and its evidence is looked up."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from kaoguan import prompts
from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.llm.fence import Fenced, fence
from kaoguan.grading.llm.look import Canaries, Look, look
from kaoguan.grading.llm.reply import reply_shape
from kaoguan.grading.offline.explain import sentence
from kaoguan.llm import ChatModel, Loop, Message, Unanswered
from kaoguan.models import LANGUAGES, Judgement, JudgeName, Label, ReviewReason, Rubric, Usage, Verdict
from kaoguan.prompts import Wording

# The way prompts and replies are built is part of what a grade depends on: count up when it changes.
_FORMAT = 3
# Below this a model says itself that it is not sure.
_SURE = 0.6


class Sheet:
    """The part of the prompt that is the same for every answer to a question, and the handles used in it."""

    def __init__(self, rubric: Rubric, wording: Wording, fingerprint: str) -> None:
        """Take the rubric's fingerprint: from it comes where the canary stands and what it says."""
        self._wording = wording
        number = int(fingerprint, 16)
        place = number % (len(rubric.key_points) + 1)
        texts = [point.text for point in rubric.key_points]
        ids = [point.id for point in rubric.key_points]
        code = hashlib.sha256(f"canary {fingerprint}".encode()).hexdigest()[:8].upper()
        texts.insert(place, wording.say("canary", code=code))
        heaviest = max(rubric.key_points, key=lambda point: point.weight)
        texts.append(wording.say("denial", text=heaviest.text))
        handles = [f"k{i}" for i in range(1, len(texts) + 1)]
        self.canaries = Canaries(handles[place], handles[-1], heaviest.id)
        """The handles of what no answer can cover, and of what none can cover together with a key point."""
        self.handles = dict(zip(ids, [handle for handle in handles[:-1] if handle != handles[place]], strict=True))
        """The handle of each key point, by its id."""
        none = wording.say("none")
        self.system = Message(
            role="system",
            content="\n\n".join(
                (
                    wording.say("system"),
                    wording.say(
                        "rubric",
                        question=rubric.question,
                        reference=rubric.reference_answer,
                        key_points="\n".join(f"{handle}. {text}" for handle, text in zip(handles, texts, strict=True)),
                        misconceptions="\n".join(f"{one.id}. {one.text}" for one in rubric.misconceptions) or none,
                        notes="\n".join(f"- {_by_handle(note, self.handles)}" for note in rubric.notes) or none,
                    ),
                )
            ),
        )

    def messages(self, fenced: Fenced, asked: Sequence[str] | None, *, misconceptions: bool = True) -> list[Message]:
        """Return the conversation that asks about all key points (None), or only about these handles."""
        if asked is None:
            text = self._wording.say("answer", fence=fenced.fence, answer=fenced.text)
        else:
            handles = ", ".join(asked) + (self._wording.say("some_misconceptions") if misconceptions else "")
            text = self._wording.say("some", fence=fenced.fence, answer=fenced.text, handles=handles)
        return [self.system, Message(role="user", content=text)]


def _by_handle(note: str, handles: Mapping[str, str]) -> str:
    """Return the note with the handles that the model knows in the place of the key points' ids."""
    return re.sub(r"(?<![A-Za-z0-9_])[A-Za-z_]\w*?\d+(?![A-Za-z0-9_])", lambda id_: handles.get(id_[0], id_[0]), note)


class LLMJudge:
    """Rules on key points with a language model. Weights are never shown to it, and it never adds up."""

    def __init__(
        self, model: ChatModel, *, per_point: bool = False, own: Path | None = None, loop: Loop | None = None
    ) -> None:
        """Take a model. `per_point`: one call for each key point. `own`: a folder of the user's own prompts."""
        self._model = model
        self._per_point = per_point
        self._loop = loop or Loop()
        self._wordings = {language: prompts.load("judge", language, own=own) for language in LANGUAGES}
        self._sheets: dict[str, Sheet] = {}
        parts = [str(_FORMAT), str(per_point), *(wording.fingerprint for wording in self._wordings.values())]
        self._prompt = hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]

    @property
    def name(self) -> JudgeName:
        """Return "llm"."""
        return JudgeName.LLM

    @property
    def model(self) -> str:
        """Return the model's name."""
        return self._model.name

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return the hash of the prompts and of the way they are used."""
        return {"prompt": self._prompt}

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point; all unscored, with the reason, when the model gave nothing usable.

        Raises ProviderError when no call would.
        """
        return self._loop.run(self.judge_async(rubric, answer))

    def start(self, rubric: Rubric, answer: str) -> Future[Judgement]:
        """Return at once what will hold the verdicts, for callers with an event loop of their own, or many answers."""
        return self._loop.start(self.judge_async(rubric, answer))

    async def judge_async(self, rubric: Rubric, answer: str, *, offline: Judgement | None = None) -> Judgement:
        """Return the verdicts, asked for on the running event loop. What the offline judge says is not used."""
        read = Answer(answer)
        if read.empty:
            return unanswered(rubric)
        try:
            first = await self.look(rubric, read)
        except Unanswered as error:
            return unscored(rubric, ReviewReason(error.reason), error.usage)
        if first.fooled:
            return unscored(rubric, ReviewReason.CANARY_COVERED, first.usage)
        return Judgement(
            verdicts=tuple(first.verdicts[point.id] for point in rubric.key_points),
            misconceptions=first.misconceptions,
            review_reasons=_reasons(first, read),
            usage=first.usage,
        )

    async def look(self, rubric: Rubric, answer: Answer, points: Sequence[str] | None = None) -> Look:
        """Return the model's findings on all key points or on some. Raises Unanswered, ProviderError.

        Misconceptions are asked for only together with all key points.
        """
        fingerprint = rubric.fingerprint
        sheet = self._sheet(rubric, fingerprint)
        shown = _Shown(rubric, sheet, answer, fence(answer.text, fingerprint))
        if points is None and self._per_point:
            return await self._one_by_one(shown)
        handles = {point: sheet.handles[point] for point in points or sheet.handles}
        return await self._ask(shown, handles, all_points=points is None)

    async def _one_by_one(self, shown: "_Shown") -> Look:
        looks = await together(
            self._ask(shown, {point: handle}, all_points=False, misconceptions=not i)
            for i, (point, handle) in enumerate(shown.sheet.handles.items())
        )
        return Look(
            verdicts={point: verdict for one in looks for point, verdict in one.verdicts.items()},
            unverified=frozenset().union(*(one.unverified for one in looks)),
            misconceptions=looks[0].misconceptions,
            usage=sum((one.usage for one in looks), Usage()),
            fooled=any(one.fooled for one in looks),
            believing=any(one.believing for one in looks),
        )

    async def _ask(
        self, shown: "_Shown", handles: Mapping[str, str], *, all_points: bool, misconceptions: bool | None = None
    ) -> Look:
        rubric, sheet, answer, fenced = shown
        canaries = {sheet.canaries.never} | ({sheet.canaries.denial} if sheet.canaries.denied in handles else set())
        asked = sorted({*handles.values(), *canaries}, key=lambda handle: int(handle[1:]))
        wanted = bool(rubric.misconceptions) and (all_points if misconceptions is None else misconceptions)
        messages = sheet.messages(fenced, None if all_points else asked, misconceptions=wanted)
        reply = await self._model.ask(
            messages, reply_shape(asked, misconceptions=[one.id for one in rubric.misconceptions] if wanted else ())
        )
        return look(reply.value, handles, sheet.canaries, rubric, answer, reply.usage)

    def _sheet(self, rubric: Rubric, fingerprint: str) -> Sheet:
        if fingerprint not in self._sheets:
            self._sheets[fingerprint] = Sheet(rubric, self._wordings[rubric.language], fingerprint)
        return self._sheets[fingerprint]


class _Shown(NamedTuple):
    """What the model is shown, and what its reply is held against."""

    rubric: Rubric
    sheet: Sheet
    answer: Answer
    fenced: Fenced


async def together(looks: Iterable[Awaitable[Look]]) -> list[Look]:
    """Return the looks, in order, when all are there; none goes on when this ends.

    Raises Unanswered with what all of them took, so that nothing paid for is forgotten; ProviderError at once.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_ended(one)) for one in looks]
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    ended = [task.result() for task in tasks]
    for one in ended:
        if isinstance(one, Unanswered):
            one.usage = sum((each.usage for each in ended), Usage())
            raise one
    return [one for one in ended if isinstance(one, Look)]


async def _ended(look: Awaitable[Look]) -> Look | Unanswered:
    try:
        return await look
    except Unanswered as error:
        return error


def unscored(rubric: Rubric, reason: ReviewReason, usage: Usage | None) -> Judgement:
    """Return the judgement of an answer on which nobody could rule, and why."""
    verdicts = tuple(
        Verdict(key_point=point.id, verdict=Label.UNSCORED, explanation=reason, confidence=0.0, judge=JudgeName.LLM)
        for point in rubric.key_points
    )
    return Judgement(verdicts=verdicts, review_reasons=(reason,), usage=usage)


def unanswered(rubric: Rubric) -> Judgement:
    """Return the judgement of an answer with nothing in it, which needs no call."""
    why = sentence("empty", rubric.language)
    verdicts = tuple(
        Verdict(key_point=point.id, verdict=Label.MISSING, explanation=why, confidence=1.0, judge=JudgeName.LLM)
        for point in rubric.key_points
    )
    return Judgement(verdicts=verdicts, usage=Usage())


def _reasons(first: Look, answer: Answer) -> tuple[ReviewReason, ...]:
    unsure = any(verdict.confidence < _SURE for verdict in first.verdicts.values())
    causes = {
        ReviewReason.CANARY_COVERED: first.believing,
        ReviewReason.INJECTION_SUSPECTED: answer.gives_orders,
        ReviewReason.TOO_LONG: answer.shortened,
        ReviewReason.EVIDENCE_NOT_FOUND: bool(first.unverified),
        ReviewReason.LOW_CONFIDENCE: unsure,
    }
    return tuple(reason for reason, present in causes.items() if present)
