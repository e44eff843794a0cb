"""The calibration file, and what it refuses."""

import json
import pickle
from pathlib import Path

import pytest

from kaoguan import Grader
from kaoguan.calibration import Calibration, calibrate, read_calibration
from kaoguan.errors import CalibrationError
from kaoguan.models import JudgeName, Rubric
from kaoguan.testing import KeywordJudge
from tests.calibration.conftest import Make, make_grade, question

PRINTS = {"embedder": "keyword", "calibration": "feed"}


class FittedJudge(KeywordJudge):
    """A judge with a learned part, as the offline judge has one."""

    @property
    def fingerprints(self) -> dict[str, str]:
        return PRINTS


@pytest.fixture
def path(tmp_path: Path, samples: Make) -> Path:
    outcome = calibrate(samples([(float(score), score * 0.5) for score in range(20, 101, 5)]))
    assert outcome.file is not None
    path = tmp_path / "c.json"
    path.write_text(outcome.file.to_json(), "utf-8")
    return path


@pytest.fixture
def calibration(path: Path) -> Calibration:
    return read_calibration(path)


def test_what_is_written_is_read(path: Path, calibration: Calibration) -> None:
    assert calibration.file.to_json() == path.read_text("utf-8")
    assert pickle.loads(pickle.dumps(calibration)) == calibration


def test_layout_does_not_change_the_fingerprint_but_a_number_does(path: Path, calibration: Calibration) -> None:
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content), "utf-8")
    assert read_calibration(path).file.fingerprint == calibration.file.fingerprint
    content["questions"]["cats"]["scale"]["slope"] += 0.01
    path.write_text(json.dumps(content), "utf-8")
    assert read_calibration(path).file.fingerprint != calibration.file.fingerprint


def test_a_grade_gets_the_teachers_score_and_both_hashes(calibration: Calibration, rubric: Rubric) -> None:
    plain = Grader(FittedJudge()).grade(rubric, "猫吃鱼")
    ours = Grader(FittedJudge(), calibration=calibration).grade(rubric, "猫吃鱼")
    assert plain.score == 75
    assert ours.score == round(calibration.file.questions["cats"].scale.score(75), 1) < 50
    assert ours.fingerprints.calibration == f"feed+{calibration.file.fingerprint}"
    assert ours.verdicts == plain.verdicts
    assert ours.feedback == plain.feedback


def test_unscored_stays_unscored_and_empty_stays_zero(calibration: Calibration, rubric: Rubric) -> None:
    assert calibration.calibrated(rubric, "猫", make_grade(None, rubric)).score is None
    assert Grader(FittedJudge(), calibration=calibration).grade(rubric, "").score == 0


def test_a_question_it_does_not_cover_is_graded_as_before(calibration: Calibration) -> None:
    other = question("dogs")
    assert not calibration.covers("dogs")
    calibrated = Grader(FittedJudge(), calibration=calibration).grade(other, "猫吃鱼")
    assert calibrated == Grader(FittedJudge()).grade(other, "猫吃鱼")


@pytest.mark.parametrize(
    ("judge", "prints", "said"),
    [
        (JudgeName.LLM, PRINTS, "was fitted with judge offline, but this is llm"),
        (JudgeName.OFFLINE, PRINTS | {"embedder": "bge"}, "was fitted with embedder keyword, but this is bge"),
        (JudgeName.OFFLINE, PRINTS | {"calibration": "beef"}, "was fitted with judge model feed, but this is beef"),
        (JudgeName.OFFLINE, PRINTS | {"prompt": "p"}, "was fitted with prompt none, but this is p"),
    ],
    ids=["judge", "embedder", "model", "prompt"],
)
def test_another_judge_is_refused(
    judge: JudgeName, prints: dict[str, str], said: str, calibration: Calibration
) -> None:
    with pytest.raises(CalibrationError, match=said) as caught:
        calibration.check(judge, prints)
    assert caught.value.exit_code == 2
    assert "run kaoguan calibrate anew" in str(caught.value)


def test_a_grader_refuses_another_judge_at_once(calibration: Calibration) -> None:
    with pytest.raises(CalibrationError, match="judge model feed, but this is none"):
        Grader(KeywordJudge(), calibration=calibration)


def test_a_changed_rubric_is_refused(calibration: Calibration, rubric: Rubric) -> None:
    changed = rubric.model_copy(update={"reference_answer": "猫吃草"})
    with pytest.raises(CalibrationError, match="rubric cats has changed since it was fitted"):
        Grader(FittedJudge(), calibration=calibration).grade(changed, "猫吃鱼")
    with pytest.raises(CalibrationError, match="rubric cats has changed"):
        calibration.check_rubrics([question("dogs"), changed])


BROKEN = {
    "not JSON": ("{", "is not JSON"),
    "another format": ('{"id": "a1"}', "is not a calibration"),
    "a list": ("[]", "is not a calibration"),
    "a later version": ('{"format": "kaoguan-calibration", "version": 2}', "has version 2, not 1"),
    "incomplete": ('{"format": "kaoguan-calibration", "version": 1}', "judge: field required"),
    "nested": ("[" * 100_000, "is not JSON"),
}


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_calibration_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(text)
    with pytest.raises(CalibrationError, match=said):
        read_calibration(path)


@pytest.mark.parametrize(("field", "value"), [("slope", -1), ("offset", float("nan")), ("lowest", 101)])
def test_impossible_numbers_are_refused(field: str, value: float, path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    content["questions"]["cats"]["scale"][field] = value
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(CalibrationError, match=rf"questions\.cats\.scale\.{field}"):
        read_calibration(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match=r"none\.json: cannot be read"):
        read_calibration(tmp_path / "none.json")
