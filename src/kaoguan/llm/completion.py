"""What an endpoint sent, read: a total function from any bytes to a completion, or a named reason why there is none.

`decoded` finds the JSON in a body, whatever it is declared as and whether or not it is a stream; `completion_of` finds
the model's words, its thinking and the tokens in JSON of any shape. Neither raises anything but `UnusableError`.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kaoguan.llm.failures import Reason
from kaoguan.models import Usage

# Where a provider says that the reply was stopped: at its length, by a filter, by a fault of its own.
_CUT = frozenset(
    {"length", "max_tokens", "max_output_tokens", "max_length", "model_length", "model_context_window_exceeded"}
)
_STOPPED = frozenset({"content_filter", "content_filtered", "sensitive", "safety", "prohibited_content", "refusal"})
_STOPPED |= {"blocklist", "recitation", "spii", "moderation", "flagged", "guardrail_intervened"}
_BROKEN = frozenset({"error", "network_error", "insufficient_system_resource", "abort", "cancelled", "failed"})
_FINISHES = ("finish_reason", "finishReason", "stop_reason", "stopReason", "done_reason")
_THINKING = ("reasoning_content", "reasoning", "thinking", "thought")
_PROMPT_TOKENS = ("prompt_tokens", "input_tokens", "promptTokenCount", "inputTokens", "prompt_eval_count")
_REPLY_TOKENS = ("completion_tokens", "output_tokens", "candidatesTokenCount", "outputTokens", "eval_count")
# Where the words stand in shapes that have no message.
_TEXTS = ("text", "content", "output_text", "response", "generated_text", "result", "output")
# Nobody's reply is deeper, and nothing is read for ever.
_DEPTH = 12
_MOST_TOKENS = 10**9
_PAGE = re.compile(rb"\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)


class UnusableError(ValueError):
    """A reply without anything to read; the reason says why."""

    def __init__(self, reason: Reason, detail: str, *, page: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.page = page
        """Whether it is a page for people: then it did not come from a chat endpoint at all."""


class Completion(NamedTuple):
    """One reply of a model."""

    text: str
    """What it says."""
    beside: tuple[str, ...]
    """Where else the reply may be, when `text` has none: a parsed object, a tool's arguments, the model's thinking."""
    cut: bool
    """Whether it reached its length limit."""
    refusal: str
    """Why the model or a filter would not; empty where it did."""
    broken: bool
    """Whether the provider says that the reply broke off."""
    usage: Usage


def decoded(content: bytes) -> Any:
    """Return the JSON of a body; a stream's events as one reply. Raises UnusableError."""
    text = content.decode(json.detect_encoding(content), "replace").strip(" \t\r\n\0")
    found = _json(text)
    if found is _NOTHING:
        found = _streamed(text)
    if isinstance(found, str) and found.startswith("{"):  # JSON written down twice
        found = _json(found)
    if found is not _NOTHING:
        return found
    raise UnusableError(Reason.SERVER_ERROR, "the reply is no JSON", page=bool(_PAGE.match(content)))


def completion_of(found: Any) -> Completion:
    """Return the completion in a body's JSON, empty where there is none."""
    choice = _choice(found)
    message = _message(choice)
    finish = str(_first(choice, _FINISHES) or "").lower()
    refusal = whole(_first(message, ("refusal",)) or "")
    if isinstance(found, Mapping) and _first(found.get("promptFeedback"), ("blockReason",)):  # Gemini's own words
        finish = "safety"
    if not refusal and finish in _STOPPED:
        refusal = "stopped by the provider's content filter"
    beside = [_words(message.get("parsed")), *_arguments(message)]
    beside += [_words(message.get(name)) for name in _THINKING]
    beside += [_words(message.get("content"), thinking=True)]
    return Completion(
        text=_words(message.get("content")).strip(),
        beside=tuple(text for text in beside if text.strip()),
        cut=finish in _CUT,
        refusal=refusal[:200],
        broken=finish in _BROKEN,
        usage=usage_of(found),
    )


def usage_of(found: Any) -> Usage:
    """Return the tokens that one reply took, without their cost; zeros where the server does not count."""
    counted = _first(found, ("usage", "usageMetadata"))
    if not isinstance(counted, Mapping):
        counted = found if isinstance(found, Mapping) else {}
    details = counted.get("prompt_tokens_details")
    # DeepSeek counts its cache hits under a name of its own.
    cached = _first(details, ("cached_tokens",)) or counted.get("prompt_cache_hit_tokens")
    prompt = _count(_first(counted, _PROMPT_TOKENS))
    return Usage(
        requests=1,
        prompt_tokens=prompt,
        cached_tokens=min(prompt, _count(cached)),
        completion_tokens=_count(_first(counted, _REPLY_TOKENS)),
    )


def whole(text: object) -> str:
    """Return the text without halves of characters, which no file and no terminal takes."""
    if not isinstance(text, str):
        return ""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# --- bytes to JSON ---------------------------------------------------------------------------------------------------

_NOTHING = object()
_DECODER = json.JSONDecoder(strict=False)  # line breaks within a text are forgiven


