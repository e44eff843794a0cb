"""From grades to cards: complete, incremental, and the same when made anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoguan.learning import catch_up
from kaoguan.store import Card, Rating, Store
from tests.learning.sat import BANK, DAY, START, sit
from tests.learning.test_rewording import reworded


def cards(store: Store) -> dict[tuple[str, str], Card]:
    catch_up(store)
    return {(card.rubric_id, card.key_point): card for card in store.reviews.cards()}


def everything(store: Store) -> tuple[object, ...]:
    reviews = store.reviews
    return cards(store), reviews.shifts(apart=True), reviews.shifts(apart=False), reviews.days(), reviews.practised()


def anew(store: Store) -> None:
    """Forget everything that follows from the grades."""
    for table in ("attempts", "reviews", "cards", "changes", "asked"):
        store._connection.rows(f"DELETE FROM {table}")
    store._connection.rows("INSERT OR IGNORE INTO stale SELECT id FROM sessions")


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def test_every_point_of_an_answered_question_gets_a_review(store: Store) -> None:
    sit(store, START, {1: ("甲", "乙")})
    found = cards(store)
    assert set(found) == {("q1", "p1"), ("q1", "p2"), ("q1", "p3")}
    ratings = {key: [review.rating for review in store.reviews.of(key)] for key in found}
    assert ratings == {("q1", "p1"): [Rating.GOOD], ("q1", "p2"): [Rating.HARD], ("q1", "p3"): [Rating.AGAIN]}
    assert found["q1", "p3"].misses == 1


def test_a_hint_lowers_the_rating_of_its_point_alone(store: Store) -> None:
    sit(store, START, {1: "甲乙丙"}, hints=1)
    cards(store)
    ratings = sorted(review.rating or "" for point in ("p1", "p2", "p3") for review in store.reviews.of(("q1", point)))
    assert ratings == [Rating.GOOD, Rating.GOOD, Rating.HARD]


def test_a_judge_in_doubt_leaves_the_memory_as_it_was(store: Store) -> None:
    sit(store, START, {1: "甲乙丙"})
    before = cards(store)["q1", "p1"]
    sit(store, START + DAY, {1: ""}, confidence=0.3)
    after = cards(store)["q1", "p1"]
    assert after.memory == before.memory
    assert after.asked > before.asked


def test_a_skipped_question_says_nothing(store: Store) -> None:
    sit(store, START, {1: ()})
    assert not cards(store)


def test_a_colleagues_session_teaches_nothing_about_me(store: Store) -> None:
    session_id = sit(store, START, {1: "甲"})
    store._connection.rows("UPDATE sessions SET mine = 0")
    assert not cards(store)
    assert store.session(session_id).mine is False


def test_deleting_a_session_takes_its_reviews_along_but_purging_keeps_them(store: Store) -> None:
    first = sit(store, START, {1: "甲"})
    second = sit(store, START + DAY, {2: "甲"})
    assert len(cards(store)) == 6
    store.delete([first], keep_reviews=True)
    assert len(cards(store)) == 6
    store.delete([second])
    assert {rubric_id for rubric_id, _ in cards(store)} == {"q1"}
    assert store.ids() == ()


def test_following_twice_changes_nothing(store: Store) -> None:
    sit(store, START, {1: "甲", 2: "乙"})
    before = cards(store)
    store._connection.rows("INSERT OR IGNORE INTO stale SELECT id FROM sessions")
    assert cards(store) == before
    assert store.reviews.stale(1) == ()


NAMES = st.sets(st.sampled_from("甲乙丙")).map(lambda names: "".join(sorted(names)))
SESSIONS = st.lists(
    st.tuples(st.integers(0, 40), st.dictionaries(st.integers(1, 3), NAMES, min_size=1, max_size=3)), max_size=6
)


@settings(max_examples=25, deadline=None)
@given(SESSIONS)
def test_made_anew_everything_is_the_same(sessions: list[tuple[int, dict[int, str]]]) -> None:
    with Store.in_memory() as store:
        for day, answers in sessions:  # not in the order of their dates
            sit(store, START + day * DAY, answers)
            cards(store)
        before = everything(store)
        anew(store)
        assert everything(store) == before


@settings(max_examples=25, deadline=None)
@given(SESSIONS, st.text("改写词语", min_size=1, max_size=4))
def test_editing_every_text_of_every_rubric_loses_no_review_and_changes_no_id(
    sessions: list[tuple[int, dict[int, str]]], word: str
) -> None:
    edited = {rubric_id: reworded(rubric, word) for rubric_id, rubric in BANK.items()}
    with Store.in_memory() as store:
        for day, answers in sessions:
            sit(store, START + day * DAY, answers)
        before = cards(store)
        sit(store, START + 100 * DAY, {1: "", 2: "", 3: ""}, bank=edited)
        after = cards(store)
        assert set(before) <= set(after)
        for key, card in before.items():
            assert after[key].reviews == card.reviews + 1
        assert store.reviews.asked()["q1"].question == edited["q1"].question
