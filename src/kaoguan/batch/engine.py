"""How submissions become grades: an engine takes them in order and gives the grades back in order.

`one_process` grades as it reads. `all_cores` does the same on several processes, each with a judge of its own, and
pays off from about a hundred answers on (see WORTH_PROCESSES). The grades do not depend on the engine.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from kaoguan.errors import ProviderError
from kaoguan.grading import Grader
from kaoguan.models import Grade, Rubric, Submission

Graded = tuple[Submission, Grade]
Engine = Callable[[Iterable[Submission]], Iterator[Graded]]

# Starting two processes and loading the judge in each takes 1 to 2 s, as long as grading 50 to 80 answers in both.
WORTH_PROCESSES = 100
# Handing a chunk over costs a millisecond, grading it a quarter of a second; Ctrl-C waits for the chunks under way.
_CHUNK = 4


def local(make_grader: Callable[[], Grader], rubrics: Mapping[str, Rubric], *, processes: int | None = None) -> Engine:
    """Return an engine for this machine. Make the grader at once, so that its errors come before any work.

    `make_grader` must be picklable, as processes make graders of their own; `processes` None means one per core.
    """
    made = [make_grader()]
    workers = processes or _cores()

    def engine(submissions: Iterable[Submission]) -> Iterator[Graded]:
        submissions = iter(submissions)
        first = list(islice(submissions, WORTH_PROCESSES))
        grader = made.pop() if made else make_grader()
        everything = chain(first, submissions)
        if workers == 1 or len(first) < WORTH_PROCESSES:
            return one_process(grader, rubrics, everything)
        del grader  # 100 MB, and the processes have judges of their own
        return all_cores(make_grader, rubrics, everything, workers)

    return engine


def one_process(grader: Grader, rubrics: Mapping[str, Rubric], submissions: Iterable[Submission]) -> Iterator[Graded]:
    """Yield each submission with its grade."""
    from threadpoolctl import threadpool_limits  # here, where numpy is loaded anyway

    # Sums over several threads differ in their last bits; with one, every engine gives the same grades.
    with threadpool_limits(1):
        for submission in submissions:
            yield submission, _grade(grader, rubrics, submission)


def all_cores(
    make_grader: Callable[[], Grader], rubrics: Mapping[str, Rubric], submissions: Iterable[Submission], workers: int
) -> Iterator[Graded]:
    """Yield each submission with its grade, in order, graded on `workers` processes; memory does not grow."""
    source = iter(submissions)
    # Spawned, not forked: a fork of a process with BLAS threads can hang. Its queues are pipes, never sockets.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(make_grader, dict(rubrics)))
    waiting: deque[tuple[list[Submission], Future[list[Grade]]]] = deque()
    try:
        while True:
            while len(waiting) < 3 * workers and (chunk := list(islice(source, _CHUNK))):
                waiting.append((chunk, pool.submit(_grade_chunk, chunk)))
            if not waiting:
                return
            chunk, grades = waiting.popleft()
            yield from zip(chunk, grades.result(), strict=True)
    except BrokenProcessPool as error:
        raise ProviderError("judge", "one of its processes was ended", "free some memory and run again") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _cores() -> int:
    # What this process may use, where the system can tell (Linux); a container often has fewer than the machine.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _grade(grader: Grader, rubrics: Mapping[str, Rubric], submission: Submission) -> Grade:
    return grader.grade(rubrics[submission.rubric_id], submission.answer, id=submission.id)


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
    _worker["it"] = (grader, rubrics)


def _end_with_parent() -> None:
    """A killed parent cannot end its workers, and they would wait for work forever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _grade_chunk(chunk: list[Submission]) -> list[Grade]:
    grader, rubrics = _worker["it"]
    return [_grade(grader, rubrics, submission) for submission in chunk]
