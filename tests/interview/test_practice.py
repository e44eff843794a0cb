"""Practice: feedback after each question, another try, and what it changed."""

import io
from typing import get_args

import pytest
from rich.console import Console

from kaoguan import prompts
from kaoguan.errors import InputError, SessionError
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Mode, Plan
from kaoguan.interview.talk.conversation import Conversation
from kaoguan.interview.talk.piped import PipedReader
from kaoguan.interview.talk.screen import Screen
from kaoguan.models import Label, Language
from kaoguan.rulings.overruling import typed
from kaoguan.session import Kind
from kaoguan.store import Store
from kaoguan.testing import Ticks
from tests.interview.bank import PERFECT, rubric


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
    interview.submit("与数据有关")
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


def test_a_person_rules_otherwise_and_both_verdicts_are_kept(
    interview: Interview, store: Store, grader: Grader
) -> None:
    reach_feedback(interview)
    assert interview.report().questions[0].score.final == 33.3
    assert interview.override("p1", Label.COVERED, who="王", why="换了说法") is Label.MISSING
    resumed = Interview.resume(interview.session.id, grader, store, clock=Ticks())
    for one in (interview, resumed):
        question = one.report().questions[0]
        point = question.points[0]
        assert (question.score.final, point.final) == (83.3, Label.COVERED)
        assert point.overruled
        assert (point.overruled.was, point.overruled.who, point.overruled.why) == (Label.MISSING, "王", "换了说法")
        assert question.points[1].overruled is None


def test_a_second_thought_still_shows_what_the_judge_said(interview: Interview) -> None:
    reach_feedback(interview)
    interview.override("p1", Label.COVERED, who="王")
    assert interview.override("p1", Label.PARTIAL, who="王") is Label.COVERED
    point = interview.report().questions[0].points[0]
    assert point.overruled
    assert (point.final, point.overruled.was) == (Label.PARTIAL, Label.MISSING)


def test_another_answer_is_judged_anew(interview: Interview) -> None:
    reach_feedback(interview)
    interview.override("p1", Label.COVERED, who="王")
    interview.undo()
    interview.submit("别的回答")
    assert interview.report().questions[0].points[0].overruled is None


WORDS = {"答到": Label.COVERED, "covered": Label.COVERED, "missing": Label.MISSING}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("p2 covered", ("p2", Label.COVERED, "")),
        ("P2 答到 我说的就是 这个", ("p2", Label.COVERED, "我说的就是 这个")),
        ("2 missing", ("p2", Label.MISSING, "")),
        ("p2=covered why", ("p2", Label.COVERED, "why")),
        ("p9 covered", None),
        ("p2 great", None),
        ("p2", None),
        ("", None),
    ],
)
def test_a_ruling_is_read_word_by_word(words: str, found: object) -> None:
    assert typed(words, [point.id for point in rubric(1).key_points], WORDS) == found


@pytest.mark.parametrize("language", get_args(Language))
def test_the_reports_own_words_for_verdicts_are_understood(language: Language) -> None:
    known = Screen(Console(file=io.StringIO()), prompts.load("interview", language)).verdicts
    report = prompts.load("report", language)
    ruled_on = [label for label in Label if label is not Label.UNSCORED]
    assert [known[report.say(label.value)] for label in ruled_on] == ruled_on
    assert [known[label.value] for label in ruled_on] == ruled_on


def talk(interview: Interview, typed: str) -> str:
    shown = io.StringIO()
    screen = Screen(Console(file=shown), prompts.load("interview", "zh"))
    Conversation(interview, PipedReader(io.BytesIO(typed.encode())), screen, lambda over: None).hold()
    return shown.getvalue()


def test_a_verdict_is_overruled_by_a_command(interview: Interview, store: Store) -> None:
    shown = talk(interview, "第1题的乙要点成立\n/skip\n/override p1 答到 换了说法\n/override p8 答到\n/quit\n")
    assert "已改判：p1 没答到 → 答到，这题现在 83.3 分" in shown
    assert "要点：p1, p2, p3" in shown
    assert {one.why for one in store.overrides(interview.session.id)} == {"换了说法"}


def test_nothing_is_overruled_before_there_is_feedback(interview: Interview, store: Store) -> None:
    shown = talk(interview, "/override p1 答到\n第1题的乙要点成立\n/override p1 答到\n/quit\n")
    assert shown.count("看过反馈再改判") == 2
    assert store.overrides(interview.session.id) == ()


def test_a_mock_interview_is_overruled_afterwards(plan: Plan, grader: Grader, store: Store) -> None:
    interview = Interview.start(plan, grader, store=store, clock=Ticks())
    assert f"sessions show {interview.session.id}" in talk(interview, "第1题的乙要点成立\n/override p1 答到\n/quit\n")
    assert store.overrides(interview.session.id) == ()


def test_a_ruling_that_cannot_be_stored_changes_nothing(interview: Interview, grader: Grader) -> None:
    class Full(Store):
        def override(self, session_id: str, ruled: object) -> None:
            raise SessionError("kaoguan.db", "database or disk is full", "free some space")

    with Full.in_memory() as store:
        practice = Interview.start(interview.plan, grader, store=store, clock=Ticks())
        shown = talk(practice, "第1题的乙要点成立\n/skip\n/override p1 答到\n/quit\n")
        assert "没能保存改判" in shown
        assert practice.report().questions[0].points[0].final is Label.MISSING
