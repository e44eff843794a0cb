"""What went wrong at an endpoint and what it means: a total function from status, headers and body.

Told by status, code and parameter alone, which are the vendor's. Never by the words of a message: those may be a
candidate's, repeated.
"""

import email.utils
import math
import re
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from kaoguan.errors import ProviderError
from kaoguan.llm.completion import UnusableError, decoded, whole
from kaoguan.llm.failures import Reason, Unanswered, redacted


class Meaning(StrEnum):
    """What a fault is about."""

    CREDIT = "credit"  # the account
    KEY = "key"
    FORBIDDEN = "forbidden"  # this key, this country, this project … or only this request
    MODEL = "model"
    PATH = "path"  # no chat endpoint at this address
    NETWORK = "network"  # a proxy or a firewall on the way
    LATER = "later"  # a day's or a month's share is used up
    BUSY = "busy"  # too many requests
    BROKEN = "broken"  # the server's own fault, which may pass
    BLOCKED = "blocked"  # what was asked was found objectionable
    TOO_LONG = "too_long"
    REJECTED = "rejected"  # something about the request


class Fault(NamedTuple):
    """An endpoint's no. `codes` are the vendor's words for it, `message` is for people."""

    status: int
    codes: frozenset[str]
    param: str
    message: str
    flagged: bool = False
    """Whether it comes with what a filter found."""
    retry_after: float | None = None
    """Seconds, where the endpoint says."""
    page: bool = False
    """Whether it is a page for people."""

    @property
    def kind(self) -> str:
        """Return what stays the same when the same fault comes again, whatever its message names."""
        return " ".join((str(self.status), *sorted(self.codes), self.param))

    @property
    def meaning(self) -> Meaning:
        """Return what it is about."""
        listed = [_LISTED[code.lower()] for code in self.codes if code.lower() in _LISTED]
        spoken = [meaning for code in sorted(self.codes) if (meaning := _of_code(code))]
        found = [*listed, *spoken]
        # Also what is said to be a rate may be one that this request alone exceeds.
        if found and self.status != 413:
            return min(found, key=list(Meaning).index)
        if self.flagged:
            return Meaning.BLOCKED
        if self.param.split(".")[-1] == "model":
            return Meaning.MODEL
        if self.page and self.status == 403:
            return Meaning.NETWORK
        return _BY_STATUS.get(self.status, Meaning.BROKEN if self.status >= 500 else Meaning.REJECTED)


_BY_STATUS = {
    **dict.fromkeys((301, 302, 303, 307, 308), Meaning.PATH),
    401: Meaning.KEY,
    402: Meaning.CREDIT,
    403: Meaning.FORBIDDEN,
    404: Meaning.MODEL,
    405: Meaning.PATH,
    407: Meaning.NETWORK,
    408: Meaning.BROKEN,
    409: Meaning.BROKEN,
    413: Meaning.TOO_LONG,
    425: Meaning.BROKEN,
    429: Meaning.BUSY,
    451: Meaning.BLOCKED,
    501: Meaning.REJECTED,
    511: Meaning.NETWORK,
}

