"""How long a reply may take as a whole, whatever trickles in meanwhile.

A server with few places lets the others queue, and one that works through the queue does not hang: a call's time counts
from the last reply to a call that was sent before it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Deadlines:
    """The deadlines of the calls under way to one endpoint."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._sent = 0
        self._replies: deque[tuple[float, int]] = deque()

    @asynccontextmanager
    async def whole_reply(self) -> AsyncIterator[None]:
        """Raise TimeoutError inside when the reply takes too long."""
        loop = asyncio.get_running_loop()
        self._sent += 1
        number, began = self._sent, loop.time()
        async with asyncio.timeout(None) as timer:

            def look() -> None:
                end = max([began, *(at for at, earlier in self._replies if earlier < number)]) + self._seconds
                if end <= loop.time():
                    timer.reschedule(loop.time())
                else:
                    waiting[0] = loop.call_at(end, look)

            waiting = [loop.call_later(self._seconds, look)]
            try:
                yield
            finally:
                waiting[0].cancel()
        self._replies.append((loop.time(), number))
        while self._replies[0][0] < loop.time() - self._seconds:
            self._replies.popleft()
