"""A language model asked at the pace it can bear, and again where it is worth it. Implements `ChatModel`."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from kaoguan.errors import ProviderError
from kaoguan.llm import Asked, Message, OutOfReachError, Reason, Said, Unanswered, Usage
from kaoguan.llm.messages import Located, Value
from kaoguan.llm.pace import Pace
from kaoguan.llm.prices import Price

# How often one call is made at most. Waiting ends a 429; what else breaks now and then seldom breaks so often.
_TRIES = {
    Reason.RATE_LIMITED: 30,
    Reason.SERVER_ERROR: 6,
    Reason.CONNECTION: 6,
    Reason.TIMEOUT: 3,
    # The model has had its chance to repair it. By chance it breaks twice in one of a thousand answers.
    Reason.INVALID_REPLY: 2,
    Reason.EMPTY_REPLY: 2,
}
# An endpoint that has worked before is waited for this long altogether when it cannot be reached: about a minute.
_OUTAGE_TRIES = 7
# One that fails so often without a reply in between, and for so long where it has worked before, is given up.
_HOPELESS_FAILURES, _HOPELESS_SECONDS = 20, 60.0
# A slower pace may be all that a slow one needs.
_HANGING_SECONDS = 300.0
_FAILURES = frozenset({Reason.SERVER_ERROR, Reason.CONNECTION, Reason.TIMEOUT})
# One that has never replied and only says "too often" is not only busy for the moment.
_BUSY_SECONDS = 30.0
# The same refusal so many times in a row is no matter of the single answers.
_SAME_REFUSALS = 10
# Whoever waits longer than the first hears of it; longer than the second nobody waits.
_SILENT_WAIT, _LONGEST_ASKED_WAIT = 20.0, 300.0
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0

_Reply = TypeVar("_Reply", Asked, Said)  # type: ignore[type-arg]


class Retrying:
    """Asks within a pace; transient faults are tried again with growing waits, or as long as Retry-After says.

    An endpoint that turns out to be of no use (a key that is no longer taken, no credit, nothing but failures, the same
    refusal again and again) is not asked again: every call that waits, and every later one, raises the same
    ProviderError.
    """

    def __init__(
        self,
        model: Located,
        pace: Pace,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tell: Callable[[str], None] = lambda text: None,
    ) -> None:
        """`tell` hears each different fault once, and of long waits."""
        self._model = model
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._queue: deque[asyncio.Future[None]] = deque()
        self._resting: set[asyncio.Future[None]] = set()
        self._worked = False
        self._failures = 0
        self._failing_since = 0.0
        self._refusals = ("", 0)
        self._busy_since: float | None = None
        self._tell = tell
        self._told: set[str] = set()
        self.over: ProviderError | None = None
        """Why the endpoint is of no use; None while it is."""
        self.spent = Usage()
        """What all calls have taken so far."""

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._model.name

    @property
    def where(self) -> str:
        """Return the model and its endpoint."""
        return self._model.where

    @property
    def price(self) -> Price | None:
        """Return the price of its tokens; None when unknown."""
        return self._model.price

    async def close(self) -> None:
        """Close the model's connections."""
        await self._model.close()

    async def ask(
        self, messages: Sequence[Message], schema: type[Value], *, max_tokens: int | None = None
    ) -> Asked[Value]:
        """Return a reply of this schema. Raises Unanswered, ProviderError."""
        return await self._again(lambda: self._model.ask(messages, schema, max_tokens=max_tokens), _tokens(messages))

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        """Return a reply in plain text. Raises Unanswered, ProviderError."""
        return await self._again(lambda: self._model.say(messages, max_tokens=max_tokens), _tokens(messages))

    async def _again(self, call: Callable[[], Awaitable[_Reply]], tokens: int) -> _Reply:
        spent = Usage()
        tried = 0
        while True:
            tried += 1
            try:
                reply = await self._once(call, tokens)
            except Unanswered as error:
                spent += error.usage
                if tried >= _TRIES.get(error.reason, 1):
                    error.usage = spent
                    self._say_once(error.reason + error.fault, str(error))
                    raise
                wait = error.retry_after
            except ProviderError as error:
                outage = isinstance(error, OutOfReachError) and self._worked
                if not outage or tried >= _OUTAGE_TRIES:
                    self._give_up(error)
                    raise
                wait = None
            else:
                return reply._replace(usage=spent + reply.usage)
            backoff = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(tried - 1, 9))
            await self._rest(wait if wait is not None else backoff * random.uniform(0.5, 1))  # noqa: S311 - no secret

    async def _once(self, call: Callable[[], Awaitable[_Reply]], tokens: int) -> _Reply:
        await self._enter(tokens)
        began = self._clock()
        usage = Usage()
        try:
            reply = await call()
        except ProviderError:
            usage = Usage(requests=1)
            raise
        except Unanswered as error:
            usage = error.usage
            # A server with few places lets the others wait until they give up.
            if error.reason in (Reason.RATE_LIMITED, Reason.TIMEOUT):
                self._pace.was_refused(began, self._clock(), error.retry_after)
            self._count(error)
            raise
        else:
            usage = reply.usage
            self._worked = True
            self._failures = 0
            self._refusals, self._busy_since = ("", 0), None
            self._pace.went_well(began, self._clock())
            return reply
        finally:
            self.spent += usage
            self._pace.end(max(0, usage.requests - 1), usage.prompt_tokens + usage.completion_tokens - tokens)
            self._wake()

    async def _enter(self, tokens: int) -> None:
        """Wait for a place, first come, first served."""
        while (delay := self._pace.delay(self._clock())) != 0.0 and not self.over:
            if delay is None:
                place = asyncio.get_running_loop().create_future()
                self._queue.append(place)
                await place
            else:
                await self._rest(delay)
        if self.over:
            raise self.over
        self._pace.begin(tokens)

    async def _rest(self, seconds: float) -> None:
        """Wait, or until the endpoint is given up. Raises ProviderError."""
        resting = asyncio.ensure_future(self._sleep(seconds))
        self._resting.add(resting)
        try:
            await resting
        except asyncio.CancelledError:
            if self.over and resting.cancelled():
                raise self.over from None
            resting.cancel()
            raise
        finally:
            self._resting.discard(resting)

    def _count(self, error: Unanswered) -> None:
        """Take a failed call as a sign. Raises ProviderError when there were too many, or it is to be a long wait."""
        wait = error.retry_after or 0.0
        if wait > _LONGEST_ASKED_WAIT:
            until = (datetime.now().astimezone() + timedelta(seconds=wait)).strftime("%Y-%m-%d %H:%M")
            mend = f"run the same command again after {until}, it goes on from here"
            raise ProviderError(error.where, f"asks to wait {_duration(wait)} ({error.what})", mend) from error
        if wait > _SILENT_WAIT:
            self._say_once("wait", f"{error.where}: asks to wait {_duration(wait)}; waiting")
        if error.reason is Reason.RATE_LIMITED:
            self._count_busy(error)
        elif error.reason in _FAILURES:
            self._count_failure(error)
        elif error.fault:
            times = self._refusals[1] + 1 if self._refusals[0] == error.fault else 1
            self._refusals = (error.fault, times)
            if times >= _SAME_REFUSALS:
                what = f"refuses everything (the last {times} calls; {error.what})"
                raise ProviderError(error.where, what, error.mend) from error

    def _count_busy(self, error: Unanswered) -> None:
        now = self._clock()
        self._busy_since = now if self._busy_since is None else self._busy_since
        if not self._worked and not error.retry_after and now - self._busy_since >= _BUSY_SECONDS:
            raise ProviderError(error.where, f"takes no request ({error.what})", "run again later") from error

    def _count_failure(self, error: Unanswered) -> None:
        if not self._failures:
            self._failing_since = self._clock()
        self._failures += 1
        enough = _HOPELESS_SECONDS if self._worked else 0.0
        if error.reason is Reason.TIMEOUT:
            enough = _HANGING_SECONDS
        if self._failures >= _HOPELESS_FAILURES and self._clock() - self._failing_since >= enough:
            what = f"fails again and again (the last {self._failures} calls; {error.what})"
            raise ProviderError(error.where, what, "check the endpoint, and run again when it works") from error

    def _say_once(self, what: str, text: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._tell(text)

    def _give_up(self, error: ProviderError) -> None:
        self.over = self.over or error
        for place in self._queue:
            if not place.done():
                place.set_result(None)
        self._queue.clear()
        for resting in self._resting:
            resting.cancel()

    def _wake(self) -> None:
        free = int(self._pace.limit) - self._pace.in_flight
        while self._queue and free > 0:
            place = self._queue.popleft()
            if not place.done():
                place.set_result(None)
                free -= 1


def _duration(seconds: float) -> str:
    """Return a wait in the largest unit that it fills."""
    for unit, length in (("days", 172_800), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / (86_400 if unit == 'days' else length):.0f} {unit}"
    return f"{seconds:.0f} s"


def _tokens(messages: Sequence[Message]) -> int:
    # A guess until the reply tells: Chinese takes about two tokens for three characters, English one for four.
    return sum(len(message.content) for message in messages) // 2
