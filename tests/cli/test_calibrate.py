"""`kaoguan calibrate` and `kaoguan grade --calibration`, as their users run them."""

import json
from pathlib import Path

import pytest

from kaoguan.calibration import read_calibration
from kaoguan.cli.calibrate import command as calibrate
from kaoguan.cli.grade import command as grade
from kaoguan.errors import AnswersError, CalibrationError
from tests.cli.command import kaoguan

Capture = pytest.CaptureFixture[str]

RUBRIC = """\
id: {id}
language: zh
topic: {id}
difficulty: 1
question: 什么是{id}？
reference_answer: 猫吃鱼；狗吃骨头；鸟会飞
key_points:
- {{id: p1, text: 猫吃鱼, weight: 1}}
- {{id: p2, text: 狗吃骨头, weight: 1}}
- {{id: p3, text: 鸟会飞, weight: 1}}
"""
PARTS = ["猫吃鱼。", "狗吃骨头。", "鸟会飞。"]
ANSWERS = ["".join(part for i, part in enumerate(PARTS) if n >> i & 1) for n in range(1, 8)]


@pytest.fixture
def rubrics(tmp_path: Path) -> Path:
    folder = tmp_path / "rubrics"
    folder.mkdir()
    for id_ in ("cats", "dogs"):
        (folder / f"{id_}.yaml").write_text(RUBRIC.format(id=id_), encoding="utf-8")
    return folder


def rows(*scores: object, question: str = "cats") -> list[dict[str, object]]:
    return [
        {"id": f"{question}-{n}", "rubric_id": question, "answer": ANSWERS[n % 7], "score": score}
        for n, score in enumerate(scores)
    ]


def write(path: Path, content: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content), encoding="utf-8")
    return path


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """A harsh teacher: 4 points at most."""
    return write(tmp_path / "graded.jsonl", rows(*[[1, 1, 2, 1, 2, 2, 4][n % 7] for n in range(14)]))


@pytest.fixture
def file(graded: Path, rubrics: Path, tmp_path: Path) -> Path:
    calibrate(str(graded), rubrics, out=tmp_path / "c.json")
    return tmp_path / "c.json"


