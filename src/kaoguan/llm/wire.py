"""Requests and replies as they cross the wire: pure functions, the same for single calls and for batches."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from kaoguan.llm.abilities import Abilities, Rung
from kaoguan.llm.failures import Reason
from kaoguan.llm.messages import Message, Value
from kaoguan.models import Usage

_FENCE = re.compile(r"^\s*```[a-zA-Z]*\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)
_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL)
_UNENDED = re.compile(r"<(think|thinking|reasoning)>", re.DOTALL)


class UnusableError(ValueError):
    """A completion without text to read; the reason says why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def body(
    model: str,
    messages: Sequence[Message],
    abilities: Abilities,
    *,
    max_tokens: int,
    schema: type[BaseModel] | None = None,
    note: str = "",
) -> dict[str, Any]:
    """Return the JSON of a chat completion request.

    `note` tells a model that is not held to the schema what to reply with, `$schema` being filled in by the caller; it
    goes at the end of the first message, so that what messages begin with stays the same from call to call.
    """
    wired = [message.model_dump() for message in messages]
    request: dict[str, Any] = {"model": model, "messages": wired, abilities.limit: max_tokens}
    if abilities.temperature:
        request["temperature"] = 0
    if schema is None:
        return request
    if abilities.rung is Rung.JSON_SCHEMA:
        shape = {"name": schema.__name__.lower(), "strict": True, "schema": schema_of(schema)}
        request["response_format"] = {"type": "json_schema", "json_schema": shape}
        return request
    wired[0]["content"] += "\n\n" + note
    if abilities.rung is Rung.JSON_OBJECT:
        request["response_format"] = {"type": "json_object"}
    return request


@lru_cache(maxsize=64)  # 7 ms, for each of some thousand calls with the same few schemas
def schema_of(schema: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema as strict endpoints want it: every property required, nothing beside them, no titles."""
    strict: dict[str, Any] = _strict(schema.model_json_schema())
    return strict


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _strict(value) for name, value in node.items() if name not in {"title", "default"} or _is_map(value)}
    if node.get("type") == "object" and "properties" in node:
        kept["properties"] = {name: _strict(value) for name, value in node["properties"].items()}
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
    return kept


def _is_map(value: object) -> bool:
    # A property may itself be called "title" or "default"; then its schema is an object.
    return isinstance(value, dict)


def text_of(completion: Mapping[str, Any]) -> str:
    """Return the model's words without its thinking. Raises UnusableError when it said nothing that can be read."""
    choices = completion.get("choices") or []
    if not choices:
        raise UnusableError(Reason.EMPTY_REPLY, "no choices")
    choice = choices[0]
    message = choice.get("message") or {}
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise UnusableError(
            Reason.REFUSAL, str(message.get("refusal") or "stopped by the provider's content filter")[:200]
        )
    if choice.get("finish_reason") == "length":
        raise UnusableError(Reason.TRUNCATED, "the reply reached its length limit")
    text = _THINKING.sub("", message.get("content") or "")
    if _UNENDED.search(text):
        raise UnusableError(Reason.TRUNCATED, "the reply ends while the model is thinking")
    if not text.strip():
        raise UnusableError(Reason.EMPTY_REPLY, "no text")
    return text.strip()


def value_of(text: str, schema: type[Value]) -> Value:
    """Return the reply as `schema`, whatever is wrapped around its JSON. Raises ValueError that says what is wrong."""
    if fenced := _FENCE.match(text):
        text = fenced[1]
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        first = error
    # Small models talk before and after; the outermost object is what was meant. Never a part of it: an object inside
    # an answer that the model quotes must not be taken for the reply.
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end and (start, end) != (0, len(text) - 1):
        try:
            return schema.model_validate_json(text[start : end + 1])
        except ValidationError as error:
            raise ValueError(_faults(error)) from error
    raise ValueError(_faults(first)) from first


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'reply'}: {fault['msg']}" for fault in faults[:5])


def usage_of(completion: Mapping[str, Any]) -> Usage:
    """Return the tokens that one reply took, without their cost; zeros where the server does not count."""
    counted = completion.get("usage") or {}
    details = counted.get("prompt_tokens_details") or {}
    # DeepSeek counts its cache hits under a name of its own.
    cached = details.get("cached_tokens") or counted.get("prompt_cache_hit_tokens") or 0
    return Usage(
        requests=1,
        prompt_tokens=counted.get("prompt_tokens") or 0,
        cached_tokens=cached,
        completion_tokens=counted.get("completion_tokens") or 0,
    )


@lru_cache(maxsize=64)
def shape(schema: type[BaseModel]) -> str:
    """Return the JSON Schema as one line, for models that are told instead of held to it."""
    return json.dumps(schema_of(schema), ensure_ascii=False, separators=(",", ":"))
