"""Why a call gave nothing: about this one call (Unanswered) or about the provider (ProviderError)."""

import re
from enum import StrEnum
from typing import TypeVar

from kaoguan.errors import ExitCode, KaoguanError, ProviderError
from kaoguan.models import Usage
from kaoguan.text import one_line


class Reason(StrEnum):
    """Why one call gave no usable reply; a grade that rests on it is unscored and says so."""

    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    EMPTY_REPLY = "empty_reply"
    INVALID_REPLY = "invalid_reply"
    CONTEXT_EXCEEDED = "context_exceeded"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    CONNECTION = "connection"
    REJECTED = "rejected"
    NO_REPLY_YET = "no_reply_yet"

    @property
    def transient(self) -> bool:
        """Return whether the same call may well succeed later."""
        return self in {Reason.TIMEOUT, Reason.RATE_LIMITED, Reason.SERVER_ERROR, Reason.CONNECTION}


class OutOfReachError(ProviderError):
    """Nothing answers at this address: a wrong one, or an outage, which may pass."""


class Unanswered(KaoguanError):  # noqa: N818 - named for what happened; every error is one
    """One call gave nothing usable. What it took is in `usage`; `retry_after` is in seconds where the server said."""

    exit_code = ExitCode.SOME_UNSCORED

    def __init__(
        self,
        where: str,
        reason: Reason,
        detail: str,
        *,
        mend: str = "run again to complete it",
        usage: Usage | None = None,
        retry_after: float | None = None,
        fault: str = "",
    ) -> None:
        super().__init__(where, f"{reason.value.replace('_', ' ')} ({detail})", mend)
        self.reason = reason
        self.usage = usage or Usage()
        self.retry_after = retry_after
        self.fault = fault
        """What stays the same when the endpoint says the same once more; empty where it said nothing."""


Failure = TypeVar("Failure", bound=KaoguanError)


def counted(error: Failure, requests: int = 1) -> Failure:
    """Return the error with what it took: a request that failed was made."""
    if isinstance(error, Unanswered):
        error.usage += Usage(requests=requests)
    return error


# Local servers take any key, such as "none" or "ollama"; these are words, and no secrets.
_SHORTEST_KEY = 8
_LONGEST = 300


def without_key(text: str, key: str) -> str:
    """Return the text with the key left out, for an endpoint has it and may say it back."""
    return text if len(key) < _SHORTEST_KEY else text.replace(key, "…")


def redacted(text: str, key: str) -> str:
    """Return what an endpoint said on one line, without the key or what looks like a part of one."""
    line = without_key(one_line(text), key)
    # Parts of keys, too, as in "sk-ab***yz".
    return re.sub(r"\b(sk|key|api)[-_][A-Za-z0-9_*.-]{6,}|Bearer \S+", "…", line)[:_LONGEST]