def test_a_sample_becomes_a_file_and_grades_follow_it(graded: Path, rubrics: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.json"
    run = kaoguan("calibrate", str(graded), "--rubrics", str(rubrics), "-o", str(out))
    assert "offset and slope" in run.stdout
    assert f"wrote {out}" in run.stderr
    full = ["grade", "--rubrics", str(rubrics), "--rubric", "cats", "--answer", "".join(PARTS), "--json"]
    plain = json.loads(kaoguan(*full).stdout)
    ours = json.loads(kaoguan(*full, "--calibration", str(out)).stdout)
    assert plain["score"] > 90 > 75 > ours["score"] > 20
    assert ours["verdicts"] == plain["verdicts"]
    assert ours["fingerprints"]["calibration"].startswith(plain["fingerprints"]["calibration"] + "+")


def test_json_is_the_outcome_and_the_same_every_time(graded: Path, rubrics: Path, capsys: Capture) -> None:
    outputs = []
    for _ in range(2):
        calibrate(str(graded), rubrics, as_json=True)
        outputs.append(capsys.readouterr())
    assert outputs[0].out == outputs[1].out
    outcome = json.loads(outputs[0].out)
    assert outcome["questions"]["cats"]["after"]["rmse"] < outcome["questions"]["cats"]["before"]["rmse"]
    assert "nothing is written: name a file with -o" in outputs[0].err


def test_both_scales_give_the_same_file(graded: Path, file: Path, rubrics: Path, tmp_path: Path) -> None:
    hundred = [row | {"score": row["score"] * 10} for row in map(json.loads, graded.read_text("utf-8").splitlines())]
    calibrate(str(write(tmp_path / "hundred.jsonl", hundred)), rubrics, out=tmp_path / "h.json", scale="100")
    assert (tmp_path / "h.json").read_text("utf-8") == file.read_text("utf-8")


def test_where_it_does_not_help_nothing_is_written(rubrics: Path, tmp_path: Path, capsys: Capture) -> None:
    answers = write(tmp_path / "a.jsonl", rows(*[""] * 14))
    grade(str(answers), rubrics, out=tmp_path / "grades.jsonl")
    grades = [json.loads(line) for line in (tmp_path / "grades.jsonl").read_text("utf-8").splitlines()]
    # A teacher who grades as we do.
    agreeing = write(tmp_path / "agreeing.jsonl", rows(*[line["score"] / 10 for line in grades]))
    (tmp_path / "c.json").write_text("older")
    calibrate(str(agreeing), rubrics, out=tmp_path / "c.json")
    output = capsys.readouterr()
    assert "does not help: scores stay as they are" in output.out
    assert "calibrating helps none of these questions: nothing is written" in output.err
    assert (tmp_path / "c.json").read_text() == "older"


def test_answers_not_graded_yet_and_questions_with_too_few_are_told(
    graded: Path, rubrics: Path, capsys: Capture
) -> None:
    content = [json.loads(line) for line in graded.read_text("utf-8").splitlines()]
    write(graded, [*content, *rows("", 5, 6, question="dogs")])
    calibrate(str(graded), rubrics)
    output = capsys.readouterr()
    assert "1 answers without a score are left out" in output.err
    assert "left out: dogs: 2 scored answers, at least 5 are needed" in output.out


FAULTS = {
    "score out of range": ({"score": 11}, "score is '11'; write a number from 0 to 10, or say --scale 100"),
    "no score": ({}, "has no score"),
    "unknown rubric": ({"rubric_id": "cat", "score": 1}, "no rubric 'cat'; did you mean cats?"),
    "duplicate": ({"id": "cats-0", "score": 1}, "duplicate id 'cats-0'"),
}


@pytest.mark.parametrize(("change", "said"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_row_stops_it_and_is_told(
    change: dict[str, object], said: str, graded: Path, rubrics: Path, capsys: Capture
) -> None:
    bad = {"id": "x", "rubric_id": "cats", "answer": "猫"} | change
    graded.write_text(graded.read_text("utf-8") + json.dumps(bad) + "\n", "utf-8")
    with pytest.raises(AnswersError, match="1 of 15 rows cannot be used"):
        calibrate(str(graded), rubrics)
    assert f"{graded}:15: " in (told := capsys.readouterr().err)
    assert said in told


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((5, 6, 7), "cats: 3 scored answers, at least 5 are needed"),
        ((5,) * 7, "cats: the teacher gave all 7 answers the same score"),
        (("", ""), "holds no graded answers"),
    ],
    ids=["too few", "constant", "none"],
)
def test_a_sample_that_teaches_nothing_is_refused(
    scores: tuple[object, ...], said: str, rubrics: Path, tmp_path: Path
) -> None:
    with pytest.raises(AnswersError, match=said):
        calibrate(str(write(tmp_path / "few.jsonl", rows(*scores))), rubrics)


def test_a_question_it_does_not_cover_is_said_once(file: Path, rubrics: Path, tmp_path: Path, capsys: Capture) -> None:
    answers = write(tmp_path / "a.jsonl", [*rows(0, 0, 0, question="dogs"), *rows(0)])
    grade(str(answers), rubrics, out=tmp_path / "plain.jsonl")
    capsys.readouterr()
    grade(str(answers), rubrics, out=tmp_path / "ours.jsonl", calibration=file)
    assert capsys.readouterr().err.count(f"{file}: does not cover dogs: graded uncalibrated") == 1
    plain, ours = ((tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines() for name in ("plain", "ours"))
    assert [a == b for a, b in zip(plain, ours, strict=True)] == [True, True, True, False]


def test_a_changed_rubric_is_refused_before_anything_is_graded(file: Path, rubrics: Path, tmp_path: Path) -> None:
    path = rubrics / "cats.yaml"
    path.write_text(path.read_text("utf-8").replace("weight: 1", "weight: 2", 1), "utf-8")
    answers = write(tmp_path / "a.jsonl", rows(0))
    run = kaoguan("grade", str(answers), "--rubrics", str(rubrics), "--calibration", str(file), code=2)
    assert f"{file}: rubric cats has changed since it was fitted; run kaoguan calibrate anew" in run.stderr
    assert run.stdout == ""


def test_another_judge_is_refused(file: Path, rubrics: Path, tmp_path: Path) -> None:
    content = json.loads(file.read_text("utf-8"))
    content["judge"]["calibration"] = "0123"
    file.write_text(json.dumps(content), "utf-8")
    with pytest.raises(CalibrationError, match="was fitted with judge model 0123, but this is "):
        grade(str(write(tmp_path / "a.jsonl", rows(0))), rubrics, calibration=file)
    assert read_calibration(file).file.judge.calibration == "0123"
