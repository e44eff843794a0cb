"""An interview over three small rubrics with the keyword judge."""

import pytest

from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.store import Store
from kaoguan.testing import KeywordJudge, Ticks
from tests.interview.bank import rubric


@pytest.fixture
def plan() -> Plan:
    return Plan(rubrics=tuple(rubric(number) for number in (1, 2, 3)), language="zh")


@pytest.fixture
def grader() -> Grader:
    return Grader(KeywordJudge())


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


@pytest.fixture
def interview(plan: Plan, grader: Grader, store: Store) -> Interview:
    return Interview.start(plan, grader, store=store, clock=Ticks())
