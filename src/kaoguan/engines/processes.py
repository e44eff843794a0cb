"""Grading on all cores: processes with a judge of their own each, or this one where there is little to do."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from kaoguan.errors import ProviderError
from kaoguan.grading import Grader
from kaoguan.models import Grade, Rubric, Submission

# Starting two processes and loading the judge in each takes 1 to 2 s, as long as grading 50 to 80 answers in both.
WORTH_PROCESSES = 100
# Answers graded together take half as long as one by one, a chunk some 0.2 s; Ctrl-C waits for the chunks under way.
_CHUNK = 12

_Taken = tuple[Submission, Future[Grade]]


class Processes:
    """Workers on this machine's cores. Memory does not grow with what they grade."""

    stopped = False
    failure = None

    def __init__(
        self,
        make_grader: Callable[[], Grader],
        rubrics: Mapping[str, Rubric],
        processes: int | None = None,
        *,
        grader: Grader | None = None,
    ) -> None:
        """Make the grader at once, if it is not given, so that its errors come before any work.

        `make_grader` must be picklable, as processes make graders of their own. `processes` None: one per core.
        """
        self._make_grader = make_grader
        self._rubrics = dict(rubrics)
        self._processes = processes or cores()
        self._grader: Grader | None = grader or make_grader()
        self.identity = self._grader.identity
        self._pool: ProcessPoolExecutor | None = None
        self._buffer: deque[_Taken] = deque()
        self._taken = 0
        self._under_way = 0
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        """Return whether every process has work for some time."""
        return self._pool is not None and self._under_way >= 3 * self._processes * _CHUNK

    def submit(self, submission: Submission) -> Future[Grade]:
        """Take a submission on."""
        future: Future[Grade] = Future()
        self._buffer.append((submission, future))
        self._taken += 1
        if self._pool is None and self._processes > 1 and self._taken >= WORTH_PROCESSES:
            self._start()
        if self._pool:
            self._send(_CHUNK)
        return future

    def result(self, future: Future[Grade]) -> Grade:
        """Return the grade, when it is there. Raises ProviderError when a process was ended."""
        if self._pool is None:
            self._grade_up_to(future)
        elif any(future is buffered for _, buffered in self._buffer):
            self.flush()
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise ProviderError("judge", "one of its processes was ended", "free some memory and run again") from error

    @property
    def started(self) -> bool:
        """Return whether other processes are at work; until then only `result` grades."""
        return self._pool is not None

    def flush(self) -> None:
        """Hand over what waits for a chunk to fill."""
        self._send(1)

    def close(self) -> None:
        """End the processes; Ctrl-C waits for the chunks under way."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> None:
        self._grader = None  # 100 MB, and the processes have judges of their own
        # Spawned, not forked: a fork of a process with BLAS threads can hang. Its queues are pipes, never sockets.
        context = multiprocessing.get_context("spawn")
        arguments = (self._make_grader, self._rubrics)
        self._pool = ProcessPoolExecutor(self._processes, context, initializer=_begin, initargs=arguments)

    def _send(self, least: int) -> None:
        """Hand what is in the buffer over, as long as there are at least this many."""
        while self._pool and len(self._buffer) >= least:
            chunk = [self._buffer.popleft() for _ in range(min(_CHUNK, len(self._buffer)))]
            with self._lock:
                self._under_way += len(chunk)
            with _ctrl_c_put_off():
                sent = self._pool.submit(_grade_chunk, [submission for submission, _ in chunk])
            sent.add_done_callback(lambda done, chunk=chunk: self._distribute(done, chunk))  # type: ignore[misc]

    def _distribute(self, done: "Future[list[Grade]]", chunk: list[_Taken]) -> None:
        # On the pool's own thread.
        with self._lock:
            self._under_way -= len(chunk)
        if done.cancelled():
            return
        if error := done.exception():
            for _, future in chunk:
                future.set_exception(error)
            return
        for (_, future), grade in zip(chunk, done.result(), strict=True):
            future.set_result(grade)

    def _grade_up_to(self, wanted: Future[Grade]) -> None:
        from threadpoolctl import threadpool_limits  # here, where numpy is loaded anyway

        # Sums over several threads differ in their last bits; with one, the grades are those of the processes.
        with threadpool_limits(1):
            while not wanted.done():
                chunk = [self._buffer.popleft() for _ in range(min(_CHUNK, len(self._buffer)))]
                self._grader = self._grader or self._make_grader()
                grades = _grade(self._grader, self._rubrics, [submission for submission, _ in chunk])
                for (_, future), grade in zip(chunk, grades, strict=True):
                    future.set_result(grade)


@contextmanager
def _ctrl_c_put_off() -> Iterator[None]:
    """Put Ctrl-C off; for good in processes that start here, which begin before they can say that they ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """Return how many cores this process may use: in a container often fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _grade(grader: Grader, rubrics: Mapping[str, Rubric], chunk: list[Submission]) -> list[Grade]:
    return grader.grade_many([(rubrics[one.rubric_id], one.answer, one.id) for one in chunk])


# What a worker process holds from `_begin` on; in the process that the user started it stays empty.
_worker: dict[str, tuple[Grader, dict[str, Rubric]]] = {}


def _begin(make_grader: Callable[[], Grader], rubrics: dict[str, Rubric]) -> None:
    # Ctrl-C reaches the whole group of processes; only the parent answers it, and then ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    grader = make_grader()

    from threadpoolctl import threadpool_limits  # here, where numpy is loaded anyway

    # After the grader is made: the limit reaches only libraries that are loaded. As many processes as cores are at
    # work already; more threads in each would spend their time waiting for one another.
    threadpool_limits(1)
    # What is loaded by now stays to the end: looking for garbage in it again and again is a tenth of the work.
    gc.freeze()
    _worker["it"] = (grader, rubrics)


def _end_with_parent() -> None:
    """A killed parent cannot end its workers, and they would wait for work forever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _grade_chunk(chunk: list[Submission]) -> list[Grade]:
    grader, rubrics = _worker["it"]
    return _grade(grader, rubrics, chunk)
