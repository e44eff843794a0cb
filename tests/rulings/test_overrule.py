"""A person's ruling: an interview and a file come to the same grade, and repeating the judge changes nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kaoguan.errors import InputError
from kaoguan.grading import Grader
from kaoguan.models import Grade, JudgeName, Label, Ruling
from kaoguan.rulings.in_files import FileRuling, overruled, read_grades
from kaoguan.rulings.overruling import overrule
from kaoguan.testing import KeywordJudge, make_rubric

AT = datetime(2026, 1, 1, tzinfo=UTC)
RUBRIC = make_rubric(
    ("甲", 1),
    ("乙", 2),
    ("丙", 3),
)


def ruling(key_point: str, verdict: Label) -> Ruling:
    return Ruling(rubric_id="q", key_point=key_point, verdict=verdict, who="王", why="说了", at=AT)


@pytest.fixture
def grade() -> Grade:
    """A judge whose credits are finer than its labels, as the offline judge's are."""
    made = Grader(KeywordJudge()).grade(RUBRIC, "甲", id="a")
    verdicts = tuple(verdict.model_copy(update={"credit": 0.2}) for verdict in made.verdicts)
    return made.model_copy(update={"verdicts": verdicts, "score": 28.5})


def test_repeating_the_judge_changes_no_score(grade: Grade) -> None:
    for verdict in grade.verdicts:
        assert overrule(RUBRIC, grade, ruling(verdict.key_point, verdict.verdict)).score == grade.score


def test_the_score_moves_by_what_the_label_is_worth_and_the_feedback_follows(grade: Grade) -> None:
    after = overrule(RUBRIC, grade, ruling("p3", Label.COVERED))
    assert after.score == 78.5
    assert after.verdicts[2].judge is JudgeName.PERSON
    assert after.verdicts[2].explanation == "说了"
    assert after.feedback != grade.feedback


def test_a_file_and_an_interview_come_to_the_same_grade(grade: Grade, tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text(grade.model_dump_json() + "\n", encoding="utf-8")
    (stored,) = read_grades(tmp_path / "g.jsonl")
    made = ruling("p2", Label.PARTIAL)
    line = FileRuling(**made.model_dump(), id="a", was=Label.MISSING)
    assert overruled(RUBRIC, stored, [line]) == overrule(RUBRIC, stored, made)


def test_the_last_ruling_on_a_point_counts(grade: Grade) -> None:
    one_by_one = overrule(RUBRIC, overrule(RUBRIC, grade, ruling("p3", Label.COVERED)), ruling("p3", Label.PARTIAL))
    at_once = overrule(RUBRIC, grade, ruling("p3", Label.COVERED), ruling("p3", Label.PARTIAL))
    assert one_by_one.score == at_once.score == 53.5


@pytest.mark.parametrize(("point", "label"), [("p9", Label.COVERED), ("p1", Label.UNSCORED)])
def test_what_is_no_ruling_is_refused(grade: Grade, point: str, label: Label) -> None:
    with pytest.raises(InputError):
        overrule(RUBRIC, grade, ruling(point, label))
