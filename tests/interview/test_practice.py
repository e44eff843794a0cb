"""Practice: feedback after each question, another try, and what it changed."""

import pytest

from kaoguan.errors import InputError
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Mode, Plan
from kaoguan.models import Label
from kaoguan.store import Kind, Store
from kaoguan.testing import Ticks
from tests.interview.bank import PERFECT


@pytest.fixture
def interview(plan: Plan, grader: Grader, store: Store) -> Interview:
    practice = plan.model_copy(update={"mode": Mode.PRACTICE, "follow_ups": 1, "rubrics": plan.rubrics[:2]})
    return Interview.start(practice, grader, store=store, clock=Ticks())


def reach_feedback(interview: Interview) -> None:
    while not interview.reviewing:
        interview.submit(interview.rubric.key_points[1].text)


def test_feedback_waits_until_the_candidate_goes_on(interview: Interview) -> None:
    reach_feedback(interview)
    assert interview.turns[-1].kind is Kind.FEEDBACK
    assert interview.turns[-1].text.startswith("答到了：第1题的乙要点成立")
    (following,) = interview.go_on()
    assert (following.kind, following.rubric_id) == (Kind.QUESTION, "q2")
    with pytest.raises(InputError, match="when this one is over"):
        interview.go_on()


def test_a_retry_shows_what_changed_and_counts_in_no_score(interview: Interview) -> None:
    reach_feedback(interview)
    before = interview.report().questions[0]
    interview.submit(interview.rubric.key_points[0].text)
    assert interview.reviewing, "there may be another try"
    after = interview.report().questions[0]
    assert after.score == before.score
    assert after.retry
    assert (after.retry.before, after.retry.score) == (33.3, 50)
    assert [(change.key_point, change.before, change.after) for change in after.retry.changes] == [
        ("p1", Label.MISSING, Label.COVERED),
        ("p2", Label.COVERED, Label.MISSING),
    ]


def test_the_last_question_can_be_tried_again_as_well(interview: Interview) -> None:
    for _ in range(2):
        reach_feedback(interview)
        assert not interview.finished
        interview.submit(PERFECT.format(interview.rubric.id[1:]))
        interview.go_on()
    assert interview.finished
    assert [question.retries for question in interview.report().questions] == [1, 1]


def test_a_skipped_question_can_still_be_tried(interview: Interview) -> None:
    interview.skip()
    assert interview.reviewing
    interview.submit(PERFECT.format(1))
    question = interview.report().questions[0]
    assert question.retry
    assert (question.score.final, question.retry.before, question.retry.score) == (None, None, 100)


def test_the_reference_is_shown_after_an_attempt_only(interview: Interview) -> None:
    with pytest.raises(InputError, match="after an attempt"):
        interview.reveal()
    interview.submit("不知道")
    revealed, feedback = interview.reveal()
    assert revealed.text == interview.plan.rubrics[0].reference_answer
    assert feedback.kind is Kind.FEEDBACK


def test_an_undo_takes_a_retry_back_and_then_the_answer(interview: Interview) -> None:
    reach_feedback(interview)
    interview.submit("再来一次")
    assert interview.undo() == "再来一次"
    assert interview.reviewing
    assert interview.report().questions[0].retry is None
    interview.undo()
    assert not interview.reviewing
    assert interview.exchange.prompt.kind is Kind.FOLLOW_UP


def test_reading_feedback_is_resumed_as_such(interview: Interview, store: Store, grader: Grader) -> None:
    reach_feedback(interview)
    interview.submit("再来一次")
    resumed = Interview.resume(interview.session.id, grader, store, clock=Ticks())
    assert resumed.reviewing
    assert resumed.report().questions[0].retries == 1
