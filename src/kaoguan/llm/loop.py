"""A thread with an event loop, so that plain functions can wait for asynchronous ones."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Loop:
    """Runs coroutines for callers that have no event loop, or one of their own that they must not block (notebooks).

    A model keeps its connections open on the loop where it was first asked, so one Loop serves one model.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def run(self, coroutine: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Return the coroutine's result. Raises TimeoutError after `timeout` seconds and then cancels it."""
        future = self.start(coroutine)
        try:
            return future.result(timeout)
        finally:  # Ctrl-C too: nothing may go on being paid for
            future.cancel()

    def start(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Return at once what will hold what the coroutine returns."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._started())

    def close(self) -> None:
        """End the thread; a later `run` starts another."""
        with self._lock:
            if self._loop:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None
                # What is under way is given up; that takes no time unless it clings.
                self._thread.join(timeout=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._loop.set_exception_handler(_mind)
                self._thread = threading.Thread(target=_forever, args=(self._loop,), name="kaoguan-llm", daemon=True)
                self._thread.start()
            return self._loop


def _mind(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # When the process ends nobody is left to close connections in good order; the system does, and no one need hear it.
    if not {"client_session", "connector"} & context.keys():
        loop.default_exception_handler(context)


def _forever(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        under_way = asyncio.all_tasks(loop)
        for task in under_way:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*under_way, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
