"""`kaoguan init`, `rubrics new` and `evaluate --against`: what a teacher begins with, and compares."""

import json
from pathlib import Path

import openpyxl
import pytest

from kaoguan.models import Language
from kaoguan.rubrics import load_folder
from tests.cli.command import inside


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_folder_runs_as_its_note_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.chdir(tmp_path)
    inside("init", "x", "--language", language)
    monkeypatch.chdir(tmp_path / "x")
    assert len(load_folder(Path("rubrics"))) == 2
    run = inside("grade", "answers.xlsx", "--judge", "offline", "-o", "grades.xlsx", "--feedback", "feedback")
    assert "beside the answers" in run.stderr
    book = openpyxl.load_workbook("grades.xlsx")
    assert len(book.sheetnames) == 3
    assert book.worksheets[1].max_row == 4
    pages = sorted(Path("feedback").iterdir())
    assert len(pages) == 3
    assert {page.stat().st_mode & 0o777 for page in pages} == {0o600}


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    assert "not empty" in inside("init", str(tmp_path), code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_rubric_is_made_of_answers_or_of_a_table(tmp_path: Path) -> None:
    inside("rubrics", "new", str(tmp_path / "r"), stdin="什么是甲？\n甲是乙。\n甲是乙\n\n")
    (tmp_path / "q.csv").write_text("题目,参考答案,要点\n什么是丙？,丙是丁,丙是丁；丁是戊\n", encoding="utf-8")
    inside("rubrics", "new", str(tmp_path / "r"), "--from", str(tmp_path / "q.csv"))
    made = load_folder(tmp_path / "r").values()
    points = {tuple(point.text for point in rubric.key_points) for rubric in made}
    assert points == {("丙是丁", "丁是戊"), ("甲是乙",)}


def test_what_is_no_file_may_be_meant_as_an_answer() -> None:
    assert 'kaoguan grade --rubric ID --answer "…"' in inside("grade", "优化器更新参数", code=2).stderr


def test_two_runs_are_compared_and_a_threshold_ends_with_4(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "a", "rubric_id": "optimizer", "answer": "优化器沿着梯度更新参数。"}\n', encoding="utf-8"
    )
    one, other = str(tmp_path / "one.jsonl"), tmp_path / "other.jsonl"
    inside("grade", str(tmp_path / "a.jsonl"), "--judge", "offline", "-o", one)
    grade = json.loads(Path(one).read_text(encoding="utf-8"))
    assert 10 <= grade["score"] <= 90
    other.write_text(json.dumps(grade | {"score": grade["score"] + 5}) + "\n", encoding="utf-8")
    assert json.loads(inside("evaluate", one, "--against", str(other), "--json").stdout)["mean_difference"] == 5
    inside("evaluate", one, "--against", str(other), "--threshold", "6")
    inside("evaluate", one, "--against", str(other), "--threshold", "4", code=4)
