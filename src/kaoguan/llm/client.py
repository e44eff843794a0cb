"""The SDK's client, for calls that nothing runs beside (vectors, batches, lists of models); its errors made ours."""

import httpx2
import openai

from kaoguan.config import Settings
from kaoguan.errors import ProviderError, SettingError
from kaoguan.llm.addresses import checked, needs_environment, query_of, without_query
from kaoguan.llm.connection import out_of_reach, out_of_time, proxies
from kaoguan.llm.failures import Reason, Unanswered, redacted
from kaoguan.llm.faults import error_for, fault_of

# The SDK waits .5 s, 1 s, 2 s … between tries, or as long as Retry-After says (up to two minutes).
RETRIES = 2


def synchronous(settings: Settings, *, retries: int = RETRIES) -> openai.OpenAI:
    """Return a client. Raises ProviderError when no endpoint is configured, SettingError."""
    settings = checked(settings)
    try:
        return openai.OpenAI(
            api_key=settings.api_key or "none",
            base_url=without_query(settings.base_url),
            default_query=query_of(settings.base_url),
            timeout=settings.timeout,
            max_retries=retries,
            http_client=openai.DefaultHttpxClient(trust_env=needs_environment(settings)),
        )
    except (ValueError, TypeError, OSError, httpx2.InvalidURL, ImportError) as error:
        raise _unopened(error) from error


def _unopened(error: Exception) -> SettingError:
    where = f"environment variable {', '.join(proxies())}" if proxies() else "OPENAI_BASE_URL"
    mend = "write proxies as http://HOST:PORT, or unset them" if proxies() else "write all of it: https://…/v1"
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
    if isinstance(error, openai.APITimeoutError):
        return out_of_time(where)
    cause = error.__cause__
    if isinstance(cause, httpx2.ConnectError | httpx2.ProxyError | httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return out_of_reach(where, cause, proxied=bool(proxies()))
    return Unanswered(where, Reason.CONNECTION, "the connection broke")


def said(error: Exception) -> str:
    """Return the error's message on one line, without the key that some endpoints repeat."""
    return redacted(str(error), _key(error))


def _key(error: Exception) -> str:
    if not isinstance(error, openai.APIError):
        return ""
    return str(error.request.headers.get("authorization", "")).removeprefix("Bearer ")
