"""The SDK's client, made from the settings; and the SDK's errors, turned into ours."""

import re

import openai

from kaoguan.config import Settings
from kaoguan.errors import ProviderError
from kaoguan.llm.failures import OutOfReachError, Reason, Unanswered
from kaoguan.text import printable

# The SDK waits .5 s, 1 s, 2 s … between tries, or as long as Retry-After says (up to two minutes).
RETRIES = 2
# Local servers take any key, such as "none" or "ollama"; these are words, and no secrets.
_SHORTEST_KEY = 8

_TOO_LONG = re.compile(r"context|too (long|many tokens)|maximum.{0,20}(length|tokens)|exceed", re.IGNORECASE)
_BLOCKED = re.compile(r"content.?(filter|policy|management)|data_inspection|inappropriate|safety", re.IGNORECASE)
_NO_MODEL = re.compile(r"model.{0,60}(not (exist|found)|unknown|invalid|does not exist)", re.IGNORECASE)
_NO_MONEY = re.compile(r"insufficient|quota|balance|arrear|billing", re.IGNORECASE)


def asynchronous(settings: Settings, *, retries: int = RETRIES) -> openai.AsyncOpenAI:
    """Return the client that chat goes through. Raises ProviderError when no endpoint is configured."""
    require(settings)
    return openai.AsyncOpenAI(
        # Local servers want no key, but the SDK insists on one.
        api_key=settings.api_key or "none",
        base_url=settings.base_url,
        timeout=settings.timeout,
        max_retries=retries,
        http_client=openai.DefaultAioHttpClient(),
    )


def synchronous(settings: Settings, *, retries: int = RETRIES) -> openai.OpenAI:
    """Return a client for the few calls that nothing runs beside. Raises ProviderError."""
    require(settings)
    return openai.OpenAI(
        api_key=settings.api_key or "none", base_url=settings.base_url, timeout=settings.timeout, max_retries=retries
    )


def require(settings: Settings) -> None:
    """Raise ProviderError when no endpoint is configured."""
    if not settings.has_endpoint:
        mend = "export OPENAI_API_KEY=… (and OPENAI_BASE_URL=… for another endpoint), or work offline: --judge offline"
        raise ProviderError("language model", "no endpoint is configured", mend)


def translated(error: openai.OpenAIError, where: str) -> Unanswered | ProviderError:
    """Return our error for the SDK's: about this one call, or about the provider."""
    if isinstance(error, openai.APIStatusError):
        return _status(error, where)
    if isinstance(error, openai.APIConnectionError):
        return _connection(error, where)
    return Unanswered(where, Reason.SERVER_ERROR, said(error))


def _status(error: openai.APIStatusError, where: str) -> Unanswered | ProviderError:
    code, message = error.status_code, said(error)
    if mend := _beyond_this_call(code, message):
        return ProviderError(where, f"answered {code} ({message})", mend)
    if code == 429:
        reason = Reason.RATE_LIMITED
    elif code >= 500 or code in (408, 409):
        reason = Reason.SERVER_ERROR
    elif _BLOCKED.search(message):
        reason = Reason.REFUSAL
    elif code == 413 or _TOO_LONG.search(message):
        reason = Reason.CONTEXT_EXCEEDED
    else:
        reason = Reason.REJECTED
    return Unanswered(where, reason, f"{code}: {message}", retry_after=_retry_after(error))


def _beyond_this_call(code: int, message: str) -> str | None:
    """Return the remedy for a fault that every other call would meet as well; None when it is this call's."""
    if code in (401, 403):
        return "check OPENAI_API_KEY, and that it belongs to this endpoint"
    if code == 404 or (code == 400 and _NO_MODEL.search(message)):
        return "check the model's name (KAOGUAN_MODEL) and the base URL (OPENAI_BASE_URL)"
    if code == 402 or (code == 429 and _NO_MONEY.search(message)):
        return "top up the account, or wait for the quota to be renewed"
    return None


def _connection(error: openai.APIConnectionError, where: str) -> Unanswered | ProviderError:
    causes = _causes(error)
    # Over aiohttp the SDK calls a connection that was refused or reset a timeout as well; the first cause tells.
    names = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    timed_out = isinstance(error, openai.APITimeoutError)
    if timed_out and (not causes or any(isinstance(cause, TimeoutError) for cause in causes)):
        return Unanswered(where, Reason.TIMEOUT, "no reply in time; to wait longer: KAOGUAN_TIMEOUT=seconds")
    if names & {"ConnectError", "ClientConnectorError", "UnsupportedProtocol"}:
        why = _redacted(str(causes[-1]) or type(causes[-1]).__name__)
        return OutOfReachError(where, f"cannot be reached ({why})", "check OPENAI_BASE_URL and the network")
    return Unanswered(where, Reason.CONNECTION, "the connection broke")


def _causes(error: BaseException) -> list[BaseException]:
    causes = []
    cause = error.__cause__
    while cause:
        causes.append(cause)
        cause = cause.__cause__
    return causes


def _retry_after(error: openai.APIStatusError) -> float | None:
    try:
        return float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None


def said(error: Exception) -> str:
    """Return the error's message on one line, without the key that some endpoints repeat."""
    text = " ".join(printable(str(error)).split())
    if isinstance(error, openai.APIError):
        text = without_key(text, error.request.headers.get("authorization", "").removeprefix("Bearer "))
    return _redacted(text)[:300]


def without_key(text: str, key: str) -> str:
    """Return the text with the key left out, for an endpoint has it and may say it back."""
    return text if len(key) < _SHORTEST_KEY else text.replace(key, "…")


def _redacted(text: str) -> str:
    # Parts of keys, too, as in "sk-ab***yz".
    return re.sub(r"\b(sk|key|api)[-_][A-Za-z0-9_*.-]{6,}|Bearer \S+", "…", text)
