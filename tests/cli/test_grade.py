"""`kaoguan grade`, as its users run it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kaoguan import rubrics
from kaoguan.cli.grade import command as grade
from kaoguan.errors import KaoguanError, SettingError
from kaoguan.models import Grade, ReviewReason
from kaoguan.report.phrases import Phrases
from tests.cli.command import kaoguan

ROWS = [
    ("s1", "optimizer", "优化器利用反向传播得到的梯度，更新模型的参数，让损失函数不断减小。"),
    ("s2", "optimizer", ""),
    ("s3", "batch_size", "批越大，梯度估计越准，但是占的显存也越多。"),
]


def as_csv(rows: list[tuple[str, str, str]]) -> str:
    return "id,rubric_id,answer\r\n" + "".join(",".join(row) + "\r\n" for row in rows)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A CSV as Excel on Chinese Windows saves it."""
    path = tmp_path / "answers.csv"
    path.write_bytes(as_csv(ROWS).encode("gbk"))
    return path


def test_a_file_becomes_grades_in_order_and_stderr_says_who_ruled(answers: Path, tmp_path: Path) -> None:
    run = kaoguan("grade", str(answers), "-o", str(tmp_path / "out.jsonl"))
    grades = [Grade.model_validate_json(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [one.id for one in grades] == ["s1", "s2", "s3"]
    assert (grades[0].score or 0) > 0
    assert grades[1].score == 0
    for one, (_, _, answer) in zip(grades, ROWS, strict=True):
        for verdict in one.verdicts:
            assert verdict.evidence == (answer[slice(*verdict.span)] if verdict.span else "")
    assert run.stdout == ""
    first, second, last = run.stderr.splitlines()
    assert first.startswith("Judge: offline")
    assert second == f"{answers}: read as GB18030 (GBK), because it is not UTF-8"
    assert last.startswith("graded 3 · mean ")


def test_a_pipe_gives_the_same_bytes_as_a_file(answers: Path, tmp_path: Path) -> None:
    grade(str(answers), out=tmp_path / "out.jsonl")
    assert kaoguan("grade", "-", stdin=answers.read_bytes()).stdout == (tmp_path / "out.jsonl").read_text("utf-8")


def test_out_in_csv_is_a_table(answers: Path, tmp_path: Path) -> None:
    grade(str(answers), out=tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["rubric_id"] for row in csv.DictReader(file)] == ["optimizer", "optimizer", "batch_size"]


def test_rejected_rows_leave_exit_code_4_and_a_list(answers: Path, tmp_path: Path) -> None:
    answers.write_text(as_csv([*ROWS[1:2], ("s4", "optimiser", "答"), ("s5", "optimizer", "\x1b[2J\0")]), "utf-8")
    run = kaoguan("grade", str(answers), "-o", str(tmp_path / "out.jsonl"), code=4)
    assert "rejected: line 3: no rubric 'optimiser'; did you mean optimizer?" in run.stderr
    assert "graded 1 · mean 0.0 · needs review 0 · rejected 2 (see " in run.stderr
    assert "\x1b" not in run.stderr
    rejects = (tmp_path / "out.jsonl.rejects.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in rejects] == ["s4", "s5"]


def test_a_file_without_answers_leaves_exit_code_2_and_no_output(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,text\n张三,答\n", "utf-8")
    run = kaoguan("grade", str(tmp_path / "a.csv"), "-o", str(tmp_path / "out.jsonl"), code=2)
    assert "no column rubric_id, answer among: name, text" in run.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_the_answers_file_is_never_overwritten(answers: Path) -> None:
    before = answers.read_bytes()
    with pytest.raises(SettingError, match="is the answers file itself"):
        grade(str(answers), out=answers)
    assert answers.read_bytes() == before


def test_one_answer_is_drawn_with_the_words_it_rests_on() -> None:
    shown = kaoguan("grade", "--rubric", "optimizer", "--answer", ROWS[0][2]).stdout
    assert "更新" in shown
    assert "\x1b" not in shown


def test_one_answer_as_json_equals_its_line_in_a_file(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grade(rubric="optimizer", answer=ROWS[0][2], as_json=True)
    grade(str(answers))
    one, line, *_ = capsys.readouterr().out.splitlines()
    assert json.loads(one) == json.loads(line) | {"id": ""}


def test_one_answer_can_be_piped() -> None:
    run = kaoguan("grade", "--rubric", "optimizer", "--answer", "-", "--json", stdin=ROWS[0][2].encode("gbk"))
    assert json.loads(run.stdout)["verdicts"][1]["evidence"] in ROWS[0][2]


MISTAKES = {
    "nothing to grade": ({}, "FILE: there is none; name an answers file"),
    "answer without rubric": ({"answer": "x"}, "one is given without the other"),
    "answer and file": ({"file": "a.csv", "rubric": "optimizer", "answer": "x"}, "does not go with FILE"),
    "unknown rubric": ({"rubric": "optimizr", "answer": "x"}, "try optimizer"),
    "no such file": ({"file": "none.csv"}, "none.csv: cannot be read (No such file or directory); check the path"),
    "no such rubrics": ({"file": "a.csv", "rubrics": Path("none")}, "none: there is no such file or folder"),
    "answer that is not text": ({"rubric": "optimizer", "answer": "\udcff"}, "holds bytes that are not text"),
}


@pytest.mark.parametrize(("options", "fault"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_explained_with_exit_code_2(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(KaoguanError) as caught:
        grade(**options)
    assert fault in str(caught.value)
    assert caught.value.exit_code == 2


NO_SOCKETS = """
import os, sys

def refuse(event, arguments):
    if event.startswith("socket."):
        os.write(2, f"SOCKET {event}\\n".encode())
        os._exit(99)

sys.addaudithook(refuse)
"""


def test_the_offline_judge_opens_no_socket_in_any_process(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_SOCKETS)
    # Enough rows for all cores; nearly all are empty, so that the test is quick.
    rows = [*ROWS, *((f"e{n}", "optimizer", "") for n in range(500))]
    (tmp_path / "a.csv").write_text(as_csv(rows), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "kaoguan", "grade", str(tmp_path / "a.csv"), "-o", str(tmp_path / "out.jsonl")]
    refused = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"], env=environment, capture_output=True, check=False
    )
    assert refused.returncode == 99

    run = subprocess.run(
        [*command, "--judge", "offline"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == len(rows)


@pytest.mark.parametrize("command", ["--help", "rubrics list", "rubrics schema"])
def test_a_reader_that_has_seen_enough_ends_a_command_quietly(command: str) -> None:
    run = [sys.executable, "-m", "kaoguan", *command.split()]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.wait(timeout=60), process.stderr.read()) == (141, "")


def test_one_answer_in_an_empty_home_shows_no_retry() -> None:
    shown = kaoguan("grade", "--rubric", "optimizer", "--answer", "优化器根据梯度更新参数，让损失不断变小。").stdout
    assert " 分" in shown
    assert "重答" not in shown


def test_a_recited_reference_answer_is_explained_in_words() -> None:
    recited = rubrics.load_bundled()["optimizer"].reference_answer
    shown = kaoguan("grade", "--rubric", "optimizer", "--answer", recited).stdout
    assert Phrases("zh").reason(ReviewReason.CONTAINS_REFERENCE) in shown
