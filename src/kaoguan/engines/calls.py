"""Grading by calls to a language model: many at once on one event loop, the offline part on all cores."""

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress

from kaoguan.engines.processes import Processes
from kaoguan.errors import ProviderError
from kaoguan.grading import Grader
from kaoguan.llm import Loop
from kaoguan.llm.retrying import Retrying
from kaoguan.models import Grade, Judgement, Rubric, Submission

# Waiting for a place costs little; so many more than there are places are taken on that none is ever empty.
_AHEAD = 2
# Before the first replies nobody knows what an answer costs: where money is limited, only so many go out.
_FIRST = 8


class Calls:
    """Workers that wait for a language model."""

    def __init__(
        self,
        grader: Grader,
        rubrics: Mapping[str, Rubric],
        concurrency: int,
        model: Retrying,
        *,
        max_cost: float | None = None,
        offline: Processes | None = None,
    ) -> None:
        """Take a grader that asks a language model; `offline` rules first for one that combines."""
        self.identity = grader.identity
        self._grader = grader
        self._rubrics = rubrics
        self._places = concurrency
        self._model = model
        self._max_cost = max_cost
        self._offline = offline
        self._loop = Loop()
        self._in_flight = 0
        self._done = 0
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        """Return whether enough is under way, for the places there are and the money there is."""
        if self._max_cost is not None and self._in_flight and self._room() < 1:
            return True
        return self._in_flight >= _AHEAD * self._places or bool(self._offline and self._offline.full)

    @property
    def stopped(self) -> bool:
        """Return whether the money does not suffice for another answer."""
        return self._max_cost is not None and not self._in_flight and self._room() < 1

    @property
    def failure(self) -> ProviderError | None:
        """Return why the endpoint is of no use; None while it is."""
        return self._model.over

    def submit(self, submission: Submission) -> Future[Grade]:
        """Take a submission on."""
        with self._lock:
            self._in_flight += 1
        alone = None
        if self._offline:
            alone = self._offline.submit(submission)
            if not self._offline.started:
                self._offline.result(alone)  # on this core, while the replies come in
        future = self._loop.start(self._grade(submission, alone))
        future.add_done_callback(self._ended)
        return future

    def result(self, future: Future[Grade]) -> Grade:
        """Return the grade, when it is there. Raises ProviderError."""
        if self._offline:
            self._offline.flush()
        return future.result()

    def close(self) -> None:
        """Give up what is under way."""
        with suppress(TimeoutError):
            self._loop.run(self._model.close(), timeout=1)
        self._loop.close()
        if self._offline:
            self._offline.close()

    async def _grade(self, submission: Submission, alone: Future[Grade] | None) -> Grade:
        offline = None
        if alone:
            ruled = await asyncio.wrap_future(alone)
            offline = Judgement(
                verdicts=ruled.verdicts, misconceptions=ruled.misconceptions, review_reasons=ruled.review_reasons
            )
        rubric = self._rubrics[submission.rubric_id]
        return await self._grader.grade_here(rubric, submission.answer, id=submission.id, offline=offline)

    def _ended(self, _: Future[Grade]) -> None:
        # On the loop's thread.
        with self._lock:
            self._in_flight -= 1
            self._done += 1

    def _room(self) -> float:
        """Return how many more answers the money suffices for, beyond those under way."""
        spent = self._model.spent.cost or 0.0
        if not self._done or not spent:
            return float(_FIRST - self._in_flight)
        each = spent / self._done
        return ((self._max_cost or 0.0) - spent) / each - self._in_flight
