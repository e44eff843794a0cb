"""Hints: three steps from a direction to nearly the answer, each at its stated price."""

import pytest

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.words.hints import facts, family, opening
from kaoguan.models import KeyPoint
from kaoguan.testing import Ticks
from kaoguan.text.overlap import containment, leaks
from tests.interview.bank import rubric

POINT = KeyPoint(
    id="p1",
    text="batch size 太小时，梯度震荡得厉害，不利于收敛",
    weight=3,
    paraphrases=("小 batch 的梯度噪声大，不容易收敛", "gradient 抖得厉害，很难收敛"),
)


def test_the_keywords_are_what_all_wordings_share_and_the_question_does_not() -> None:
    assert family(POINT, "batch size 有什么影响？") == ("收敛", "梯度")


def test_a_point_without_paraphrases_has_no_keywords() -> None:
    assert family(POINT.model_copy(update={"paraphrases": ()}), "有什么影响？") == ()


def test_the_near_answer_breaks_off_between_words() -> None:
    assert opening("a batch normalization layer keeps the mean", 0.55) == "a batch normalization"


def test_three_steps_are_all_on_one_point_and_then_there_is_none(interview: Interview) -> None:
    given = [interview.hint() for _ in range(4)]
    assert [turn and turn.key_point for turn in given] == ["p1", "p1", "p1", None]
    assert given[0]
    assert given[0].text == "「甲的讲解（1）」，由此能想到什么？"
    assert given[2]
    assert "第1题的甲" in given[2].text


@pytest.mark.parametrize(("taken", "score"), [(0, 50), (1, 45), (2, 37.5), (3, 25)])
def test_each_step_costs_its_share_of_what_the_hinted_point_earns(
    interview: Interview, taken: int, score: float
) -> None:
    for _ in range(taken):
        interview.hint()
    interview.submit(interview.rubric.key_points[0].text)
    question = interview.report().questions[0]
    assert (question.score.unaided, question.score.final) == (score, score)
    assert question.hint_cost == 50 - score


def test_a_hint_that_did_not_help_costs_nothing(interview: Interview) -> None:
    for _ in range(3):
        interview.hint()
    interview.submit(interview.rubric.key_points[1].text)
    assert interview.report().questions[0].score.final == 33.3


def test_a_hint_after_the_first_answer_leaves_the_unaided_score_alone(interview: Interview) -> None:
    interview.submit(interview.rubric.key_points[1].text)
    interview.hint()
    interview.submit(interview.rubric.key_points[0].text)
    question = interview.report().questions[0]
    assert (question.score.unaided, question.score.final) == (33.3, 78.3)


def test_an_undo_does_not_unsay_a_hint(interview: Interview) -> None:
    interview.submit("与数据有关")
    first = interview.hint()
    interview.undo()
    again = interview.hint()
    assert first
    assert again
    assert first.text != again.text


def test_without_a_note_the_first_hint_asks(grader: Grader) -> None:
    about = rubric(1)
    bare = tuple(point.model_copy(update={"note": None}) for point in about.key_points)
    plan = Plan(rubrics=(about.model_copy(update={"key_points": bare}),), language="zh")
    hint = Interview.start(plan, grader, clock=Ticks()).hint()
    assert hint
    assert hint.text == "可以从这里想起：还想听听甲方面的看法（1）？"


def test_no_hint_before_the_last_step_states_a_point_of_the_bundled_rubrics_and_each_is_nearer(grader: Grader) -> None:
    bank = rubrics.load_bundled()
    points = rising = 0
    for rubric_id in sorted(bank)[::10]:  # benchmarks/interview/hints.py takes all
        one = bank[rubric_id]
        for point in one.key_points:
            first = sorted(one.key_points, key=lambda other: other.id != point.id)
            weighed = tuple(other.model_copy(update={"weight": 3 if other is first[0] else 1}) for other in first)
            about = one.model_copy(update={"key_points": weighed})
            interview = Interview.start(Plan(rubrics=(about,), language="zh"), grader, clock=Ticks())
            texts = [turn.text for _ in range(3) if (turn := interview.hint())]
            assert [text for text in texts[:2] if leaks(text, one.key_points, one.question)] == []
            shares = [containment(text, point.text) for text in texts]
            points, rising = points + 1, rising + (shares == sorted(set(shares)))
    assert rising >= 0.95 * points


def test_a_misconception_gets_general_hints_that_cost_nothing(grader: Grader) -> None:
    interview = Interview.start(Plan(rubrics=(rubric(1),), language="zh"), grader, clock=Ticks())
    interview.submit("误以为1无所谓")
    assert interview.exchange.prompt.misconception
    hint = interview.hint()
    assert hint
    assert hint.key_point is None


def test_a_hint_can_be_understood_alone() -> None:
    note = "方差过低的列也属此类。先把每一列和标签的相关性算出来。它只看一列，看不到组合。"
    point = KeyPoint(id="p1", text="过滤式逐个给特征打分", weight=3, note=note)
    about = rubric(1).model_copy(update={"key_points": (point,)})
    assert facts(about, point) == ("先把每一列和标签的相关性算出来",)
