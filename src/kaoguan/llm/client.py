"""The SDK's client, made from the settings; and the SDK's errors, turned into ours."""

import base64
import os
import urllib.request
from typing import Any

import httpx2
import openai

from kaoguan.config import Settings
from kaoguan.errors import ProviderError, SettingError
from kaoguan.llm.addresses import checked, login_of, needs_environment, query_of, without_login, without_query
from kaoguan.llm.failures import OutOfReachError, Reason, Unanswered, redacted
from kaoguan.llm.faults import error_for, fault_of

# How often a passing fault is tried again, where nobody asks at a pace of their own (`Retrying`).
RETRIES = 2
# A server that is there takes a connection at once, however long it thinks afterwards.
_CONNECT_SECONDS = 15.0
_MOST_REDIRECTS = 3
# Who pays, as the SDK takes it from the environment.
_PAYERS = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID")
_PROXIES = ("all_proxy", "https_proxy", "http_proxy", "no_proxy")


def asynchronous(settings: Settings) -> openai.AsyncOpenAI:
    """Return the client that chat goes through. Raises ProviderError when no endpoint is configured, SettingError.

    It waits for a reply for ever, and asks once: time and further tries are kept by who asks.
    """
    settings = checked(settings)
    try:
        return openai.AsyncOpenAI(
            **_address(settings),
            timeout=httpx2.Timeout(None, connect=min(_CONNECT_SECONDS, settings.timeout)),
            max_retries=0,
            http_client=openai.DefaultAioHttpClient(
                trust_env=needs_environment(settings), max_redirects=_MOST_REDIRECTS
            ),
        )
    except (ValueError, TypeError, OSError, httpx2.InvalidURL, ImportError) as error:
        raise _unopened(error) from error


def synchronous(settings: Settings, *, retries: int = RETRIES) -> openai.OpenAI:
    """Return a client for the few calls that nothing runs beside. Raises ProviderError, SettingError."""
    settings = checked(settings)
    try:
        return openai.OpenAI(
            **_address(settings),
            timeout=settings.timeout,
            max_retries=retries,
            http_client=openai.DefaultHttpxClient(trust_env=needs_environment(settings)),
        )
    except (ValueError, TypeError, OSError, httpx2.InvalidURL, ImportError) as error:
        raise _unopened(error) from error


def _address(settings: Settings) -> dict[str, Any]:
    """Return what both clients take: where the endpoint is, and who asks."""
    url = settings.base_url
    for name in _PAYERS:
        if not (value := os.environ.get(name, "")).isascii() or not value.isprintable():
            raise SettingError(f"environment variable {name}", "holds what no header can", f"unset {name}")
    # Local servers want no key, but the SDK insists on one.
    common: dict[str, Any] = {"api_key": settings.api_key or "none", "default_query": query_of(url)}
    if url is None:
        return common
    login = login_of(url)
    headers = {"Authorization": _basic(*login)} if login else {}
    return common | {"base_url": without_login(without_query(url) or url), "default_headers": headers}


def _basic(name: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


def _unopened(error: Exception) -> SettingError:
    set_ = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.upper())]
    where = f"environment variable {', '.join(set_)}" if set_ else "OPENAI_BASE_URL"
    mend = "write proxies as http://HOST:PORT, or unset them" if set_ else "write all of it: https://…/v1"
    return SettingError(where, f"no connection can be made with it ({error})", mend)


def translated(error: openai.OpenAIError, where: str) -> Unanswered | ProviderError:
    """Return our error for the SDK's: about this one call, or about the provider."""
    if isinstance(error, openai.APIStatusError):
        fault = fault_of(error.status_code, error.response.headers, error.response.content)
        return error_for(fault, where, _key(error), worked=False)
    if isinstance(error, openai.APIConnectionError):
        return _connection(error, where)
    return Unanswered(where, Reason.SERVER_ERROR, said(error))


def _connection(error: openai.APIConnectionError, where: str) -> Unanswered | ProviderError:
    causes = _causes(error)
    # Over aiohttp the SDK calls a connection that was refused or reset a timeout as well; the first cause tells.
    names = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    timed_out = isinstance(error, openai.APITimeoutError)
    if timed_out and (not causes or any(isinstance(cause, TimeoutError) for cause in causes)):
        return out_of_time(where)
    if names & {
        "ConnectError",
        "ClientConnectorError",
        "UnsupportedProtocol",
        "ProxyError",
        "InvalidURL",
        "TooManyRedirects",
    }:
        why = redacted(str(causes[-1]) or type(causes[-1]).__name__, "")
        mend = "check OPENAI_BASE_URL and the network"
        if through := [f"{scheme}_proxy" for scheme in urllib.request.getproxies() if scheme != "no"]:
            mend += f", and the proxy of {', '.join(sorted(through))}"
        return OutOfReachError(where, f"cannot be reached ({why})", mend)
    return Unanswered(where, Reason.CONNECTION, "the connection broke")


def out_of_time(where: str) -> Unanswered:
    """Return that no reply came in time."""
    mend = "give it more time: KAOGUAN_TIMEOUT=seconds (kaoguan doctor says how many it needs)"
    return Unanswered(where, Reason.TIMEOUT, "no reply in time", mend=mend)


def _causes(error: BaseException) -> list[BaseException]:
    causes = []
    cause = error.__cause__
    while cause:
        causes.append(cause)
        cause = cause.__cause__
    return causes


def said(error: Exception) -> str:
    """Return the error's message on one line, without the key that some endpoints repeat."""
    return redacted(str(error), _key(error))


def _key(error: Exception) -> str:
    if not isinstance(error, openai.APIError):
        return ""
    return str(error.request.headers.get("authorization", "")).removeprefix("Bearer ")
