"""Memories: reproducible, in whole days, never in the past."""

from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.learning.memory import MASTERED_DAYS, RETENTION, MemoryModel, is_due, mastered
from kaoguan.store import Memory, Rating
from tests.learning.sat import DAY, START

MODEL = MemoryModel()


def after(*steps: tuple[Rating, float]) -> Memory:
    memory, at = None, START
    for rating, days in steps:
        at += timedelta(days=days)
        memory = MODEL.after(memory, rating, at)
    assert memory
    return memory


def test_better_recall_lasts_longer() -> None:
    lasting = [after((rating, 0)).stability for rating in Rating]
    assert lasting == sorted(lasting)
    assert len(set(lasting)) == len(Rating)


def test_recall_falls_to_the_agreed_odds_when_it_is_due() -> None:
    memory = after((Rating.GOOD, 0), (Rating.GOOD, 3), (Rating.GOOD, 12))
    assert mastered(memory)
    assert memory.stability > MASTERED_DAYS
    assert MODEL.recall(memory, memory.reviewed) == 1
    assert MODEL.recall(memory, memory.due) == pytest.approx(RETENTION, abs=0.01)


def test_practising_an_hour_earlier_is_still_the_next_day() -> None:
    assert (
        after((Rating.GOOD, 0), (Rating.GOOD, 23 / 24)).stability == after((Rating.GOOD, 0), (Rating.GOOD, 1)).stability
    )
    tomorrow = after((Rating.AGAIN, 0))
    assert is_due(tomorrow, START + 23 / 24 * DAY)
    assert not is_due(tomorrow, START + DAY / 4)


@given(st.lists(st.tuples(st.sampled_from(Rating), st.floats(0, 400)), min_size=1, max_size=12), st.integers(-12, 12))
def test_the_same_reviews_give_the_same_memory_in_every_time_zone(
    steps: list[tuple[Rating, float]], hours: int
) -> None:
    here, there = None, None
    at = START
    for rating, days in steps:
        at += timedelta(days=days)
        here = MODEL.after(here, rating, at)
        there = MODEL.after(there, rating, at.astimezone(timezone(timedelta(hours=hours))))
    assert here == there
    assert here
    assert here.due > at
    assert here.stability > 0
    assert 1 <= here.difficulty <= 10
    assert 0 <= MODEL.recall(here, at + 30 * DAY) <= 1
