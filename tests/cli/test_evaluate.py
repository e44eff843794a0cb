"""`kaoguan evaluate`, as its users run it."""

import json
from pathlib import Path

import pytest

from kaoguan.cli.evaluate import command as evaluate
from kaoguan.errors import AnswersError
from kaoguan.evaluation import Evaluation
from tests.cli.command import kaoguan

Capture = pytest.CaptureFixture[str]

RUBRIC = """\
id: {id}
language: zh
topic: {id}
difficulty: 1
question: 什么是{id}？
reference_answer: 猫吃鱼；狗吃骨头
key_points:
- {{id: p1, text: 猫吃鱼, weight: 2}}
- {{id: p2, text: 狗吃骨头, weight: 1}}
"""
ANSWERS = [
    ("猫吃鱼，狗啃骨头。", "covered", "covered", 10, "good"),
    ("猫喜欢吃鱼。", "covered", "missing", 6, "fair"),
    ("我不知道。", "missing", "missing", 0, "poor"),
]


@pytest.fixture
def rubrics(tmp_path: Path) -> Path:
    folder = tmp_path / "rubrics"
    folder.mkdir()
    for id_ in ("cats", "dogs"):
        (folder / f"{id_}.yaml").write_text(RUBRIC.format(id=id_), encoding="utf-8")
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    rows = [
        {
            "id": f"{question}-{n}",
            "rubric_id": question,
            "answer": answer,
            "labels": {"p1": first, "p2": second},
            "score": score,
            "kind": kind,
        }
        for question in ("cats", "dogs")
        for n, (answer, first, second, score, kind) in enumerate(ANSWERS)
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_table_shows_the_judge_beside_both_baselines(gold: Path, rubrics: Path) -> None:
    run = kaoguan("evaluate", str(gold), "--rubrics", str(rubrics), "--bootstrap", "20")
    header = run.stdout.splitlines()[1]
    assert header.split("  ")[-1].strip() == "length only"
    assert "offline" in header
    assert "cosine only" in header
    for row in ("accuracy", "macro-F1", "Cohen's kappa", "Pearson", "QWK", "RMSE", "contradicted", "fair"):
        assert row in run.stdout
    assert run.stderr.startswith("Judge: offline")
    # These two questions are nobody's training data.
    assert "were used to fit this judge" not in run.stderr


def test_json_is_one_object_and_the_same_every_time(gold: Path, rubrics: Path, capsys: Capture) -> None:
    outputs = []
    for _ in range(2):
        evaluate(str(gold), rubrics, bootstrap=20, as_json=True)
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    evaluation = Evaluation.model_validate_json(outputs[0])
    assert (evaluation.answers, evaluation.questions, evaluation.verdicts) == (6, 2, 12)
    assert [it.system for it in (*evaluation.systems, *evaluation.baselines)] == [
        *("offline", "cosine only", "length only"),
    ]


def test_grades_of_others_are_evaluated_in_one_table(
    gold: Path, rubrics: Path, tmp_path: Path, capsys: Capture
) -> None:
    lines = []
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        verdicts = [{"key_point": point, "verdict": label} for point, label in row["labels"].items()]
        lines.append(json.dumps({"id": row["id"], "score": row["score"] * 10, "verdicts": verdicts}))
    files = [tmp_path / "teacher.jsonl", tmp_path / "again.jsonl"]
    for file in files:
        file.write_text("\n".join(lines))
    evaluate(str(gold), rubrics, grades=files, as_json=True, bootstrap=0)
    output = capsys.readouterr()
    evaluation = Evaluation.model_validate_json(output.out)
    assert [system.system for system in evaluation.systems] == ["teacher", "again"]
    assert evaluation.systems[0].figures["kappa"].value == 1
    assert "Judge:" not in output.err


def test_faulty_gold_is_told_row_by_row(gold: Path, rubrics: Path, capsys: Capture) -> None:
    text = gold.read_text("utf-8").replace('"p2": "missing"', '"p3": "missing"', 1)
    gold.write_text(text + '{"id": "x", "rubric_id": "cat", "answer": ""}\n', "utf-8")
    with pytest.raises(AnswersError, match="2 of 7 rows cannot be used"):
        evaluate(str(gold), rubrics)
    output = capsys.readouterr()
    assert f"{gold}:2: cats-1: no label for p2 of rubric cats; label every key point" in output.err
    assert f"{gold}:7: no rubric 'cat'; did you mean cats?" in output.err
    assert output.out == ""


def test_one_question_has_no_baselines_and_says_so(gold: Path, rubrics: Path, capsys: Capture) -> None:
    gold.write_text("\n".join(gold.read_text("utf-8").splitlines()[:3]), "utf-8")
    evaluate(str(gold), rubrics)
    output = capsys.readouterr()
    assert "cosine only" not in output.out
    assert "no baselines" in output.err


def test_grades_of_other_answers_are_refused(gold: Path, rubrics: Path, tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text('{"id": "other", "score": 5}')
    with pytest.raises(AnswersError, match="grades none of these answers"):
        evaluate(str(gold), rubrics, grades=[tmp_path / "g.jsonl"])
