"""What a model's reply is worth once its evidence has been looked up: pure functions."""

from collections.abc import Mapping
from typing import NamedTuple

from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.llm.reply import MisconceptionReply, PointReply, Reply
from kaoguan.models import JudgeName, Label, Misconception, Rubric, StatedMisconception, Usage, Verdict
from kaoguan.text import one_line

# A verdict whose evidence is not in the answer is never a sure one.
_UNVERIFIED_CONFIDENCE = 0.5
_LONGEST_EXPLANATION = 300


class Look(NamedTuple):
    """Verdicts by key point, in the order asked; which of them had evidence that is not in the answer."""

    verdicts: Mapping[str, Verdict]
    unverified: frozenset[str]
    misconceptions: tuple[StatedMisconception, ...]
    usage: Usage
    fooled: bool
    """Whether the canary was found: then nothing here can be trusted."""
    believing: bool = False
    """Whether a key point and its denial were both found: then whatever can be quoted counts as said."""


class Canaries(NamedTuple):
    """The handles that no answer may be given: of what nobody can say, and of the denial of a key point."""

    never: str
    denial: str
    denied: str
    """The id of that key point."""


def look(
    reply: Reply, handles: Mapping[str, str], canaries: Canaries, rubric: Rubric, answer: Answer, usage: Usage
) -> Look:
    """Return the reply with its evidence verified. `handles` are those asked about, by key point id."""
    verdicts, unverified = {}, set()
    for point, handle in handles.items():
        ruling: PointReply = getattr(reply, handle)
        verdicts[point] = verified(ruling, point, answer)
        if verdicts[point].verdict.value != ruling.verdict:
            unverified.add(point)
    return Look(
        verdicts=verdicts,
        unverified=frozenset(unverified),
        misconceptions=stated(getattr(reply, "misconceptions", ()), rubric.misconceptions, answer),
        usage=usage,
        fooled=_credited(reply, canaries.never),
        believing=canaries.denied in handles
        and _credited(reply, canaries.denial)
        and _credited(reply, handles[canaries.denied]),
    )


def _credited(reply: Reply, handle: str) -> bool:
    ruling: PointReply | None = getattr(reply, handle, None)
    return ruling is not None and ruling.verdict in (Label.COVERED, Label.PARTIAL)


def verified(ruling: PointReply, key_point: str, answer: Answer) -> Verdict:
    """Return the ruling as a verdict; one without evidence in the answer becomes `missing`, and unsure."""
    claimed = Label(ruling.verdict)
    span = None if claimed is Label.MISSING else answer.find(ruling.evidence)
    unsupported = claimed is not Label.MISSING and span is None
    return Verdict(
        key_point=key_point,
        verdict=Label.MISSING if unsupported else claimed,
        evidence=answer.text[slice(*span)] if span else "",
        span=span,
        explanation=one_line(ruling.explanation)[:_LONGEST_EXPLANATION],
        confidence=min(ruling.confidence, _UNVERIFIED_CONFIDENCE) if unsupported else ruling.confidence,
        judge=JudgeName.LLM,
    )


def stated(
    found: tuple[MisconceptionReply, ...] | list[MisconceptionReply], known: tuple[Misconception, ...], answer: Answer
) -> tuple[StatedMisconception, ...]:
    """Return the misconceptions that the rubric has and whose evidence is in the answer, each once."""
    ids = {one.id for one in known}
    kept: dict[str, StatedMisconception] = {}
    for one in found:
        span = answer.find(one.evidence)
        if span and one.id in ids:
            evidence = answer.text[slice(*span)]
            kept.setdefault(one.id, StatedMisconception(id=one.id, evidence=evidence, span=span))
    return tuple(kept.values())
