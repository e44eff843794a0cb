"""Which questions `--due` asks."""

import pytest

from kaoguan.learning import catch_up, select
from kaoguan.store import Store
from tests.learning.sat import BANK, DAY, START, sit


def selected(store: Store, day: float, questions: int) -> tuple[str, ...]:
    catch_up(store)
    return select(BANK, store.reviews.cards(), START + day * DAY, questions)


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def test_a_beginner_gets_the_bank_in_its_order(store: Store) -> None:
    assert selected(store, 0, 3) == ("q1", "q2", "q3")


def test_what_was_missed_comes_first_and_something_new_is_mixed_in(store: Store) -> None:
    sit(store, START, {1: "甲乙丙", 2: "甲", 3: ""})
    assert selected(store, 1, 4) == ("q3", "q2", "q4", "q5")
    assert selected(store, 1, 3) == ("q3", "q4", "q5")


def test_where_nothing_is_due_everything_is_new(store: Store) -> None:
    sit(store, START, {1: "甲乙丙", 2: "甲乙丙"})
    assert selected(store, 1, 3) == ("q3", "q4", "q5")


def test_where_everything_was_asked_and_nothing_is_due_the_oldest_comes_again(store: Store) -> None:
    for number in range(1, 10):
        sit(store, START + number * DAY / 100, {number: "甲乙丙"})
    assert selected(store, 1, 2) == ("q1", "q2")


def test_what_can_be_mastered_now_comes_before_what_was_just_missed(store: Store) -> None:
    for day in (0, 3):
        sit(store, START + day * DAY, {1: "甲"})
    sit(store, START + 19 * DAY, {2: ""})
    assert selected(store, 20, 2)[0] == "q1"


def test_one_question_goes_to_what_is_due(store: Store) -> None:
    sit(store, START, {5: ""})
    assert selected(store, 1, 1) == ("q5",)


@pytest.mark.parametrize("questions", [1, 2, 5, 9, 20])
def test_no_question_comes_twice_and_none_is_wasted(store: Store, questions: int) -> None:
    sit(store, START, {1: "", 2: "甲", 3: "甲乙丙"})
    found = selected(store, 10, questions)
    assert len(found) == len(set(found)) == min(questions, len(BANK))


def test_a_rubric_that_left_the_bank_is_not_asked(store: Store) -> None:
    sit(store, START, {1: ""})
    catch_up(store)
    bank = {rubric_id: one for rubric_id, one in BANK.items() if rubric_id != "q1"}
    assert "q1" not in select(bank, store.reviews.cards(), START + DAY, 9)
