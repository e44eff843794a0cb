"""Item analysis gives the textbook's numbers, and a queue with the doubtful first."""

import statistics
from typing import Any

import pytest

from kaoguan.cohort import Gathering
from kaoguan.grading import Grader
from kaoguan.models import Grade, JudgeName, Label, Misconception, ReviewReason, Submission, Verdict
from kaoguan.testing import KeywordJudge, make_rubric

RUBRIC = make_rubric(
    ("甲一", 2),
    "乙二",
    "丙三",
    id="q",
    topic="题",
    question="什么？",
    reference_answer="甲乙丙",
    misconceptions=(Misconception(id="m1", text="误解"),),
)
OTHER = RUBRIC.model_copy(update={"id": "other"})
BANK = {"q": RUBRIC, "other": OTHER}


def gathered(answers: list[tuple[str, str, str]], **options: Any) -> Gathering:
    gathering = Gathering(BANK, **options)
    grader = Grader(KeywordJudge())
    for number, (rubric_id, answer, who) in enumerate(answers):
        submission = Submission(id=f"a{number}", rubric_id=rubric_id, answer=answer, student=who)
        gathering.add(submission, grader.grade(BANK[rubric_id], answer, id=submission.id))
    return gathering


ANSWERS = [("q", answer, "") for answer in ("甲一乙二丙三", "甲一乙二", "甲一，误解", "丙三", "")]


def test_difficulty_is_the_share_earned_and_discrimination_the_item_rest_correlation() -> None:
    question = gathered(ANSWERS).cohort().questions[0]
    first = question.points[0]
    assert first.difficulty == pytest.approx(3 / 5)
    # Of p1: right for the first three; the rest of their totals is 2, 1, 0, 1, 0.
    assert first.discrimination == pytest.approx(statistics.correlation([1, 1, 1, 0, 0], [2, 1, 0, 1, 0]))
    assert first.labels == {Label.COVERED: 3, Label.MISSING: 2}
    assert question.mean == pytest.approx(statistics.mean([100, 75, 48, 25, 0]))
    assert question.deviation == pytest.approx(statistics.stdev([100, 75, 48, 25, 0]))


def test_scores_are_counted_in_tens_and_a_hundred_belongs_to_the_last() -> None:
    cohort = gathered(ANSWERS).cohort()
    assert cohort.distribution == (1, 0, 1, 0, 1, 0, 0, 1, 0, 1)
    assert [(missed.id, missed.count) for missed in cohort.misconceptions] == [("m1", 1)]
    assert cohort.most_missed[0].id in {"q.p2", "q.p3"}


def test_a_question_discriminates_by_the_candidates_other_questions() -> None:
    answers = [("q", "甲一乙二丙三", "a"), ("other", "甲一乙二", "a"), ("q", "甲一", "b"), ("other", "甲一", "b")]
    answers += [("q", "", "c"), ("other", "丙三", "c"), ("q", "甲一", "once")]
    questions = gathered(answers, names=True).cohort().questions
    expected = statistics.correlation([100, 50, 0], [75, 50, 25])
    assert questions[0].discrimination == pytest.approx(expected)


@pytest.mark.parametrize("answers", [ANSWERS[:2], [ANSWERS[0]] * 5], ids=["too few", "all alike"])
def test_what_cannot_be_known_is_none(answers: list[tuple[str, str, str]]) -> None:
    question = gathered(answers).cohort().questions[0]
    assert question.discrimination is None
    assert question.points[0].discrimination is None


def test_nothing_gathered_is_a_cohort_too() -> None:
    cohort = Gathering(BANK).cohort()
    assert (cohort.answers, cohort.mean, cohort.questions) == (0, None, ())


def grade(id_: str, confidence: float, *reasons: str, label: Label = Label.COVERED) -> Grade:
    verdicts = tuple(
        Verdict(key_point=point.id, verdict=label, confidence=confidence, judge=JudgeName.OFFLINE)
        for point in RUBRIC.key_points
    )
    graded = Grader(KeywordJudge()).grade(RUBRIC, "", id=id_)
    scored = None if label is Label.UNSCORED else 50.0
    changed = {"verdicts": verdicts, "review_reasons": reasons, "needs_review": bool(reasons), "score": scored}
    return graded.model_copy(update=changed)


def test_the_queue_begins_where_a_look_is_worth_most() -> None:
    gathering = Gathering(BANK)
    grades = [
        grade("sure", 0.9),
        grade("doubtful", 0.6, ReviewReason.LOW_CONFIDENCE),
        grade("unscored", 0.0, "timeout", label=Label.UNSCORED),
        grade("told what to do", 0.8, "injection_suspected"),
        grade("a little", 0.8, ReviewReason.LOW_CONFIDENCE),
    ]
    for one in grades:
        gathering.add(Submission(id=one.id, rubric_id="q", answer=""), one)
    cohort = gathering.cohort()
    assert [one.id for one in cohort.review] == ["unscored", "told what to do", "doubtful", "a little"]
    assert cohort.unscored == 1
