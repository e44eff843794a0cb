"""A language model asked at the pace it can bear, and again where it is worth it. Implements `ChatModel`."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
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
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0

_Reply = TypeVar("_Reply", Asked, Said)  # type: ignore[type-arg]


class Retrying:
    """Asks within a pace; transient faults are tried again with growing waits, or as long as Retry-After says.

    An endpoint that turns out to be of no use (a key that is no longer taken, no credit, nothing but failures) is not
    asked again: every call that waits, and every later one, raises the same ProviderError.
    """

    def __init__(
        self,
        model: Located,
        pace: Pace,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._model = model
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._queue: deque[asyncio.Future[None]] = deque()
        self._resting: set[asyncio.Future[None]] = set()
        self._worked = False
        self._failures = 0
        self._failing_since = 0.0
        self._over: ProviderError | None = None
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
            self._pace.went_well()
            return reply
        finally:
            self.spent += usage
            self._pace.end(max(0, usage.requests - 1), usage.prompt_tokens + usage.completion_tokens - tokens)
            self._wake()

    async def _enter(self, tokens: int) -> None:
        """Wait for a place, first come, first served."""
        while (delay := self._pace.delay(self._clock())) != 0.0 and not self._over:
            if delay is None:
                place = asyncio.get_running_loop().create_future()
                self._queue.append(place)
                await place
            else:
                await self._rest(delay)
        if self._over:
            raise self._over
        self._pace.begin(tokens)

    async def _rest(self, seconds: float) -> None:
        """Wait, or until the endpoint is given up. Raises ProviderError."""
        resting = asyncio.ensure_future(self._sleep(seconds))
        self._resting.add(resting)
        try:
            await resting
        except asyncio.CancelledError:
            if self._over and resting.cancelled():
                raise self._over from None
            resting.cancel()
            raise
        finally:
            self._resting.discard(resting)

    def _count(self, error: Unanswered) -> None:
        """Take a failed call as a sign. Raises ProviderError when there were too many."""
        if error.reason not in _FAILURES:
            return
        if not self._failures:
            self._failing_since = self._clock()
        self._failures += 1
        enough = _HOPELESS_SECONDS if self._worked else 0.0
        if error.reason is Reason.TIMEOUT:
            enough = _HANGING_SECONDS
        if self._failures >= _HOPELESS_FAILURES and self._clock() - self._failing_since >= enough:
            what = f"fails again and again (the last {self._failures} calls; {error.what})"
            raise ProviderError(error.where, what, "check the endpoint, and run again when it works") from error

    def _give_up(self, error: ProviderError) -> None:
        self._over = self._over or error
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


def _tokens(messages: Sequence[Message]) -> int:
    # A guess until the reply tells: Chinese takes about two tokens for three characters, English one for four.
    return sum(len(message.content) for message in messages) // 2
