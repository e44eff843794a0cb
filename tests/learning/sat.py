"""Interviews of the past: sat in a moment, dated as you like, judged by keywords."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.models import Rubric
from kaoguan.store import Store
from kaoguan.testing import KeywordJudge
from tests.interview.bank import rubric

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
BANK = {one.id: one for one in map(rubric, range(1, 10))}


def answer(number: int, names: str) -> str:
    """Return an answer to question `number` that states these of 甲乙丙."""
    return "，".join(f"第{number}题的{name}要点成立" for name in names) or "不知道"


def sit(
    store: Store,
    at: datetime,
    answers: Mapping[int, str | tuple[str, ...]],
    *,
    confidence: float = 0.9,
    hints: int = 0,
    bank: Mapping[str, Rubric] = BANK,
) -> str:
    """Sit an interview then: per question number which points the answer (and those to follow-ups) state."""
    plan = Plan(rubrics=tuple(bank[f"q{number}"] for number in answers), language="zh", follow_ups=1)
    clock = iter(at + timedelta(seconds=second) for second in range(10_000))
    interview = Interview.start(plan, Grader(KeywordJudge(confidence)), store=store, clock=lambda: next(clock))
    while not interview.finished:
        number = int(interview.rubric.id.removeprefix("q"))
        wanted = answers[number]
        said = (wanted,) if isinstance(wanted, str) else wanted
        for _ in range(hints):
            interview.hint()
        for names in said:
            if not interview.finished and interview.rubric.id == f"q{number}":
                interview.submit(answer(number, names))
        if not interview.finished and interview.rubric.id == f"q{number}":
            interview.skip()
    interview.report()
    return interview.session.id