# Codes that do not say themselves what they mean. Numbers of MiniMax and Baidu stand under names of their own below.
_LISTED = {
    **dict.fromkeys(("1113", "1309", "30001", "30011", "base_resp 1008"), Meaning.CREDIT),  # GLM, SiliconFlow, MiniMax
    **dict.fromkeys(("insufficient_quota", "exceeded_current_quota_error"), Meaning.CREDIT),  # OpenAI, Moonshot
    **dict.fromkeys(("allocationquota.freetieronly", "access_terminated"), Meaning.CREDIT),  # DashScope
    **dict.fromkeys(("1000", "1001", "1003", "1110", "1111", "1112"), Meaning.KEY),  # GLM
    **dict.fromkeys(("base_resp 1004", "base_resp 2049", "permission_error"), Meaning.KEY),
    **dict.fromkeys(("1211", "1220", "1221", "1222", "1311", "20012"), Meaning.MODEL),  # GLM, SiliconFlow
    **dict.fromkeys(("accessdenied.unpurchased", "model.accessdenied", "modelnotopen"), Meaning.MODEL),
    **dict.fromkeys(("1304", "1308", "1310", "1313", "error_code 17"), Meaning.LATER),  # GLM, Baidu
    **dict.fromkeys(("1302", "1303", "1305", "base_resp 1002", "error_code 18"), Meaning.BUSY),
    **dict.fromkeys(("50505", "base_resp 1000", "base_resp 1013", "engine_overloaded_error"), Meaning.BROKEN),
    **dict.fromkeys(("1301", "base_resp 1026", "base_resp 1027", "10013", "10014"), Meaning.BLOCKED),
    **dict.fromkeys(("invalid_prompt", "responsibleaipolicyviolation"), Meaning.BLOCKED),
    **dict.fromkeys(("1261", "base_resp 1039", "string_above_max_length", "10907"), Meaning.TOO_LONG),
}

# What the words within a code say, of vendors that are not listed: the first row that has all of one of its sets.
_SPOKEN: tuple[tuple[Meaning, tuple[frozenset[str], ...]], ...] = tuple(
    (meaning, tuple(frozenset(words.split()) for words in sets.split(", ")))
    for meaning, sets in (
        (Meaning.BUSY, "rate limit, ratelimit, throttling, throttled, too many requests"),
        (Meaning.BROKEN, "overloaded, overload, server error, internal error, bad gateway, unavailable"),
        (
            Meaning.CREDIT,
            "arrearage, arrears, overdue, balance, billing, credit, credits, unpaid, payment, funds, recharge, "
            "insufficient quota, quota exhausted, charge exhausted, pack exhausted, token quota, quota not",
        ),
        (
            Meaning.BLOCKED,
            "sensitive, moderation, moderated, inspection, safety, unsafe, censorship, censored, content filter, "
            "content filtered, content blocked, content policy, prohibited content, policy violation, flagged, "
            "inappropriate, risk control",
        ),
        (
            Meaning.TOO_LONG,
            "context length, context window, context size, context exceeded, too long, input length, max input",
        ),
        (
            Meaning.MODEL,
            "model not, model invalid, model unknown, model unsupported, model no, deployment not",
        ),
        (
            Meaning.KEY,
            "api key, apikey, authentication, unauthorized, unauthenticated, invalid token, expired token, "
            "unrecognized client, invalid signature",
        ),
    )
)


# A word of a code, also of one in CamelCase or in CAPITALS.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def fault_of(status: int, headers: Mapping[str, str], content: bytes) -> Fault:
    """Return the fault that an HTTP error is, from any bytes."""
    page = False
    try:
        body = decoded(content)
    except UnusableError as error:
        body, page = None, error.page
    fault = _fault(status, body, headers)
    if fault.message:
        return fault
    text = "a page" if page else " ".join(whole(content[:2000].decode("utf-8", "replace")).split())
    if 300 <= status < 400:
        text = f"it has moved to {headers.get('location') or 'nowhere'}"
    return fault._replace(message=text or "nothing said", page=page)


def hidden_fault(body: Any, headers: Mapping[str, str]) -> Fault | None:
    """Return the fault that came in the JSON of a reply with status 200; None where there is none."""
    return _fault(200, body, headers) if _is_fault(body) else None


