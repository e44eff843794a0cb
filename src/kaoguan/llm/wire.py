"""Requests as they go out: pure functions, the same for single calls and for batches."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from kaoguan.llm.abilities import NO_THINKING, Abilities, Rung
from kaoguan.llm.completion import whole
from kaoguan.llm.messages import Message


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
    wired = [{"role": message.role, "content": whole(message.content)} for message in messages]
    held = schema is not None and abilities.rung is Rung.JSON_SCHEMA
    if schema is not None and not held:
        wired[0]["content"] += "\n\n" + note
    most = max_tokens if abilities.most is None else min(max_tokens, abilities.most)
    sent = wired if abilities.system else _without_system(wired)
    request: dict[str, Any] = {"model": model, "messages": sent, abilities.limit: most}
    if abilities.temperature:
        request["temperature"] = 0
    if abilities.stream:
        request["stream"] = True
    request |= NO_THINKING[abilities.thinking]
    if schema is not None and held:
        shaped = schema_of(schema, bounded=abilities.bounded)
        shape = {"name": schema.__name__.lower(), "strict": True, "schema": shaped}
        request["response_format"] = {"type": "json_schema", "json_schema": shape}
    elif schema is not None and abilities.rung is Rung.JSON_OBJECT:
        request["response_format"] = {"type": "json_object"}
    return request


def _without_system(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the conversation with what the system says at the beginning of what the user says first."""
    said = [message["content"] for message in messages if message["role"] == "system"]
    rest = [message for message in messages if message["role"] != "system"]
    if rest and rest[0]["role"] == "user":
        return [{"role": "user", "content": "\n\n".join((*said, rest[0]["content"]))}, *rest[1:]]
    return [{"role": "user", "content": "\n\n".join(said)}, *rest]


_BOUNDS = frozenset({"maxLength", "maxItems"})


@lru_cache(maxsize=64)  # 7 ms, for each of some thousand calls with the same few schemas
def schema_of(schema: type[BaseModel], *, bounded: bool = False) -> dict[str, Any]:
    """Return the JSON Schema as strict endpoints want it: every property required, nothing beside them, no titles.

    `bounded` leaves in how long texts and lists may be, which not every endpoint takes.
    """
    left_out = {"title", "default"} | (set() if bounded else _BOUNDS)
    strict: dict[str, Any] = _strict(schema.model_json_schema(), frozenset(left_out))
    return strict


def _strict(node: Any, left_out: frozenset[str]) -> Any:
    if isinstance(node, list):
        return [_strict(item, left_out) for item in node]
    if not isinstance(node, dict):
        return node
    # A property may itself be called "title" or "default"; then its schema is an object.
    kept = {
        name: _strict(value, left_out)
        for name, value in node.items()
        if name not in left_out or isinstance(value, dict)
    }
    if node.get("type") == "object" and "properties" in node:
        kept["properties"] = {name: _strict(value, left_out) for name, value in node["properties"].items()}
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
    return kept


@lru_cache(maxsize=64)
def shape(schema: type[BaseModel]) -> str:
    """Return the JSON Schema as one line, for models that are told instead of held to it."""
    return json.dumps(schema_of(schema), ensure_ascii=False, separators=(",", ":"))
