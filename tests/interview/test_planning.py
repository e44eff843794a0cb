"""Which questions are asked, and in which order."""

import pytest

from kaoguan.errors import InputError
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan, choose
from kaoguan.interview.decide.planning import ability
from kaoguan.store import Store
from kaoguan.testing import Ticks
from tests.interview.bank import PERFECT, rubric

BANK = {
    f"q{number}": rubric(number).model_copy(update={"difficulty": difficulty})
    for number, difficulty in enumerate((1, 2, 3, 4, 5, 3, 2), start=1)
}


def test_only_questions_of_the_wanted_difficulty_are_chosen() -> None:
    assert {one.difficulty for one in choose(BANK, difficulties=range(2, 4), questions=9)} == {2, 3}


def test_a_difficulty_that_nothing_has_is_refused_with_what_there_is() -> None:
    with pytest.raises(InputError, match=r"difficulty 5: .* use one of: 1, 2"):
        choose({"q1": BANK["q1"], "q2": BANK["q2"]}, difficulties=[5])


def test_what_is_named_first_comes_first_and_the_seed_orders_the_rest() -> None:
    chosen = [one.id for one in choose(BANK, first=["q5", "q2", "gone"], questions=7, seed=1)]
    assert chosen[:2] == ["q5", "q2"]
    assert chosen[2:] == [one.id for one in choose(BANK, questions=7, seed=1) if one.id not in ("q5", "q2")]


@pytest.mark.parametrize(
    ("results", "level"),
    [([], 3), ([(3, 100)], 4), ([(3, 0)], 2), ([(3, 50)], 3), ([(3, 100)] * 9, 5), ([(3, 0)] * 9, 1)],
    ids=["none", "perfect", "nothing", "half", "always perfect", "never anything"],
)
def test_ability_follows_the_scores(results: list[tuple[int, float]], level: float) -> None:
    assert ability(3, results) == pytest.approx(level, abs=0.3)


def sit(interview: Interview, answer: str) -> list[int]:
    while not interview.finished:
        interview.submit(answer.format(interview.rubric.id[1:]))
    return [interview.plan.rubric(one.rubric_id).difficulty for one in interview.state.exchanges]


@pytest.mark.parametrize(
    ("answer", "asked"), [(PERFECT, [3, 4, 5]), ("不知道", [3, 2, 1])], ids=["knows all", "knows nothing"]
)
def test_an_adaptive_interview_goes_where_the_answers_lead(
    grader: Grader, store: Store, answer: str, asked: list[int]
) -> None:
    plan = Plan(rubrics=tuple(BANK.values()), questions=3, adaptive=3, follow_ups=0, language="zh")
    interview = Interview.start(plan, grader, store=store, clock=Ticks())
    assert sit(interview, answer) == asked
    assert interview.report().planned == 3


def test_an_adaptive_interview_resumes_to_the_same_questions(grader: Grader, store: Store) -> None:
    plan = Plan(rubrics=tuple(BANK.values()), questions=4, adaptive=3, follow_ups=0, language="zh")
    straight = Interview.start(plan, grader, clock=Ticks())
    interrupted = Interview.start(plan, grader, store=store, clock=Ticks())
    while not straight.finished:
        assert interrupted.question == straight.question
        for one in (straight, interrupted):
            one.submit(one.rubric.key_points[0].text)
        if not straight.finished:
            interrupted = Interview.resume(interrupted.session.id, grader, store, clock=Ticks())
    assert interrupted.finished


def test_of_more_rubrics_than_questions_only_so_many_are_asked(grader: Grader) -> None:
    plan = Plan(rubrics=tuple(BANK.values()), questions=2, follow_ups=0, language="zh")
    assert len(sit(Interview.start(plan, grader, clock=Ticks()), "不知道")) == 2
