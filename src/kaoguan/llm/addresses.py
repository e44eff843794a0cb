"""What an endpoint's address says, and settings as people really have them: with line breaks, quotes, pasted paths."""

import ipaddress
import os
import re
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from kaoguan.config import Settings
from kaoguan.errors import ProviderError, SettingError

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_QUOTES = "\"'“”‘’「」`"
# What people paste behind the base.
_CALLS = re.compile(r"/(chat/completions|completions|models|embeddings)/*$")
_VERSION = re.compile(r"/v\d+\w*(/|$)|/openai(/|$)", re.IGNORECASE)


def checked(settings: Settings) -> Settings:
    """Return the settings of an endpoint without what slips in where they are pasted.

    Raises ProviderError when no endpoint is configured, SettingError.
    """
    if not settings.has_endpoint:
        mend = "export OPENAI_API_KEY=… (and OPENAI_BASE_URL=… for another endpoint), or work offline: --judge offline"
        raise ProviderError("language model", "no endpoint is configured", mend)
    key, model = _bare(settings.api_key), _bare(settings.model)
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingError(
            "environment variable OPENAI_API_KEY", "holds characters that no key has", "copy the key once more, plainly"
        )
    if model and not model.isprintable():
        raise SettingError("KAOGUAN_MODEL", f"is {model!r}, which is no model's name", "write the name on one line")
    base_url = _base(_bare(settings.base_url)) if settings.base_url else None
    return replace(settings, api_key=key, model=model, base_url=base_url)


def needs_environment(settings: Settings) -> bool:
    """Return whether proxies and certificates of the environment count: not for a server on this machine.

    Raises SettingError for certificates that are not there, which would otherwise be told as anything.
    """
    if settings.base_url and is_local(settings.base_url):
        return False
    for name in _CERTIFICATES:
        if (path := os.environ.get(name)) and not os.path.exists(path):  # noqa: PTH110 - a Path would take "" for here
            raise SettingError(f"environment variable {name}", f"names {path!r}, which is not there", f"unset {name}")
    return True


def is_local(base_url: str) -> bool:
    """Return whether the endpoint stands on this machine or in a private network, where places are few."""
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # A name without dots is one of this network: a container, a machine.
        return "." not in host or host.endswith((".local", ".lan", ".internal", ".home", ".localhost"))
    return address.is_private or address.is_loopback or address.is_unspecified


def lacks_version(base_url: str) -> bool:
    """Return whether nothing in the path looks like /v1."""
    return not _VERSION.search(urlsplit(base_url).path)


def query_of(base_url: str | None) -> dict[str, str]:
    """Return what a base URL asks to be sent with every request (Azure's api-version)."""
    return dict(parse_qsl(urlsplit(base_url).query)) if base_url else {}


def without_query(base_url: str | None) -> str | None:
    """Return the base URL alone."""
    return urlunsplit((*urlsplit(base_url)[:3], "", "")) if base_url else None


def login_of(base_url: str) -> tuple[str, str] | None:
    """Return the name and password in a base URL, as servers behind a password of nginx's want them."""
    parts = urlsplit(base_url)
    return (unquote(parts.username or ""), unquote(parts.password or "")) if "@" in parts.netloc else None


def without_login(base_url: str) -> str:
    """Return the base URL without name and password."""
    parts = urlsplit(base_url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _bare(value: str | None) -> str | None:
    return (value.strip().strip(_QUOTES).strip() or None) if value else None


def _base(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        if (
            parts.scheme.lower() not in ("http", "https")
            or not parts.hostname
            or parts.port == 0
            or not url.isprintable()
            or " " in url
        ):
            raise ValueError("no host")
    except ValueError as error:
        raise SettingError(
            "OPENAI_BASE_URL (base_url)", f"{url!r} is no address", "write all of it: https://…/v1"
        ) from error
    path = _CALLS.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
