"""Why a call gave nothing: about this one call (Unanswered) or about the provider (ProviderError)."""

from enum import StrEnum

from kaoguan.errors import ExitCode, KaoguanError, ProviderError
from kaoguan.models import Usage


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
        self, where: str, reason: Reason, detail: str, *, usage: Usage | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(where, f"{reason.value.replace('_', ' ')} ({detail})", "run again to complete it")
        self.reason = reason
        self.usage = usage or Usage()
        self.retry_after = retry_after
