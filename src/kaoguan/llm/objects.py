"""The value in a model's text: the JSON first, thoughts second.

Models think aloud, quote, draft and explain around their reply. Every complete JSON value in the text is held against
the shape that was asked for; those that do not fit do not count, and of several that fit the last is what the model
came to. Never a part of a larger one: an object inside an answer that the model quotes is not its reply.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from kaoguan.llm.completion import whole
from kaoguan.llm.messages import Value

_DECODER = json.JSONDecoder(strict=False)
_START = re.compile(r"[{\[]")
# Characters gone through in vain, all starts together, until a text counts as one without JSON.
_PATIENCE = 5_000_000

_NAMES = r"(?:[\w.-]{1,20}[:_-])?(?:think|thinking|thought|thoughts|reasoning|reason|reflection|analysis|scratchpad)"
# Tags as models write them: <think>, <seed:think>, [THINK], ◁think▷, <|think|>; and front ends: <details>.
_OPEN = re.compile(rf"(?:<\|?|\[|◁)\s*(?:{_NAMES}|details)(?:\s[^>\]▷]{{0,80}})?\s*(?:\|?>|\]|▷)", re.IGNORECASE)
_CLOSE = re.compile(rf"(?:</\|?|<\|/|\[/|◁/)\s*(?:{_NAMES}|details)\s*(?:\|?>|\]|▷)", re.IGNORECASE)
_CHANNEL = re.compile(r"<\|channel\|>\s*final\b.*?<\|message\|>", re.DOTALL)
_TOKEN = re.compile(r"<\|[a-z_]{1,30}\|>")


def value_of(text: str, schema: type[Value]) -> Value:
    """Return the reply as `schema`, whatever is around its JSON. Raises ValueError that says what is wrong."""
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        fault = _faults(error)
    if text.startswith('"{') and (inner := _unquoted(text)):
        return value_of(inner, schema)
    found: Value | None = None
    longest = 0
    for length, value in values(text):
        try:
            found = _fitting(value, schema)
        except ValueError as error:
            if length > longest and found is None:
                fault, longest = str(error), length
    if found is None:
        raise ValueError(fault)
    return found


def values(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the objects and lists in a text, in order, that are part of no other, each with its length."""
    place, spent = 0, 0
    while (start := _START.search(text, place)) and spent < _PATIENCE:
        try:
            value, end = _DECODER.raw_decode(text, start.start())
        except (ValueError, RecursionError) as error:
            place = start.start() + 1
            spent += max(1, getattr(error, "pos", len(text)) - start.start())
        else:
            yield end - start.start(), value
            place = end


def spoken(text: str) -> str | None:
    """Return a text without the model's thinking; None when it ends while the model is thinking."""
    if channels := list(_CHANNEL.finditer(text)):
        text = text[channels[-1].end() :]
    elif closed := list(_CLOSE.finditer(text)):
        # Before the first opening tag may stand words as well.
        opened = _OPEN.search(text, 0, closed[-1].start())
        text = (text[: opened.start()] if opened else "") + text[closed[-1].end() :]
    if _OPEN.search(text) or text.startswith("<|channel|>"):
        return None
    return _TOKEN.sub("", text).strip()


def _fitting(value: Any, schema: type[Value], depth: int = 0) -> Value:
    """Return the value as `schema`, also out of a wrapper of one. Raises ValueError."""
    try:
        return schema.model_validate_json(whole(json.dumps(value, ensure_ascii=False)))
    except ValidationError as error:
        inner = list(value.values()) if isinstance(value, dict) else value
        if depth < 2 and isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], dict | list):
            return _fitting(inner[0], schema, depth + 1)
        raise ValueError(_faults(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _unquoted(text: str) -> str:
    """Return the text inside a JSON string: some gateways write a reply down twice."""
    try:
        inner = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return ""
    return inner if isinstance(inner, str) and not inner.startswith('"') else ""


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'reply'}: {fault['msg']}" for fault in faults[:5])
