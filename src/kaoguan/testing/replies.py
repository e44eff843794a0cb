"""What the scripted endpoint replies: a text, a fault with a name, or raw HTTP."""

import json
import random
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Request(NamedTuple):
    """One chat completion request as it arrived, counted from 1; those inside a batch have its custom id."""

    number: int
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    custom_id: str | None = None

    @property
    def text(self) -> str:
        """Return everything the messages say, one after the other."""
        return "\n".join(str(message.get("content") or "") for message in self.body.get("messages", ()))


class Raw(NamedTuple):
    """A reply given byte for byte."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}
    content_type: str = "application/json"


class Fault(StrEnum):
    """What goes wrong with endpoints."""

    RATE_LIMITED = "rate_limited"  # 429 with Retry-After
    SERVER_ERROR = "server_error"  # 500
    OVERLOADED = "overloaded"  # 503 in HTML, from a proxy
    HANG = "hang"  # never answers
    RESET = "reset"  # the connection breaks before the reply
    CUT_BODY = "cut_body"  # the HTTP body ends inside its JSON
    NOT_JSON = "not_json"  # 200 with a page of HTML
    MALFORMED = "malformed"  # the model's text is broken JSON
    WRONG_SCHEMA = "wrong_schema"  # the model's text is JSON of another shape
    CUT_OFF = "cut_off"  # finish_reason length, inside the JSON
    EMPTY_CHOICES = "empty_choices"
    EMPTY_TEXT = "empty_text"
    REFUSAL = "refusal"
    FILTERED = "filtered"  # finish_reason content_filter
    TOO_LONG = "too_long"  # 400 context_length_exceeded
    NO_SCHEMA = "no_schema"  # 400: response_format json_schema is not supported
    UNAUTHORISED = "unauthorised"  # 401
    UNKNOWN_MODEL = "unknown_model"  # 404
    NO_CREDIT = "no_credit"  # 429 insufficient_quota, which waiting does not mend


ScriptedReply = str | Fault | Raw
Replying = Callable[[Request], ScriptedReply]


def sometimes(shares: Mapping[Fault, float], reply: Replying, *, seed: int = 0) -> Replying:
    """Return a way of replying that gives each fault to its share of the requests, at random but repeatably."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice

    def replying(request: Request) -> ScriptedReply:
        drawn = chance.random()
        for fault, share in shares.items():
            drawn -= share
            if drawn < 0:
                return fault
        return reply(request)

    return replying


def error(status: int, message: str, code: str | None, **headers: str) -> Raw:
    """Return an error as OpenAI words it."""
    content = _json({"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}})
    return Raw(status, content, {name.replace("_", "-"): value for name, value in headers.items()})


def raw(request: Request, reply: ScriptedReply, retry_after: float) -> Raw:
    """Return the HTTP reply; HANG and RESET have none and are the endpoint's own business."""
    if isinstance(reply, Raw):
        return reply
    if isinstance(reply, Fault):
        found = _errors(retry_after).get(reply)
        return found or Raw(200, _completion_fault(request, reply))
    return Raw(200, _json(completion(request, reply)))


def completion(request: Request, text: str, **choice: Any) -> dict[str, Any]:
    """Return a chat completion whose message is `text`; tokens are a quarter of the characters."""
    prompt, reply = len(request.text) // 4 + 1, len(text) // 4 + 1
    message = {"role": "assistant", "content": text, "refusal": None}
    return {
        "id": f"chatcmpl-{request.number}",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": request.body.get("model", ""),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"} | choice],
        "usage": {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply},
    }


def _errors(retry_after: float) -> dict[Fault, Raw]:
    schema = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
    length = "This model's maximum context length is 8192 tokens, however you requested 9000 tokens."
    html = b"<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>"
    return {
        Fault.RATE_LIMITED: error(429, "Rate limit reached", "rate_limit_exceeded", retry_after=f"{retry_after:g}"),
        Fault.SERVER_ERROR: error(500, "The server had an error", None),
        Fault.OVERLOADED: Raw(503, html, content_type="text/html"),
        Fault.NOT_JSON: Raw(200, b"<html>Welcome to the hotel network</html>", content_type="text/html"),
        Fault.TOO_LONG: error(400, length, "context_length_exceeded"),
        Fault.NO_SCHEMA: error(400, schema, None),
        Fault.UNAUTHORISED: error(401, "Incorrect API key provided", "invalid_api_key"),
        Fault.UNKNOWN_MODEL: error(404, "The model does not exist", "model_not_found"),
        Fault.NO_CREDIT: error(429, "You exceeded your current quota", "insufficient_quota"),
    }


def _completion_fault(request: Request, fault: Fault) -> bytes:
    refusal = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}
    replies = {
        Fault.MALFORMED: completion(request, '{"verdicts": [{"key_point": "p1", "evidence": "'),
        Fault.WRONG_SCHEMA: completion(request, '{"opinion": "very good"}'),
        Fault.CUT_OFF: completion(request, '{"verdicts": [{', finish_reason="length"),
        Fault.EMPTY_CHOICES: completion(request, "") | {"choices": []},
        Fault.EMPTY_TEXT: completion(request, ""),
        Fault.REFUSAL: completion(request, "", message=refusal),
        Fault.FILTERED: completion(request, "", finish_reason="content_filter"),
        Fault.CUT_BODY: completion(request, "{}"),
    }
    content = _json(replies[fault])
    return content[: len(content) // 2] if fault is Fault.CUT_BODY else content


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
