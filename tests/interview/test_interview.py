"""Whole interviews with scripted candidates, and what the machine does in each."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kaoguan.errors import InputError, SessionError
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.decide.state import replay
from kaoguan.models import Label
from kaoguan.session import Kind, Turn
from kaoguan.store import Store
from kaoguan.testing import Ticks
from kaoguan.text.overlap import containment
from tests.interview.bank import PERFECT, rubric

Candidate = Callable[[Interview], str]


def perfect(interview: Interview) -> str:
    return PERFECT.format(interview.rubric.id[1:])


def half(interview: Interview) -> str:
    return interview.rubric.key_points[0].text


def repeating(interview: Interview) -> str:
    return interview.question


def clueless(interview: Interview) -> str:
    return "与数据有关"


def learning(interview: Interview) -> str:
    """Answers each follow-up with the very point it asks for."""
    target = interview.exchange.prompt.key_point
    return interview.rubric.key_point(target).text if target else "与数据有关"


def sit(interview: Interview, candidate: Candidate) -> Interview:
    for _ in range(50):
        if interview.finished:
            return interview
        interview.submit(candidate(interview))
    raise AssertionError("the interview does not end")


def kinds(interview: Interview) -> list[Kind]:
    return [turn.kind for turn in interview.turns]


def follow_ups(interview: Interview) -> list[Turn]:
    return [turn for turn in interview.turns if turn.kind is Kind.FOLLOW_UP]


def follow_ups_of(interview: Interview, rubric_id: str) -> list[Turn]:
    return [turn for turn in follow_ups(interview) if turn.rubric_id == rubric_id]


@pytest.mark.parametrize(
    ("candidate", "asked", "unaided", "final"),
    [(perfect, 0, 100, 100), (half, 6, 50, 50), (repeating, 6, 0, 0), (clueless, 6, 0, 0), (learning, 6, 0, 83.3)],
    ids=["perfect", "half", "repeating", "clueless", "learning"],
)
def test_each_candidate_gets_the_follow_ups_and_scores_they_earn(
    interview: Interview, candidate: Candidate, asked: int, unaided: float, final: float
) -> None:
    report = sit(interview, candidate).report()
    assert len(follow_ups(interview)) == asked
    assert kinds(interview).count(Kind.QUESTION) == 3, "follow-ups take no question's place"
    assert (report.score.unaided, report.score.final) == (unaided, final)
    assert report.finished_at is not None


def test_a_follow_up_aims_at_the_heaviest_open_point(interview: Interview) -> None:
    first, second = (interview.submit("与数据有关")[0] for _ in range(2))
    assert (first.key_point, second.key_point) == ("p1", "p2")
    assert first.text == interview.rubric.key_point("p1").follow_up


def test_a_contradiction_is_asked_about_first_in_the_candidates_words(interview: Interview) -> None:
    point = interview.rubric.key_point("p3")
    (turn,) = interview.submit(f"不对：{point.text}")
    assert turn.key_point == "p3"
    assert turn.text.startswith(f"你刚才说「{point.text}」")


def test_a_stated_misconception_is_asked_about_first(interview: Interview) -> None:
    wrong = interview.rubric.misconceptions[0]
    (turn,) = interview.submit(f"我{wrong.text}")
    assert turn.misconception == "m1"
    assert wrong.text in turn.text
    assert turn.text.endswith("依据是什么？")


def test_no_utterance_is_repeated_and_none_states_a_point(interview: Interview) -> None:
    while not interview.finished:
        while interview.hint():
            pass
        interview.submit("与数据有关")
    said = [turn.text for turn in interview.turns if turn.speaker == "interviewer"]
    assert len(set(said)) == len(said)
    for turn in interview.turns:
        if turn.kind in (Kind.FOLLOW_UP, Kind.HINT) and "接着说完" not in turn.text:  # the last hint nearly states it
            about = interview.plan.rubric(turn.rubric_id or "")
            assert all(containment(turn.text, point.text, about.question) <= 0.5 for point in about.key_points)


def test_a_rubric_without_follow_ups_gets_general_ones(grader: Grader) -> None:
    plan = Plan(rubrics=(rubric(1, follow_ups=False), rubric(2, follow_ups=False)), language="zh", follow_ups=2)
    interview = sit(Interview.start(plan, grader, clock=Ticks()), clueless)
    texts = [turn.text for turn in follow_ups(interview)]
    assert len(set(texts)) == 4


def test_a_leaking_follow_up_is_replaced(grader: Grader) -> None:
    telling = rubric(1)
    point = telling.key_points[0].model_copy(update={"follow_up": "是不是因为第1题的甲要点成立？"})
    telling = telling.model_copy(update={"key_points": (point, *telling.key_points[1:])})
    interview = Interview.start(Plan(rubrics=(telling,), language="zh"), grader, clock=Ticks())
    (turn,) = interview.submit("与数据有关")
    assert turn.key_point == "p1"
    assert "甲要点" not in turn.text


def test_skip_leaves_a_question_or_its_follow_ups(interview: Interview) -> None:
    assert interview.skip()[0].kind is Kind.QUESTION
    interview.submit("与数据有关")
    assert interview.exchange.follow_ups
    assert interview.skip()[0].rubric_id == "q3"
    report = sit(interview, perfect).report()
    assert [question.score.final for question in report.questions] == [None, 0, 100]
    assert report.score.final == 50, "a skipped question has no score, and the mean says so by its count"


def test_undo_asks_the_same_again_and_keeps_the_record(interview: Interview) -> None:
    interview.submit("打字太快")
    assert interview.undo() == "打字太快"
    assert interview.question == interview.rubric.question
    interview.submit(perfect(interview))
    question = interview.report().questions[0]
    assert (question.score.unaided, question.undone, question.answers) == (100, 1, 1)
    assert "打字太快" in [turn.text for turn in interview.turns]


def test_undo_crosses_back_into_the_previous_question(interview: Interview) -> None:
    interview.submit(perfect(interview))
    assert interview.rubric.id == "q2"
    interview.undo()
    assert interview.rubric.id == "q1"
    assert interview.undo() is None


def test_hints_run_out_and_are_counted(interview: Interview) -> None:
    hints = 0
    while interview.hint():
        hints += 1
    assert hints >= 3
    interview.submit(perfect(interview))
    assert interview.report().questions[0].hints == hints


@pytest.mark.parametrize(
    ("follow_ups", "asked"), [(0, 0), (2, 2), (5, 2)], ids=["none", "as many as agreed", "stalled"]
)
def test_two_answers_in_a_row_that_add_nothing_end_a_question(
    plan: Plan, grader: Grader, follow_ups: int, asked: int
) -> None:
    interview = Interview.start(plan.model_copy(update={"follow_ups": follow_ups}), grader, clock=Ticks())
    while interview.rubric.id == "q1":
        interview.submit("与数据有关")
    assert len(follow_ups_of(interview, "q1")) == asked


def test_an_answer_that_adds_something_keeps_the_follow_ups_coming(plan: Plan, grader: Grader) -> None:
    interview = Interview.start(plan.model_copy(update={"follow_ups": 5}), grader, clock=Ticks())
    point = {point.id: point.text for point in interview.rubric.key_points}
    for answer in ("与数据有关", "还是与数据有关", point["p1"], "与数据有关"):
        assert interview.rubric.id == "q1"
        interview.submit(answer)
    assert len(follow_ups_of(interview, "q1")) == 3


def test_what_is_due_is_asked_about_before_what_weighs_more(plan: Plan, grader: Grader) -> None:
    interview = Interview.start(plan.model_copy(update={"due": (("q1", "p3"),)}), grader, clock=Ticks())
    assert interview.submit("与数据有关")[0].key_point == "p3"


def test_when_the_minutes_are_over_the_answer_under_way_was_the_last(plan: Plan, grader: Grader) -> None:
    plan = plan.model_copy(update={"minutes": 1})
    interview = Interview.start(plan, grader, clock=Ticks(timedelta(seconds=40)))
    interview.submit("与数据有关")
    assert interview.finished
    assert interview.report().planned == 3


@pytest.mark.parametrize("nothing", ["", "  ", "\n\n", "\ud800"], ids=["empty", "blank", "lines", "half a character"])
def test_an_empty_or_broken_answer_changes_nothing(interview: Interview, nothing: str) -> None:
    before = interview.turns
    with pytest.raises(InputError):
        interview.submit(nothing)
    assert interview.turns == before


def test_a_finished_interview_takes_no_more_answers(interview: Interview, store: Store, grader: Grader) -> None:
    sit(interview, perfect)
    assert interview.question == ""
    with pytest.raises(SessionError, match="finished"):
        interview.submit("还有一句")
    with pytest.raises(SessionError, match="finished"):
        Interview.resume(interview.session.id, grader, store)


def test_every_step_can_be_resumed_to_the_very_same_place(plan: Plan, grader: Grader, store: Store) -> None:
    interview = Interview.start(plan, grader, store=store, clock=Ticks())
    script = [learning, half, "undo", clueless, "skip", half, "hint", learning, perfect, clueless]
    for step in script:
        if step == "undo":
            interview.undo()
        elif step == "skip":
            interview.skip()
        elif step == "hint":
            interview.hint()
        elif callable(step):
            interview.submit(step(interview))
        again = Interview.open(interview.session.id, grader, store)
        assert again.state == interview.state == replay(interview.turns)
        assert again.question == interview.question


def test_an_answer_that_was_stored_but_not_graded_is_graded_on_resume(plan: Plan, grader: Grader, store: Store) -> None:
    class Dies:
        def grade(self, *_: object, **__: object) -> None:
            raise KeyboardInterrupt

    interview = Interview.start(plan, Dies(), store=store, clock=Ticks())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        interview.submit("与数据有关")
    resumed = Interview.resume(interview.session.id, grader, store, clock=Ticks())
    assert resumed.exchange.answers[0].text == "与数据有关"
    assert resumed.exchange.prompt.key_point == "p1"


def test_every_quote_is_what_was_typed_in_its_turn(interview: Interview) -> None:
    report = sit(interview, learning).report()
    turns = {turn.seq: turn.text for turn in report.turns}
    quotes = [point.quote for question in report.questions for point in question.points if point.quote]
    assert len(quotes) == 6
    for quote in quotes:
        assert turns[quote.turn][slice(*quote.span)] == quote.text


def test_points_gained_by_a_follow_up_are_told_from_those_known_at_once(interview: Interview) -> None:
    interview.submit(interview.rubric.key_points[1].text)
    interview.submit(interview.rubric.key_points[0].text)
    points = interview.report().questions[0].points
    assert [(point.unaided, point.final) for point in points[:2]] == [
        (Label.MISSING, Label.COVERED),
        (Label.COVERED, Label.COVERED),
    ]


def test_next_steps_name_at_most_three_places_heaviest_first(interview: Interview) -> None:
    steps = sit(interview, clueless).report().next_steps
    assert [step.key_point for step in steps] == ["p1", "p1", "p1"]
    assert all(step.source and step.source.lines == (1, 2) for step in steps)


def test_what_was_wrong_comes_before_what_was_missed_and_what_took_follow_ups_last(interview: Interview) -> None:
    interview.submit("误以为1无所谓，第1题的乙要点成立")
    interview.submit("第1题的甲要点成立")
    while not interview.finished:
        interview.skip() if interview.rubric.id != "q1" else interview.submit("第1题的丙要点成立")
    first, *others = interview.report().next_steps
    assert (first.misconception, first.key_point) == ("m1", None)
    assert [(step.key_point, step.verdict) for step in others] == [("p1", Label.COVERED), ("p3", Label.COVERED)]


def test_the_report_survives_json(interview: Interview) -> None:
    report = sit(interview, learning).report()
    assert type(report).model_validate_json(report.model_dump_json()) == report


def test_an_interview_killed_before_its_closing_words_is_closed_on_resume(
    plan: Plan, grader: Grader, store: Store
) -> None:
    short = plan.model_copy(update={"rubrics": plan.rubrics[:1], "follow_ups": 0})

    class Dies:
        def grade(self, *_: object, **__: object) -> None:
            raise KeyboardInterrupt

    interview = Interview.start(short, Dies(), store=store, clock=Ticks())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        interview.submit("与数据有关")
    resumed = Interview.resume(interview.session.id, grader, store, clock=Ticks())
    assert resumed.finished
    assert resumed.turns[-1].kind is Kind.CLOSING


def test_advice_takes_one_step_of_each_question_before_a_second_one(interview: Interview) -> None:
    steps = sit(interview, clueless).report().next_steps
    assert [step.rubric_id for step in steps] == ["q1", "q2", "q3"]
    assert {step.key_point for step in steps} == {"p1"}
