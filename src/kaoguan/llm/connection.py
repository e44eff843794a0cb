"""Chat completions over HTTP: JSON out, bytes back, whatever their status.

Over aiohttp itself, for what the SDK does around a request takes the processor several times as long as the request:
retries and checks of fields, on which no two servers agree, are ours anyway.
"""

import base64
import json
import os
import ssl
import urllib.request
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp

from kaoguan.config import Settings
from kaoguan.errors import SettingError
from kaoguan.llm.addresses import checked, login_of, needs_environment, query_of, without_login, without_query
from kaoguan.llm.failures import OutOfReachError, Reason, Unanswered, redacted
from kaoguan.models import Usage

OPENAI = "https://api.openai.com/v1"
# A server that is there takes a connection at once, however long it thinks afterwards.
_CONNECT_SECONDS = 15.0
_LONGEST_HEADER = 1 << 17
_REDIRECTS = frozenset({301, 302, 307, 308})
_MOST_REDIRECTS = 3


class Response(NamedTuple):
    """What an endpoint sent."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Connection:
    """The connections to one endpoint, as many as are asked for at once; on the event loop where it is first asked."""

    def __init__(self, settings: Settings) -> None:
        """Raise ProviderError when no endpoint is configured, SettingError when none can be reached like this."""
        settings = checked(settings)
        address = without_login(without_query(settings.base_url) or OPENAI).rstrip("/")
        self.base_url = f"{address}/"
        self._query = query_of(settings.base_url)
        self._proxy = _proxy(address) if needs_environment(settings) else None
        self._timeout = aiohttp.ClientTimeout(sock_connect=min(_CONNECT_SECONDS, settings.timeout))
        self._tls = _tls() if address.startswith("https:") else True
        self._headers = _headers(settings.api_key, login_of(settings.base_url or OPENAI))
        self._urls: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None

    async def post(self, path: str, body: Mapping[str, Any]) -> Response:
        """Return the reply, however long it takes. Raises Unanswered, OutOfReachError."""
        url = self._urls.get(path) or self._url(path)
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        for _ in range(_MOST_REDIRECTS):
            response = await self._sent(url, content)
            moved = urljoin(url, response.headers.get("location", ""))
            if response.status not in _REDIRECTS or not _same_host(moved, url):
                return response
            url = self._urls[path] = moved
        return response

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def _sent(self, url: str, content: bytes) -> Response:
        session = self._session = self._session or aiohttp.ClientSession(
            # Pace decides how many there are.
            connector=aiohttp.TCPConnector(limit=0, ssl=self._tls),
            headers=self._headers,
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            # Gateways send cookies and policies of any size.
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )
        try:
            async with session.post(url, data=content, proxy=self._proxy, allow_redirects=False) as response:
                return Response(response.status, response.headers, await response.read())
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> Unanswered | OutOfReachError:
        """Return what a connection that gave no reply means."""
        unreached = aiohttp.ClientConnectorError | aiohttp.ServerTimeoutError | aiohttp.InvalidURL
        if isinstance(error, unreached | aiohttp.ClientHttpProxyError):
            return out_of_reach(self.base_url, error, proxied=self._proxy is not None)
        return Unanswered(self.base_url, Reason.CONNECTION, "the connection broke", usage=Usage(requests=1))

    def _url(self, path: str) -> str:
        query = f"?{urlencode(self._query)}" if self._query else ""
        url = self._urls[path] = f"{self.base_url}{path.lstrip('/')}{query}"
        return url


def out_of_reach(where: str, error: Exception, *, proxied: bool) -> OutOfReachError:
    """Return that nobody answers at this address."""
    mend = "check OPENAI_BASE_URL and the network"
    if proxied:
        mend += f", and the proxy of {', '.join(proxies())}"
    return OutOfReachError(where, f"cannot be reached ({redacted(str(error) or type(error).__name__, '')})", mend)


def out_of_time(where: str) -> Unanswered:
    """Return that no reply came in time."""
    mend = "give it more time: KAOGUAN_TIMEOUT=seconds (kaoguan doctor says how many it needs)"
    return Unanswered(where, Reason.TIMEOUT, "no reply in time", mend=mend)


def proxies() -> list[str]:
    """Return the environment variables that name proxies."""
    return [f"{scheme}_proxy" for scheme in sorted(urllib.request.getproxies()) if scheme != "no"]


def _proxy(address: str) -> str | None:
    """Return the proxy of the environment (or the system) for an address. Raises SettingError for one of no use."""
    parts = urlsplit(address)
    found = urllib.request.getproxies()
    name = parts.scheme if found.get(parts.scheme) else "all"
    proxy = found.get(name)
    if not proxy or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    try:
        usable = urlsplit(proxy).scheme in ("http", "https") and bool(urlsplit(proxy).hostname and urlsplit(proxy).port)
    except ValueError:
        usable = False
    if not usable:
        what = f"names {redacted(proxy, '')!r}, which is no proxy for HTTP"
        raise SettingError(f"environment variable {name}_proxy", what, "write it as http://HOST:PORT, or unset it")
    return proxy


def _tls() -> ssl.SSLContext:
    # The certificates of the system, wherever it has them, and those of SSL_CERT_FILE; 0.1 s, for no local server.
    from httpx2 import create_ssl_context

    try:
        return create_ssl_context()
    except (OSError, ValueError) as error:
        raise SettingError("environment variable SSL_CERT_FILE", f"cannot be used ({error})", "unset it") from error


def _headers(key: str | None, login: tuple[str, str] | None) -> dict[str, str]:
    headers = {
        # Local servers want no key, but some want the header.
        "Authorization": _basic(*login) if login else f"Bearer {key or 'none'}",
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": "kaoguan",
    }
    # Who pays, as OpenAI's own SDK takes it from the environment.
    payers = {"OpenAI-Organization": "OPENAI_ORG_ID", "OpenAI-Project": "OPENAI_PROJECT_ID"}
    named = {header: os.environ.get(name, "").strip() for header, name in payers.items()}
    return headers | {
        header: value for header, value in named.items() if value and value.isascii() and value.isprintable()
    }


def _same_host(url: str, other: str) -> bool:
    """Return whether the key may go there as well: to the same host, and not from https to http."""
    one, two = urlsplit(url), urlsplit(other)
    return url != other and one.hostname == two.hostname and one.scheme in ("https", two.scheme)


def _basic(name: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"