_ACCOUNT = "the account has no credit left for this: top it up, or look at its balance, quota and billing"
_MODEL_OR_URL = "check the model's name (KAOGUAN_MODEL) and the base URL (OPENAI_BASE_URL)"
# What to do about a fault that every other call would meet as well.
_MENDS = {
    Meaning.CREDIT: _ACCOUNT,
    Meaning.KEY: "check OPENAI_API_KEY, and that it belongs to this endpoint",
    Meaning.FORBIDDEN: "check OPENAI_API_KEY, what it may be used for and from where",
    Meaning.MODEL: _MODEL_OR_URL,
    Meaning.PATH: "check OPENAI_BASE_URL: it usually ends in /v1",
    Meaning.NETWORK: "something on the way answers in its place: check the network, the proxy and OPENAI_BASE_URL",
    Meaning.LATER: "its share for today is used up: run the same command tomorrow, it goes on from here",
    Meaning.REJECTED: f"{_MODEL_OR_URL}, and what the endpoint says",
}
# Those of one call: why it gave nothing, and what to do.
_REASONS = {
    Meaning.BUSY: (Reason.RATE_LIMITED, "run again to complete it, with a lower --concurrency"),
    Meaning.BROKEN: (Reason.SERVER_ERROR, "run again to complete it"),
    Meaning.BLOCKED: (Reason.REFUSAL, "the endpoint's filter turned this one away: look at it yourself"),
    Meaning.TOO_LONG: (Reason.CONTEXT_EXCEEDED, "give the server a larger context, or lower KAOGUAN_MAX_TOKENS"),
    Meaning.FORBIDDEN: (Reason.REJECTED, "check what the endpoint says of it"),
    Meaning.REJECTED: (Reason.REJECTED, "check what the endpoint says of it"),
}


def error_for(fault: Fault, where: str, key: str, *, worked: bool) -> Unanswered | ProviderError:
    """Return our error: about this one call, or about the provider; `worked`: whether it has ever replied."""
    message = redacted(fault.message, key)
    meaning = fault.meaning
    if meaning in _REASONS and (worked or meaning is not Meaning.FORBIDDEN):
        reason, mend = _REASONS[meaning]
        said = f"{fault.status}: {message}" if fault.status != 200 else message
        return Unanswered(where, reason, said, mend=mend, retry_after=fault.retry_after, fault=fault.kind)
    return provider_error(fault, where, key)


def provider_error(fault: Fault, where: str, key: str) -> ProviderError:
    """Return the fault as one that every call meets."""
    mend = _MENDS.get(fault.meaning, "check the endpoint, and run again when it works")
    return ProviderError(where, f"answered {fault.status} ({redacted(fault.message, key)})", mend)


def _is_fault(body: Any) -> bool:
    """Return whether a body that came with status 200 is an error all the same."""
    if isinstance(body, list):
        return bool(body) and _is_fault(body[0])
    if not isinstance(body, Mapping):
        return False
    if body.get("error") and not isinstance(body["error"], bool | int | float):
        return True
    if (base := body.get("base_resp")) and isinstance(base, Mapping) and base.get("status_code") not in (0, "0", None):
        return True
    if body.get("choices") or isinstance(body.get("message"), Mapping):
        return any(isinstance(one, Mapping) and one.get("error") for one in _listed(body.get("choices")))
    named = body.get("error_code") or body.get("errorCode") or body.get("code")
    return body.get("object") == "error" or (bool(named) and str(named) not in {"0", "200", "success"})


_CODES = ("code", "type", "status", "reason", "error_type", "__type")
_MESSAGES = ("message", "Message", "msg", "detail", "error_msg", "errorMessage", "error", "status_msg", "title")


def _fault(status: int, body: Any, headers: Mapping[str, str]) -> Fault:
    parts = list(_parts(body))
    codes: set[str] = set()
    params, messages, flagged = [], [], False
    for part in parts:
        codes |= {str(part[name]).strip() for name in _CODES if _plain(part, name)}
        codes |= {f"error_code {part[name]}" for name in ("error_code", "errorCode") if _plain(part, name)}
        params += [str(part["param"])] if _plain(part, "param") else []
        params += [".".join(map(str, part["loc"]))] if isinstance(part.get("loc"), list) else []
        messages += [part[name] for name in _MESSAGES if isinstance(part.get(name), str) and part[name].strip()]
        flagged = flagged or any(part.get(name) for name in ("flagged_input", "contentFilter", "flagged", "moderation"))
        if isinstance(base := part.get("base_resp"), Mapping):
            codes.add(f"base_resp {base.get('status_code')}")
    numbers = [int(code) for code in codes if re.fullmatch("[45][0-9][0-9]", code)]
    return Fault(
        status=status if status >= 400 or not numbers else numbers[0],
        codes=frozenset(code[:80] for code in codes if code and code != "error" and code != str(status)),
        param=params[0][:80] if params else "",
        message=" ".join(whole(messages[0] if messages else "").split())[:2000],
        flagged=flagged,
        retry_after=_retry_after(headers, parts),
    )


