"""Scores as teachers write them."""

import pytest

from kaoguan.calibration.sample import Top, parse_graded
from kaoguan.errors import AnswersError
from kaoguan.models import Submission


def submission(**extra: object) -> Submission:
    return Submission(id="a1", rubric_id="cats", answer="猫", extra=extra)


@pytest.mark.parametrize(
    ("score", "top", "expected"), [(7, 10, 70), ("7.5", 10, 75), (75, 100, 75), (" 10 ", 10, 100), (0, 10, 0)]
)
def test_scores_are_brought_to_one_scale(score: object, top: Top, expected: float) -> None:
    graded = parse_graded("f:1", submission(score=score), top)
    assert graded is not None
    assert graded.score == expected


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_empty_score_is_not_graded_yet(empty: object) -> None:
    assert parse_graded("f:1", submission(score=empty), 10) is None


@pytest.mark.parametrize("score", [-1, 11, "nan", "inf", "十", True, [7], "1e999"])
def test_an_impossible_score_is_refused(score: object) -> None:
    with pytest.raises(AnswersError, match=r"f:1: a1: score is .*; write a number from 0 to 10"):
        parse_graded("f:1", submission(score=score), 10)


def test_a_score_of_a_hundred_tells_about_the_option() -> None:
    with pytest.raises(AnswersError, match="or say --scale 100"):
        parse_graded("f:1", submission(score=85), 10)


def test_without_the_column_the_mend_names_it() -> None:
    with pytest.raises(AnswersError, match="has no score; give the teacher's score in a column called score"):
        parse_graded("f:1", submission(), 10)
