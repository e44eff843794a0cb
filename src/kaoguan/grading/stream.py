"""Grades of any number of answers as they come: in order, few at a time, from where an earlier run was broken off.

for grade in grader.grade_stream(asked, store=GradeCache(path)): …
async for grade in grader.grade_stream(asked): …
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from kaoguan.models import Grade, Rubric

Asked = tuple[Rubric, str, str]
"""A rubric, an answer to its question, and the id of the answer."""
T = TypeVar("T")


class GradeStore(Protocol):
    """Keeps grades by key; `kaoguan.GradeCache` does so in a file. May be called from any thread."""

    def get(self, key: bytes) -> Grade | None:
        """Return the grade under this key; None when there is none."""

    def put(self, key: bytes, grade: Grade) -> None:
        """Keep a grade that has a score."""


class StreamGrader(Protocol):
    """What a stream needs of a Grader."""

    def kept_under(self, rubric: Rubric, answer: str) -> bytes:
        """Return the key under which a store keeps the grade of this answer."""

    def grade_many(self, asked: Sequence[Asked]) -> list[Grade]:
        """Return the grades, in order."""

    async def grade_async(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer, while others go on."""

    async def beside(self, work: Callable[[], T]) -> T:
        """Return what a plain function returns, done on another thread."""


class GradeStream:
    """Grades in the order of their answers. Iterate with `for` or `async for`, once; stop whenever you like."""

    def __init__(
        self,
        grader: StreamGrader,
        asked: Iterable[Asked] | AsyncIterable[Asked],
        store: GradeStore | None,
        at_once: int,
    ) -> None:
        if at_once < 1:
            raise ValueError(f"at_once is {at_once}: at least one answer must be under way")
        self._grader = grader
        self._asked = asked
        self._store = store
        self._at_once = at_once

    def __iter__(self) -> Iterator[Grade]:
        if not isinstance(self._asked, Iterable):
            raise TypeError("these answers come asynchronously: use `async for`")
        source = iter(self._asked)
        while some := list(islice(source, self._at_once)):
            yield from self._graded(some)

    async def __aiter__(self) -> AsyncIterator[Grade]:
        source = _asynchronous(self._asked)
        under_way: deque[asyncio.Task[Grade]] = deque()
        coming: asyncio.Task[Asked | None] | None = None
        try:
            coming = _next(source)
            while coming or under_way:
                taken = coming if len(under_way) < self._at_once else None
                first = under_way[0] if under_way else None
                await asyncio.wait([task for task in (taken, first) if task], return_when=asyncio.FIRST_COMPLETED)
                if first and first.done():
                    yield under_way.popleft().result()
                elif taken and taken.done():
                    one = taken.result()
                    coming = _next(source) if one else None
                    if one:
                        under_way.append(asyncio.create_task(self._grade(*one)))
        finally:  # whoever stops reading stops what is under way
            for task in (*under_way, *([coming] if coming else [])):
                task.cancel()

    def _graded(self, asked: list[Asked]) -> list[Grade]:
        if self._store is None:
            return self._grader.grade_many(asked)
        keys = [self._grader.kept_under(rubric, answer) for rubric, answer, _ in asked]
        found = [self._store.get(key) for key in keys]
        made = iter(self._grader.grade_many([one for one, grade in zip(asked, found, strict=True) if grade is None]))
        grades = []
        for key, (_, _, id), known in zip(keys, asked, found, strict=True):
            grade = known or next(made)
            if known is None:
                self._store.put(key, grade)
            grades.append(grade.model_copy(update={"id": id}))
        return grades

    async def _grade(self, rubric: Rubric, answer: str, id: str) -> Grade:
        store = self._store
        if store is None:
            return await self._grader.grade_async(rubric, answer, id=id)
        key = await self._grader.beside(lambda: self._grader.kept_under(rubric, answer))
        if known := await self._grader.beside(lambda: store.get(key)):
            return known.model_copy(update={"id": id})
        grade = await self._grader.grade_async(rubric, answer, id=id)
        await self._grader.beside(lambda: store.put(key, grade))
        return grade


async def _asynchronous(asked: Iterable[Asked] | AsyncIterable[Asked]) -> AsyncIterator[Asked]:
    if isinstance(asked, AsyncIterable):
        async for one in asked:
            yield one
    else:
        for one in asked:
            yield one


def _next(source: AsyncIterator[Asked]) -> "asyncio.Task[Asked | None]":
    async def step() -> Asked | None:
        return await anext(source, None)

    return asyncio.create_task(step())
