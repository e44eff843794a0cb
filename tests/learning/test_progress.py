"""Progress, due points and leeches as values."""

from datetime import date, timedelta

import pytest

from kaoguan.learning import Progress, catch_up, due, progress
from kaoguan.learning.due import coming
from kaoguan.learning.progress import streak
from kaoguan.models import Label
from kaoguan.store import Store
from tests.learning.sat import DAY, START, sit


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def shown(store: Store, days: float) -> Progress:
    catch_up(store)
    return progress(store.reviews, START + days * DAY)


def test_nothing_yet_is_nothing() -> None:
    found = shown(Store.in_memory(), 0)
    assert found.totals.points == found.streak.current == 0
    assert [*found.topics, *found.points, *found.days, *found.retries] == []


def test_a_point_recalled_over_weeks_is_mastered_and_the_day_is_kept(store: Store) -> None:
    for day in (0, 2, 13, 40):
        sit(store, START + day * DAY, {1: "甲", 2: ""})
    found = shown(store, 40)
    topic = next(topic for topic in found.topics if topic.topic == "话题1")
    assert topic.mastered == 1
    assert [mark.mastered for mark in topic.history] == [1]
    point = next(point for point in found.points if point.mastered)
    assert (point.rubric_id, point.key_point) == ("q1", "p1")
    assert point.verdicts == (Label.COVERED,) * 4
    assert [day.mastered for day in found.days][-1] == 1
    assert found.points[-1] == point  # the weak ones come first


def test_a_retry_shows_before_and_after(store: Store) -> None:
    first = sit(store, START, {1: "丙"})
    sit(store, START + DAY, {1: "甲"})
    last = sit(store, START + 2 * DAY, {1: "甲乙"})
    (retry,) = shown(store, 3).retries
    assert (retry.first.session, retry.last.session, retry.times) == (first, last, 3)
    assert retry.first.unaided is not None
    assert retry.last.unaided is not None
    assert retry.change == pytest.approx(retry.last.unaided - retry.first.unaided, abs=0.05)


def test_who_missed_a_point_does_not_recall_it_however_fresh_that_is(store: Store) -> None:
    sit(store, START, {1: "甲"})
    found = shown(store, 0)
    odds = {point.key_point: point.recall for point in found.points}
    assert odds["p1"] and odds["p1"] > 0.9
    assert odds["p2"] == odds["p3"] == 0


def test_the_weakest_points_are_those_missed_last_the_heaviest_first(store: Store) -> None:
    sit(store, START, {1: "甲", 2: ""})
    found = shown(store, 0)
    weak = [(point.rubric_id, point.key_point) for point in found.points if point.weak]
    assert weak == [("q2", "p1"), ("q1", "p2"), ("q2", "p2"), ("q1", "p3"), ("q2", "p3")]
    assert not found.points[-1].weak


def test_what_is_due_next_is_known_before_it_is_due(store: Store) -> None:
    assert coming(store.reviews, START) is None
    sit(store, START, {1: "甲"})
    catch_up(store)
    following = coming(store.reviews, START)
    assert following
    assert due(store.reviews, following.at - timedelta(minutes=1)) == ()
    assert len(due(store.reviews, following.at)) == following.count == 2


def test_what_was_missed_is_due_the_next_day_and_the_most_forgotten_comes_first(store: Store) -> None:
    sit(store, START, {1: "甲乙"})
    catch_up(store)
    assert due(store.reviews, START) == ()
    points = due(store.reviews, START + DAY)
    assert [point.key_point for point in points] == ["p3"]
    later = due(store.reviews, START + 30 * DAY)
    assert [point.recall for point in later] == sorted(point.recall for point in later)
    assert len(later) == 3
    assert later[0].source


def test_missed_four_times_is_a_leech_until_it_is_covered(store: Store) -> None:
    for day in range(3):
        sit(store, START + day * DAY, {1: "甲乙"})
    assert shown(store, 3).totals.leeches == 0
    sit(store, START + 3 * DAY, {1: "甲乙"})
    assert [point.key_point for point in shown(store, 4).points if point.leech] == ["p3"]
    assert [point.leech for point in due(store.reviews, START + 4 * DAY) if point.key_point == "p3"] == [True]
    sit(store, START + 4 * DAY, {1: "甲乙丙"})
    assert shown(store, 5).totals.leeches == 0


TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [([], (0, 0, 0)), ([0], (1, 1, 1)), ([1, 2], (2, 2, 2)), ([0, 1, 3, 4, 5], (2, 3, 5)), ([2, 3], (0, 2, 2))],
    ids=["none", "today", "up to yesterday", "a longer one before", "broken"],
)
def test_a_streak_is_days_in_a_row(ago: list[int], expected: tuple[int, int, int]) -> None:
    found = streak([TODAY - timedelta(days=days) for days in ago], TODAY)
    assert (found.current, found.longest, found.days) == expected


def test_without_histories_the_last_eight_weeks_are_the_same(store: Store) -> None:
    for day in (0, 3, 12, 40, 80, 90, 100):
        sit(store, START + day * DAY, {1: "甲乙丙", 2: "甲乙" if day % 4 else "丙"})
    catch_up(store)
    now = START + 300 * DAY  # long after the last practice
    whole, brief = progress(store.reviews, now), progress(store.reviews, now, histories=False)
    assert [day.day for day in brief.days] == [day.day for day in whole.days[-3:]]
    assert brief.days == whole.days[-3:]
    assert any(day.mastered for day in brief.days)
    assert (brief.streak, brief.totals, brief.points) == (whole.streak, whole.totals, whole.points)
    assert not any(topic.history for topic in brief.topics)
