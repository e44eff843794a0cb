"""An interview for an event loop: a web server, a bot."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, Self, TypeVar

from kaoguan.interview.background import AnswerGrader
from kaoguan.interview.interview import Interview
from kaoguan.interview.results import Report
from kaoguan.interview.words.interviewer import Voice
from kaoguan.models import Label
from kaoguan.session import Plan, Turn
from kaoguan.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class AsyncInterview:
    """An `Interview` whose methods are awaited: what takes time happens on another thread, the event loop goes on.

    Everything else about the interview is `interview`, to be looked at between two calls.
    """

    def __init__(self, interview: Interview) -> None:
        self.interview = interview

    @classmethod
    async def start(
        cls, plan: Plan, grader: AnswerGrader, *, store: Store | None = None, voice: Voice | None = None
    ) -> Self:
        """Return a new interview with its first question asked; see `Interview.start`."""
        return cls(await _beside(Interview.start, plan, grader, store=store, voice=voice))

    @classmethod
    async def resume(cls, session_id: str, grader: AnswerGrader, store: Store, *, voice: Voice | None = None) -> Self:
        """Return a stored interview, back at the very question. Raises SessionError when finished."""
        return cls(await _beside(Interview.resume, session_id, grader, store, voice=voice))

    @property
    def finished(self) -> bool:
        """Return whether the interviewer has closed the interview."""
        return self.interview.finished

    @property
    def question(self) -> str:
        """Return the question or follow-up to answer now; empty when the interview is finished."""
        return self.interview.question

    async def submit(self, answer: str) -> tuple[Turn, ...]:
        """Store and grade an answer and return what the interviewer says to it. Raises InputError, SessionError."""
        return await _beside(self.interview.submit, answer)

    async def skip(self) -> tuple[Turn, ...]:
        """Leave the question and return what the interviewer says."""
        return await _beside(self.interview.skip)

    async def go_on(self) -> tuple[Turn, ...]:
        """After feedback, go on and return what the interviewer says. Raises InputError while a question is open."""
        return await _beside(self.interview.go_on)

    async def hint(self) -> Turn | None:
        """Return a hint on what was asked last, which is recorded; None when there is none left."""
        return await _beside(self.interview.hint)

    async def reveal(self) -> tuple[Turn, ...]:
        """Show the reference answer, which ends the question. Raises InputError before the first answer."""
        return await _beside(self.interview.reveal)

    async def undo(self) -> str | None:
        """Take back the last answer or skip and return its text; None when there is none."""
        return await _beside(self.interview.undo)

    async def override(self, key_point: str, verdict: Label, *, who: str, why: str = "") -> Label:
        """Rule otherwise on the question under way and return what stood before. Raises InputError, SessionError."""
        return await _beside(self.interview.override, key_point, verdict, who=who, why=why)

    async def report(self) -> Report:
        """Return the report on everything answered so far."""
        return await _beside(self.interview.report)


async def _beside(function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    return await asyncio.to_thread(function, *args, **named)
