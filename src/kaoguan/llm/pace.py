"""How fast an endpoint may be asked: pure decisions, told the time by the caller.

Concurrency follows AIMD, as congestion control does (Chiu and Jain 1989): one more after as many good replies as there
are places, three in ten fewer when the endpoint refuses too often. A single refusal among many good replies says
nothing about the pace, and only its own call waits. A server of one's own may have a single place and says nothing: it
is asked for one reply at a time, then for twice as many as long as that makes it quicker.
"""

from typing import NamedTuple

# Refusals among the last thirty replies or so from which on the pace is too fast.
_TOO_MANY = 0.15
_MEMORY = 0.05
_CUT = 0.7


class Limits(NamedTuple):
    """What an account allows; None where there is no limit. `start`: how many requests at first, None for all."""

    concurrency: int
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    start: int | None = None


class Pace:
    """When the next request may go out."""

    def __init__(self, limits: Limits) -> None:
        self.limit = float(limits.start or limits.concurrency)
        self.in_flight = 0
        self._growth = _Growth(self.limit) if limits.start else None
        self._most = limits.concurrency
        self._requests = _Bucket(limits.requests_per_minute)
        self._tokens = _Bucket(limits.tokens_per_minute)
        self._refused = 0.0
        self._resume = 0.0
        self._cut_at = 0.0

    def delay(self, now: float) -> float | None:
        """Return in how many seconds a request may go out; None: not before another one has ended."""
        if self.in_flight >= max(1, int(self.limit)):
            return None
        return max(0.0, self._resume - now, self._requests.delay(now), self._tokens.delay(now))

    def begin(self, tokens: int) -> None:
        """Count a request that goes out, of about this many tokens."""
        self.in_flight += 1
        self._requests.take(1)
        self._tokens.take(tokens)

    def end(self, requests: int, tokens: int) -> None:
        """Count what came back: how many more requests and tokens it took than was thought."""
        self.in_flight -= 1
        self._requests.take(requests)
        self._tokens.take(tokens)

    def went_well(self, began: float = 0.0, now: float = 0.0) -> None:
        """Take a good reply as a sign; `began` is when its request went out."""
        self._refused *= 1 - _MEMORY
        if self._growth:
            self.limit = min(float(self._most), self._growth.after(began, now))
            return
        self.limit = min(float(self._most), self.limit + 1 / self.limit)

    def was_refused(self, began: float, now: float, retry_after: float | None) -> None:
        """Take a 429 as a sign; `began` is when its request went out."""
        self._refused += _MEMORY * (1 - self._refused)
        if self._refused < _TOO_MANY:
            return
        self._growth = None
        self._resume = max(self._resume, now + (retry_after or 0.0))
        # Requests that went out before the last cut say nothing about the pace since.
        if began >= self._cut_at:
            self.limit = max(1.0, self.limit * _CUT)
            self._cut_at = now


# A server with more places than are used is nearly twice as quick with twice as many requests.
_QUICKER = 1.3
# Replies at each step, for every place: fewer tell little, more take long.
_REPLIES = 2


class _Growth:
    """How many places a server turns out to have: doubled, as long as that makes it quicker."""

    def __init__(self, start: float) -> None:
        self._places = start
        self._found = False
        self._since: float | None = None
        self._replies = 0
        self._rate = 0.0

    def after(self, began: float, now: float) -> float:
        """Return the number of places after one more reply."""
        if self._found:
            return self._places
        if self._since is None:  # before the first reply it was found out what the endpoint can do
            self._since = now
        elif began >= self._since:  # a reply to a request from before this step says nothing about it
            self._replies += 1
        if self._replies >= _REPLIES * self._places and now > self._since:
            rate = self._replies / (now - self._since)
            if rate < _QUICKER * self._rate:
                self._found = True
                self._places /= 2
            else:
                self._places *= 2
                self._rate, self._since, self._replies = rate, now, 0
        return self._places


class _Bucket:
    """A bucket that fills at a steady rate and may be overdrawn: what is taken too much is waited for."""

    def __init__(self, per_minute: int | None) -> None:
        self._rate = per_minute / 60 if per_minute else None
        self._level = 0.0
        self._seen: float | None = None

    def delay(self, now: float) -> float:
        if self._rate is None:
            return 0.0
        if self._seen is None:
            self._seen = now
        # Never more than a second's worth is saved up, so that no minute holds more than its share.
        self._level = min(self._rate, self._level + (now - self._seen) * self._rate)
        self._seen = now
        return max(0.0, -self._level / self._rate)

    def take(self, amount: float) -> None:
        self._level -= amount
