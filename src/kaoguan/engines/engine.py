"""How submissions become grades: an engine takes them in order and gives the grades back in order.

`local` does it on this machine. The grades do not depend on the engine, nor on what an earlier run left in the cache.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from typing import NamedTuple, Protocol

from kaoguan.engines.grade_cache import GradeCache
from kaoguan.engines.processes import Processes
from kaoguan.errors import ProviderError
from kaoguan.grading import Grader
from kaoguan.models import Grade, Rubric, Submission

Graded = tuple[Submission, Grade]
Engine = Callable[[Iterable[Submission]], Iterator[Graded]]

# How many graded answers may wait for a slower one before them: some megabytes.
_WAITING = 2000


class Workers(Protocol):
    """Those who grade, on cores or over the network."""

    @property
    def identity(self) -> str:
        """Return the name of this way of grading: while it stays the same, so do the grades."""

    @property
    def full(self) -> bool:
        """Return whether no further submission should be taken before one is done."""

    @property
    def stopped(self) -> bool:
        """Return whether no further submission should be taken at all: the money is spent."""

    @property
    def failure(self) -> ProviderError | None:
        """Return why the language model is of no use, where grades are made without it; None while it is."""

    def submit(self, submission: Submission) -> Future[Grade]:
        """Take a submission on; it is graded some time."""

    def result(self, future: Future[Grade]) -> Grade:
        """Return the grade, when it is there."""

    def close(self) -> None:
        """Give up what has been taken on and end."""


def local(
    make_grader: Callable[[], Grader],
    rubrics: Mapping[str, Rubric],
    *,
    processes: int | None = None,
    cache: GradeCache | None = None,
) -> Engine:
    """Return an engine for the cores of this machine; see `Processes`."""
    return over(Processes(make_grader, rubrics, processes), rubrics, cache)


def over(workers: Workers, rubrics: Mapping[str, Rubric], cache: GradeCache | None = None) -> Engine:
    """Return an engine that has `workers` grade what is not in `cache`. It runs once."""
    keys = cache.keys(workers.identity, rubrics) if cache else None

    def engine(submissions: Iterable[Submission]) -> Iterator[Graded]:
        waiting: deque[_Waiting] = deque()
        under_way: dict[bytes, Future[Grade]] = {}

        def take(submission: Submission) -> "_Waiting":
            if cache is None or keys is None:
                return _Waiting(submission, None, workers.submit(submission))
            key = keys(submission)
            if grade := cache.get(key):
                return _Waiting(submission, key, grade)
            # The same answer to the same question a second time is graded once.
            if key not in under_way:
                under_way[key] = workers.submit(submission)
            return _Waiting(submission, key, under_way[key])

        def give(one: "_Waiting") -> Graded:
            if not isinstance(one.grade, Future):
                return one.submission, _named(one.grade, one.submission)
            grade = workers.result(one.grade)
            if cache and one.key and under_way.pop(one.key, None):
                cache.put(one.key, grade)
            return one.submission, _named(grade, one.submission)

        try:
            for submission in submissions:
                waiting.append(take(submission))
                while waiting and (waiting[0].ready or workers.full or len(waiting) >= _WAITING):
                    yield give(waiting.popleft())
                if workers.stopped:
                    break
            while waiting:
                yield give(waiting.popleft())
            if workers.failure:
                raise workers.failure
        except ProviderError:
            # What is there is not lost with what is not.
            yield from (give(one) for one in waiting if one.graded)
            raise
        finally:
            workers.close()

    return engine


class _Waiting(NamedTuple):
    submission: Submission
    key: bytes | None
    grade: Grade | Future[Grade]

    @property
    def ready(self) -> bool:
        return not isinstance(self.grade, Future) or self.grade.done()

    @property
    def graded(self) -> bool:
        if not isinstance(self.grade, Future):
            return True
        return self.grade.done() and not self.grade.cancelled() and self.grade.exception() is None


def _named(grade: Grade, submission: Submission) -> Grade:
    return grade if grade.id == submission.id else grade.model_copy(update={"id": submission.id})
