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
    NO_CREDIT_CODE = "no_credit_code"  # 429 with a vendor's number for it (GLM)
    MODERATED = "moderated"  # 403 with what a filter found (OpenRouter)
    REJECTED = "rejected"  # 400 with a code of nobody's
    COME_BACK_TOMORROW = "come_back_tomorrow"  # 429 with Retry-After of a day
    ERROR_INSIDE = "error_inside"  # 200 with an error 502 in the body
    STREAM = "stream"  # the reply as server-sent events that nobody asked for
    STREAM_BREAKS = "stream_breaks"  # a stream that ends in an error
    PARTS = "parts"  # content as a list of parts, the thought first
    THINKING = "thinking"  # a thought with braces before the reply, with nothing but its closing tag
    REASONING = "reasoning"  # null content and the reply in reasoning_content
    CHATTER = "chatter"  # braces before and after the reply
    HALF_CHARACTER = "half_character"  # half of an emoji in the reply
    ODD_USAGE = "odd_usage"  # tokens counted as text, as fractions, as -1
    NULL_CHOICES = "null_choices"  # choices: null
    PLAIN_TYPE = "plain_type"  # JSON as application/octet-stream, with a byte order mark
    BLANKS = "blanks"  # nothing but blanks to keep the connection alive
    CUT_CONTEXT = "cut_context"  # a prompt of which only 512 tokens were read
    NO_SYSTEM = "no_system"  # 400 for a message of the system, naming no parameter
    ONLY_STREAMS = "only_streams"  # 400 for whatever does not stream


class Faulty(NamedTuple):
    """A reply with a fault in the way it comes: `Faulty(Fault.STREAM, "…")`; whoever can read it has the text."""

    fault: Fault
    text: str


ScriptedReply = str | Fault | Faulty | Raw
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
    if isinstance(reply, Faulty):
        return faulty(request, reply.fault, reply.text)
    if isinstance(reply, Fault):
        found = _errors(retry_after).get(reply)
        return found or faulty(request, reply, "")
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
        Fault.NO_CREDIT_CODE: Raw(429, _json({"error": {"code": "1113", "message": "no"}})),
        Fault.MODERATED: Raw(403, _json({"error": {"code": 403, "message": "no", "metadata": {"flagged_input": "…"}}})),
        Fault.REJECTED: error(400, "This is switched off", "project_restricted"),
        Fault.COME_BACK_TOMORROW: error(429, "Too many today", "rate_limit_exceeded", retry_after="86400"),
        Fault.ERROR_INSIDE: Raw(200, _json({"error": {"code": 502, "message": "The provider failed"}})),
        Fault.NO_CREDIT: error(429, "You exceeded your current quota", "insufficient_quota"),
    }


def faulty(request: Request, fault: Fault, text: str) -> Raw:
    """Return the reply `text` with this fault in the way it comes."""
    if fault is Fault.NO_SYSTEM and any(message.get("role") == "system" for message in request.body["messages"]):
        return error(400, "The chat template knows no such role", None)
    if fault is Fault.ONLY_STREAMS and not request.body.get("stream"):
        return error(400, "Not like this", "invalid_parameter_error")
    if fault in (Fault.STREAM, Fault.STREAM_BREAKS, Fault.ONLY_STREAMS):
        return Raw(200, _events(text, breaks=fault is Fault.STREAM_BREAKS), content_type="text/event-stream")
    if fault is Fault.PLAIN_TYPE:
        return Raw(200, b"\xef\xbb\xbf" + _json(completion(request, text)), content_type="application/octet-stream")
    return Raw(200, _completion_fault(request, fault, text))


def _events(text: str, *, breaks: bool) -> bytes:
    pieces: list[dict[str, Any]] = [{"content": text[i : i + 16]} for i in range(0, len(text), 16)]
    choices = [{"index": 0, "delta": piece, "finish_reason": None} for piece in pieces[: 1 if breaks else None]]
    events: list[dict[str, Any]] = [{"choices": [choice]} for choice in choices]
    events.append({"error": {"code": 502, "message": "The provider went away"}} if breaks else {"choices": []})
    return b"".join(b"data: " + _json(event) + b"\n\n" for event in events) + b"data: [DONE]\n\n"


def _completion_fault(request: Request, fault: Fault, text: str) -> bytes:
    refusal = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "{k1} or {k2}?"}]}
    parts = {"role": "assistant", "content": [thought, {"type": "text", "text": text}]}
    reasoning = {"role": "assistant", "content": None, "reasoning_content": text}
    usage = {"prompt_tokens": "100", "completion_tokens": 20.5, "prompt_tokens_details": [1], "total_tokens": -1}
    replies = {
        Fault.PARTS: completion(request, text, message=parts),
        Fault.THINKING: completion(request, "{k1} or {k2}?\n</think>\n" + text),
        Fault.REASONING: completion(request, text, message=reasoning),
        Fault.CHATTER: completion(request, "Of {k1, k2}:\n" + text + "\nThat is {all}."),
        Fault.HALF_CHARACTER: completion(request, text.replace('"explanation": "', '"explanation": "\ud83d')),
        Fault.ODD_USAGE: completion(request, text) | {"usage": usage},
        Fault.NULL_CHOICES: completion(request, "") | {"choices": None},
        Fault.BLANKS: completion(request, " \n" * 200),
        Fault.CUT_CONTEXT: completion(request, text) | {"usage": {"prompt_tokens": 512, "completion_tokens": 9}},
        Fault.NO_SYSTEM: completion(request, text),
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
    return json.dumps(content, ensure_ascii=True).encode()