def _json(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return _NOTHING


def _streamed(text: str) -> Any:
    """Return the JSON among what only keeps the connection alive, or a stream's events as one reply."""
    # Not splitlines: it also breaks lines within a text, at characters that are no line breaks to JSON.
    lines = [line for line in re.split(r"\r\n|\n|\r", text) if not line.startswith(":")]
    if not any(line.startswith("data:") for line in lines):
        found = _json("\n".join(lines))
        return found if found is not _NOTHING else _merged(_events(lines))
    blocks = "\n".join(lines).split("\n\n")
    data = ["\n".join(line[5:] for line in block.split("\n") if line.startswith("data:")) for block in blocks]
    return _merged(_events(data))


def _events(texts: list[str]) -> list[Any]:
    """Return the JSON of each event; none where one in the middle is broken."""
    found = [_json(text) for text in map(str.strip, texts) if text.startswith(("{", "[")) and text != "[DONE]"]
    return [] if any(one is _NOTHING for one in found[:-1]) else [one for one in found if one is not _NOTHING]


def _merged(events: list[Any]) -> Any:
    """Return a stream's events as the reply that they are pieces of; an error among them is all that counts."""
    if not events:
        return _NOTHING
    parts: dict[str, list[str]] = {"content": [], "reasoning_content": [], "refusal": []}
    last: dict[str, Any] = {}
    for event in events:
        choice = _choice(event)
        for fault in (_first(event, ("error",)), choice.get("error")):
            if fault:
                return {"error": fault}
        message = _message(choice)
        parts["content"].append(_words(_first(message, ("content", "text"))))
        parts["reasoning_content"].append(next((text for name in _THINKING if (text := _words(message.get(name)))), ""))
        parts["refusal"].append(whole(message.get("refusal")))
        kept = {"finish_reason": _first(choice, _FINISHES), "usage": _first(event, ("usage",))}
        last |= {name: value for name, value in kept.items() if value}
    joined = {name: "".join(texts) for name, texts in parts.items()}
    return {"choices": [{"message": joined, "finish_reason": last.get("finish_reason")}], "usage": last.get("usage")}


# --- JSON to words ---------------------------------------------------------------------------------------------------


def _choice(found: Any, depth: int = 0) -> Mapping[str, Any]:
    """Return the first choice as an object, wherever a server put it; what there is stands for it where it has none."""
    if isinstance(found, list):
        found = next((one for one in found if isinstance(one, Mapping)), None)
    if not isinstance(found, Mapping):
        return {"message": found} if isinstance(found, str) else {}
    choices = _first(found, ("choices", "candidates"))
    listed: Iterable[Any] = choices.values() if isinstance(choices, Mapping) else choices or ()
    if isinstance(listed, str) or not isinstance(listed, Iterable):
        listed = (listed,)
    offered = [{"message": one} if isinstance(one, str) else one for one in listed if isinstance(one, str | Mapping)]
    if offered:
        saying = (one for one in offered if _words(_message(one).get("content")).strip())
        return offered[0] if len(offered) == 1 else next(saying, offered[0])
    inner = _first(found, ("output", "data", "result", "response"))
    if isinstance(inner, Mapping) and depth < 2:
        return _choice(inner, depth + 1)
    return found if _first(found, ("message", "delta", *_TEXTS)) else {}


def _message(choice: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in ("message", "delta"):
        message = choice.get(name)
        if isinstance(message, Mapping) and message:
            return message
        if isinstance(message, str | list) and message:
            return {"content": message}
    return {"content": _first(choice, _TEXTS)}


def _words(content: Any, *, thinking: bool = False, depth: int = 0) -> str:
    """Return a content's text: of all its parts but the model's thinking, or of that alone."""
    if isinstance(content, str):
        return "" if thinking else whole(content)
    if depth > _DEPTH:
        return ""
    if isinstance(content, list):
        return "".join(_words(part, thinking=thinking, depth=depth + 1) for part in content)
    return _part(content, thinking, depth) if isinstance(content, Mapping) else ""


def _part(part: Mapping[str, Any], thinking: bool, depth: int) -> str:
    """Return the text of one part of a content. An object that is no part is the reply itself, parsed by a server."""
    kind = str(part.get("type") or "").lower()
    if any(word in kind for word in ("think", "thought", "reason")) or part.get("thought") is True:
        inner = _first(part, ("thinking", "text", "content", "summary", "reasoning"))
        return _words(inner, depth=depth + 1) if thinking else ""
    for name in ("text", "content", "output_text", "value", "parts"):
        if isinstance(part.get(name), str | list | Mapping) and (kind or len(part) <= 2 or name == "parts"):
            return _words(part[name], thinking=thinking, depth=depth + 1)
    return "" if thinking or kind in {"tool_use", "image_url"} else _written(part)


def _written(content: Mapping[str, Any]) -> str:
    try:
        return whole(json.dumps(content, ensure_ascii=False))
    except (ValueError, RecursionError):
        return ""


def _arguments(message: Mapping[str, Any]) -> list[str]:
    """Return the arguments of tool calls: some gateways make those of a schema."""
    calls = message.get("tool_calls")
    functions = [one.get("function") for one in calls if isinstance(one, Mapping)] if isinstance(calls, list) else []
    functions.append(message.get("function_call"))
    content = message.get("content")
    parts = [one for one in content if isinstance(one, Mapping)] if isinstance(content, list) else []
    written = [_words(one.get("arguments")) for one in functions if isinstance(one, Mapping)]
    return [*written, *(_words(part.get("input")) for part in parts if part.get("type") == "tool_use")]


def _first(found: Any, names: Iterable[str]) -> Any:
    """Return the first of these that an object has and that says something."""
    if not isinstance(found, Mapping):
        return None
    return next((value for name in names if (value := found.get(name)) not in (None, "", [], {})), None)


def _count(value: Any) -> int:
    """Return a count of tokens as a whole number from 0, whatever it was written as."""
    try:
        number = float(value) if isinstance(value, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0
    return int(min(max(number, 0.0), _MOST_TOKENS)) if math.isfinite(number) else 0