def _parts(body: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of an error, innermost facts first: `error` and what is in it, then the body around it."""
    if isinstance(body, list) and depth < 5:
        for one in body[:5]:
            yield from _parts(one, depth + 1)
    if not isinstance(body, Mapping) or depth >= 5:
        return
    for name in ("error", "errors", "detail", "details", "choices", "innererror", "metadata", "base_resp"):
        yield from _parts(body.get(name), depth + 1)
    for name in ("raw", "message"):  # a gateway's, with the error of whoever is behind it written down
        yield from _parts(_written(body.get(name)), depth + 1)
    yield body


def _written(text: object) -> object:
    """Return the error that a text is the JSON of; None where it is none."""
    if not isinstance(text, str) or not text.startswith('{"error"'):
        return None
    try:
        return decoded(text.encode("utf-8", "replace"))
    except UnusableError:
        return None


def _plain(part: Mapping[str, Any], name: str) -> bool:
    value = part.get(name)
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _of_code(code: str) -> Meaning | None:
    words = frozenset(word.lower() for word in _WORD.findall(code))
    return next((meaning for meaning, sets in _SPOKEN if any(one <= words for one in sets)), None)


def _retry_after(headers: Mapping[str, str], parts: list[Mapping[str, Any]]) -> float | None:
    """Return the seconds to wait, from wherever an endpoint says so; None where it does not."""
    sent = {str(name).lower(): str(value) for name, value in headers.items()}
    if (milliseconds := _seconds(sent.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    said = [sent.get("retry-after"), *(part.get("retryDelay") for part in parts)]
    for told in (sent, *(part["headers"] for part in parts if isinstance(part.get("headers"), Mapping))):
        said += _resets({str(name).lower(): str(value) for name, value in told.items()})
    said += [part.get("estimated_time") for part in parts]
    return next((seconds for one in said if (seconds := _seconds(one)) is not None), None)


def _resets(headers: Mapping[str, str]) -> list[str]:
    """Return when the limits that are used up will be lifted (x-ratelimit-reset-tokens and its like)."""
    resets = {name: value for name, value in headers.items() if "ratelimit" in name and "reset" in name}
    return [value for name, value in resets.items() if headers.get(name.replace("reset", "remaining")) == "0"]


_UNITS = {"d": 86_400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|[dhms])")
# A number as large as this is a moment, in seconds or in milliseconds since 1970.
_MOMENT, _MOMENT_MS = 1e9, 1e11


def _seconds(said: object) -> float | None:
    """Return how many seconds from now a wait ends that is written as a number, as 1h30m0s, or as a date."""
    text = str(said).strip() if isinstance(said, str | int | float) else ""
    try:
        seconds = float(text)
        if seconds >= _MOMENT:
            seconds = (seconds / 1000 if seconds >= _MOMENT_MS else seconds) - time.time()
    except ValueError:
        if text and not _DURATION.sub("", text):
            seconds = sum(float(number) * _UNITS[unit] for number, unit in _DURATION.findall(text))
        elif (moment := _moment(text)) is not None:
            seconds = moment - time.time()
        else:
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _moment(text: str) -> float | None:
    for read in (email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(text).timestamp()
        except (ValueError, TypeError, OverflowError, OSError):
            continue
    return None
