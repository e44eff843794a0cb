"""What is graded once is not graded again, unless something it depends on has changed."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoguan.engines import engine
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.errors import SettingError
from kaoguan.grading import Grader, grader
from kaoguan.models import Grade, Judgement, Label, Rubric, Submission
from kaoguan.testing import KeywordJudge
from tests.engines.test_engine import started

ANSWERS = [
    Submission(id="a", rubric_id="fitting", answer="欠拟合是训练误差大"),
    Submission(id="b", rubric_id="optimizer", answer="更新参数"),
    Submission(id="c", rubric_id="fitting", answer="欠拟合是训练误差大"),
]


class Counting(KeywordJudge):
    """A keyword judge that remembers what it was asked."""

    def __init__(self, embedder: str = "keyword", broken: bool = False) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._embedder = embedder
        self._broken = broken

    @property
    def fingerprints(self) -> dict[str, str]:
        return {"embedder": self._embedder}

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        self.asked.append(answer)
        found = super().judge(rubric, answer)
        if not self._broken:
            return found
        return Judgement(verdicts=tuple(one.model_copy(update={"verdict": Label.UNSCORED}) for one in found.verdicts))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[GradeCache]:
    with GradeCache(tmp_path / "cache" / "grades.db") as kept:
        yield kept


def run(judge: Counting, bank: dict[str, Rubric], kept: GradeCache) -> list[Grade]:
    grades = [grade for _, grade in engine.local(lambda: Grader(judge), bank, cache=kept)(ANSWERS)]
    assert [grade.id for grade in grades] == ["a", "b", "c"]
    return grades


def test_a_second_run_asks_no_judge_and_gives_the_same_grades(bank: dict[str, Rubric], kept: GradeCache) -> None:
    first, second = Counting(), Counting()
    grades = run(first, bank, kept)
    assert run(second, bank, kept) == grades
    assert second.asked == []


def test_the_same_answer_to_the_same_question_is_graded_once(bank: dict[str, Rubric], kept: GradeCache) -> None:
    judge = Counting()
    run(judge, bank, kept)
    assert judge.asked == ["欠拟合是训练误差大", "更新参数"]


def test_a_changed_rubric_has_its_own_answers_graded_anew(bank: dict[str, Rubric], kept: GradeCache) -> None:
    run(Counting(), bank, kept)
    judge = Counting()
    changed = bank["optimizer"].model_copy(update={"question": "优化器有什么用？"})
    run(judge, bank | {"optimizer": changed}, kept)
    assert judge.asked == ["更新参数"]


def test_another_judge_grades_anew(bank: dict[str, Rubric], kept: GradeCache) -> None:
    run(Counting(), bank, kept)
    judge = Counting(embedder="another")
    run(judge, bank, kept)
    assert len(judge.asked) == 2


def test_words_of_your_own_for_the_feedback_show_in_the_next_grades(
    bank: dict[str, Rubric], kept: GradeCache, tmp_path: Path
) -> None:
    run(Counting(), bank, kept)
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "feedback.yaml").write_text("missing: 还缺：$points\n", encoding="utf-8")
    judge = Counting()
    grades = [grade for _, grade in engine.local(lambda: Grader(judge, own=tmp_path), bank, cache=kept)(ANSWERS)]
    assert "还缺" in grades[1].feedback
    assert len(judge.asked) == 2


def test_another_version_of_the_grader_grades_anew(
    bank: dict[str, Rubric], kept: GradeCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(Counting(), bank, kept)
    monkeypatch.setattr(grader, "VERSION", grader.VERSION + 1)
    judge = Counting()
    run(judge, bank, kept)
    assert len(judge.asked) == 2


def test_unscored_is_tried_again(bank: dict[str, Rubric], kept: GradeCache) -> None:
    run(Counting(broken=True), bank, kept)
    judge = Counting()
    assert all(grade.score is not None for grade in run(judge, bank, kept))
    assert len(judge.asked) == 2


def test_only_this_user_may_read_what_is_kept(tmp_path: Path, bank: dict[str, Rubric]) -> None:
    with GradeCache(tmp_path / "grades.db") as kept:
        run(Counting(), bank, kept)
        assert (tmp_path / "grades.db").stat().st_mode & 0o777 == 0o600
    assert "更新参数".encode() in (tmp_path / "grades.db").read_bytes()


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "grades.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(SettingError, match=r"grades.db: cannot be used \(file is not a database\)"):
        GradeCache(tmp_path / "grades.db")


@pytest.mark.slow
def test_after_kill_9_the_rest_is_graded_and_nothing_twice(tmp_path: Path) -> None:
    first = started(tmp_path)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate(timeout=15)
    second = started(tmp_path)
    second.communicate(timeout=60)
    ids = [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert ids == [f"s{n}" for n in range(300)]
    judged = (tmp_path / "judged").read_text("utf-8").splitlines()
    # Those that the two processes had in hand when they were killed.
    assert 0 <= len(judged) - len(set(judged)) <= 50
    assert len(set(judged)) == 300
