"""Scripted models for the LLM judge: a faithful one, which replies from labels, and gullible ones.

    Endpoint(lambda request: faithful(labels)(request.text))     over HTTP
    ScriptedModel(spoken(faithful(labels)))                      without

Both read the prompt as a model would: handles, key points, the answer between its two fences.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.llm.fence import fence
from kaoguan.grading.offline.normalise import normalise
from kaoguan.grading.offline.segments import clauses
from kaoguan.llm import Message
from kaoguan.models import Label, Rubric

ChatReplying = Callable[[str], str]
"""From everything the messages say to the reply's text."""

_HANDLED = re.compile(r"^(k\d+)\. (.+)$", re.MULTILINE)
_FENCED = re.compile(r"^(=====ANSWER-[0-9a-f]{16}=====)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
_SOME = re.compile(r"(?:要点：|this time: )(k\d+(?:, k\d+)*)")
_MISCONCEPTIONS = re.compile("，以及常见误解|, and the misconceptions")
# What the endpoint's abilities are probed with is no judging; a model does as it is told.
PROBE = '{"word": "kaoguan"}'


class Prompt(NamedTuple):
    """What a judging prompt says."""

    points: Mapping[str, str]
    """Key point texts by handle, the canary among them."""
    asked: Sequence[str]
    answer: str
    misconceptions: bool
    """Whether those are asked for as well."""


class Labelled(NamedTuple):
    """An answer as a person labelled it."""

    rubric: Rubric
    answer: str
    labels: Mapping[str, Label]
    misconceptions: Sequence[str] = ()


def read_prompt(text: str) -> Prompt | None:
    """Return the parts of a judging prompt; None when it is none."""
    fenced = _FENCED.search(text)
    if fenced is None:
        return None
    points = {match[1]: match[2] for match in _HANDLED.finditer(text[: fenced.start()])}
    some = _SOME.search(text, fenced.end())
    misconceptions = some is None or bool(_MISCONCEPTIONS.match(text, some.end()))
    return Prompt(points, some[1].split(", ") if some else list(points), fenced[2], misconceptions)


def spoken(replying: ChatReplying) -> Callable[[Sequence[Message]], str]:
    """Return a way of replying for a ScriptedModel."""
    return lambda messages: replying("\n".join(message.content for message in messages))


def faithful(answers: Sequence[Labelled]) -> ChatReplying:
    """Return a model that knows the labels of these answers, and quotes the answer as evidence."""
    known = {(fence(one.answer, one.rubric.fingerprint).text, one.rubric.key_points[0].text): one for one in answers}

    def replying(text: str) -> str:
        prompt = read_prompt(text)
        if prompt is None:
            return PROBE
        one = next(known[key] for shown in prompt.points.values() if (key := (prompt.answer, shown)) in known)
        labels = {point.text: one.labels[point.id] for point in one.rubric.key_points}
        quote = quotable(one.answer)
        reply: dict[str, Any] = {
            handle: _ruling(quote, labels.get(prompt.points[handle], Label.MISSING)) for handle in prompt.asked
        }
        if prompt.misconceptions:
            reply["misconceptions"] = [{"id": id_, "evidence": quote} for id_ in one.misconceptions]
        return json.dumps(reply, ensure_ascii=False)

    return replying


def gullible(evidence: Callable[[str], str], *, canary: bool) -> ChatReplying:
    """Return a model that finds everything covered, with this evidence for an answer; the canary too, or not that."""

    def replying(text: str) -> str:
        prompt = read_prompt(text)
        if prompt is None:
            return PROBE
        quote = evidence(prompt.answer)
        reply: dict[str, Any] = {
            handle: _ruling(quote, Label.COVERED if canary or not _is_canary(prompt.points[handle]) else Label.MISSING)
            for handle in prompt.asked
        }
        return json.dumps(reply | {"misconceptions": []}, ensure_ascii=False)

    return replying


def quotable(answer: str) -> str:
    """Return some words of the answer that can be evidence; empty when there are none."""
    read = Answer(answer)
    parts = sorted(clauses(normalise(answer).text), key=lambda part: -len(part.text))
    return next((part.text for part in parts if read.find(part.text)), "")


def _is_canary(text: str) -> bool:
    return bool(re.search(r"\b[0-9A-F]{8}\b", text))


def _ruling(quote: str, label: Label) -> dict[str, Any]:
    missing = label is Label.MISSING
    return {
        "evidence": "" if missing else quote,
        "explanation": "as labelled",
        "verdict": label.value,
        "confidence": 0.9,
    }
