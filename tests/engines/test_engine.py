"""Engines give the same grades in the same order, end cleanly, and do not read ahead without bound."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path

from kaoguan.engines import engine
from kaoguan.engines.processes import WORTH_PROCESSES
from kaoguan.models import Rubric, Submission
from tests.engines.conftest import MAKE_GRADER

TEXTS = ("欠拟合是训练误差大", "不对：过拟合是测试误差大", "更新参数，利用梯度", "")


def submissions(bank: dict[str, Rubric], count: int) -> Iterator[Submission]:
    ids = list(bank)
    for n in range(count):
        yield Submission(id=f"s{n}", rubric_id=ids[n % len(ids)], answer=TEXTS[n % len(TEXTS)])


def graded(bank: dict[str, Rubric], answers: Iterator[Submission], processes: int) -> Iterator[engine.Graded]:
    return engine.local(MAKE_GRADER, bank, processes=processes)(answers)


def test_processes_give_what_one_process_gives(bank: dict[str, Rubric]) -> None:
    alone = list(graded(bank, submissions(bank, 250), processes=1))
    assert list(graded(bank, submissions(bank, 250), processes=2)) == alone
    assert [submission.id for submission, _ in alone] == [f"s{n}" for n in range(250)]
    assert [grade.id for _, grade in alone] == [f"s{n}" for n in range(250)]


def test_processes_read_ahead_a_few_chunks_only(bank: dict[str, Rubric]) -> None:
    taken: list[Submission] = []

    def endless() -> Iterator[Submission]:
        for it in submissions(bank, 10**9):
            taken.append(it)
            yield it

    grades = graded(bank, endless(), processes=2)
    assert isinstance(grades, Generator)
    assert len(list(islice(grades, 10))) == 10
    grades.close()
    # The answers that decide whether processes are worth while, and some chunks for each.
    assert len(taken) < WORTH_PROCESSES + 50


SLOW = """
import signal, sys, time
from pathlib import Path

# Whoever runs the tests in the background ignores Ctrl-C, and hands that on.
signal.signal(signal.SIGINT, signal.default_int_handler)
from kaoguan import rubrics
from kaoguan.engines import Run, engine
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.files import open_answers
from kaoguan.grading import Grader
from kaoguan.testing import KeywordJudge

HERE = Path(sys.argv[3]).parent

class Slow(KeywordJudge):
    def judge(self, rubric, answer):
        with open(HERE / "judged", "a", encoding="utf-8") as file:
            file.write(answer + "\\n")
        time.sleep(0.02)
        return super().judge(rubric, answer)

def make():
    return Grader(Slow())

def tell(summary):
    if summary.graded == 20:
        print("20", flush=True)

if __name__ == "__main__":
    bank = rubrics.load_folder(Path(sys.argv[2]))
    with open_answers(sys.argv[1], sys.stdin.buffer) as answers, GradeCache(HERE / "grades.db") as kept:
        run = Run(answers, bank, engine.local(make, bank, processes=2, cache=kept), tell)
        summary = run.to_file(Path(sys.argv[3]), "jsonl")
        sys.exit(130 if summary.interrupted else 0)
"""

RUBRIC = """
id: fitting
language: zh
topic: 拟合
difficulty: 1
question: 什么？
reference_answer: 无
key_points: [{id: p1, text: 大, weight: 1}]
"""


def started(tmp_path: Path, answers: int = 300) -> "subprocess.Popen[str]":
    """Return a run over so many answers on two processes that has graded 20 of them."""
    (tmp_path / "fitting.yaml").write_text(RUBRIC, encoding="utf-8")
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    rows = "".join(f"s{n},fitting,大{n}\n" for n in range(answers))
    (tmp_path / "a.csv").write_text("id,rubric_id,answer\n" + rows, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("slow.py", "a.csv", "fitting.yaml", "out.jsonl")]
    process = subprocess.Popen(
        [sys.executable, *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "20\n"
    return process


def test_ctrl_c_leaves_what_is_graded_so_far(tmp_path: Path) -> None:
    process = started(tmp_path, 3000)  # so many that it cannot be done before the signal is
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=15)
    assert process.returncode == 130
    assert errors == ""
    ids = [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert 20 <= len(ids) < 3000
    assert ids == [f"s{n}" for n in range(len(ids))]


def test_a_killed_run_leaves_no_grades_and_no_processes(tmp_path: Path) -> None:
    process = started(tmp_path)
    process.kill()
    process.communicate(timeout=15)
    assert not (tmp_path / "out.jsonl").exists()
    deadline = time.monotonic() + 10
    while _group_lives(process.pid):
        assert time.monotonic() < deadline, "a worker outlives its parent"
        time.sleep(0.05)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
