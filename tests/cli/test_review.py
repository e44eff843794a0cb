"""`kaoguan review`: what a person says counts, and the grades stay as they were."""

import csv
import json
from pathlib import Path

import pytest

from kaoguan.grading import Grader
from kaoguan.models import Grade, ReviewReason
from kaoguan.rulings.in_files import FileRuling, overruled, queue, read_grades, read_rulings, rulings_path, sample
from kaoguan.testing import KeywordJudge
from tests.cli.command import kaoguan
from tests.cohort.test_items import BANK, RUBRIC

POINTS = "".join(f"  - {{id: {point.id}, text: {point.text}, weight: {point.weight}}}\n" for point in RUBRIC.key_points)
YAML = f"id: q\nlanguage: zh\ntopic: 题\ndifficulty: 1\nquestion: 什么？\nreference_answer: 甲\nkey_points:\n{POINTS}"


def graded(id_: str, answer: str, confidence: float, *, review: bool = True) -> Grade:
    grade = Grader(KeywordJudge(confidence)).grade(RUBRIC, answer, id=id_)
    return grade.model_copy(
        update={"needs_review": review, "review_reasons": (ReviewReason.LOW_CONFIDENCE,) if review else ()}
    )


@pytest.fixture
def grades(tmp_path: Path) -> Path:
    (tmp_path / "q.yaml").write_text(YAML, encoding="utf-8")
    rows = [graded("a", "甲一", 0.8), graded("b", "乙二", 0.5), graded("c", "丙三", 0.9, review=False)]
    (tmp_path / "g.jsonl").write_text("".join(row.model_dump_json() + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "a.csv").write_text("id,rubric_id,answer\na,q,甲一\nb,q,乙二\nc,q,丙三\n", encoding="utf-8")
    return tmp_path / "g.jsonl"


def review(grades: Path, said: str, *options: str) -> str:
    folder = grades.parent
    command = ["review", str(grades), "--rubrics", str(folder / "q.yaml"), "--answers", str(folder / "a.csv")]
    return kaoguan(*command, "--who", "王老师", *options, stdin=said).stdout


def test_an_overruled_verdict_changes_the_score_and_not_the_file(grades: Path) -> None:
    before = grades.read_bytes()
    out = review(grades, "1 covered 说了同样的意思\n\nq\n", "--sample", str(grades.parent / "s.csv"))
    # The least sure comes first.
    assert out.index("b score 25") < out.index("a score 50")
    assert "missing → covered, score 25.0 → 75.0" in out
    assert grades.read_bytes() == before
    ruling, looked = read_rulings(rulings_path(grades))
    assert isinstance(ruling, FileRuling)
    assert (ruling.id, ruling.key_point, ruling.was, ruling.verdict) == ("b", "p1", "missing", "covered")
    assert (ruling.who, ruling.why, looked.key_point) == ("王老师", "说了同样的意思", None)
    with (grades.parent / "s.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [{"id": "b", "rubric_id": "q", "answer": "乙二", "score": "7.5"}]


def test_what_was_looked_at_does_not_come_again(grades: Path) -> None:
    review(grades, "\ns\n")
    rulings = read_rulings(rulings_path(grades))
    assert [ruling.id for ruling in rulings] == ["b"]
    assert [one.id for one in queue(read_grades(grades), BANK, rulings)] == ["a"]


@pytest.mark.parametrize("said", ["9 covered", "1 good", "covered", "1", "-1 covered", "\x1b[A"])
def test_what_is_not_understood_changes_nothing(grades: Path, said: str) -> None:
    assert "not understood" in review(grades, f"{said}\nq\n")
    assert read_rulings(rulings_path(grades)) == []


def test_the_last_ruling_on_a_key_point_counts(grades: Path) -> None:
    review(grades, "1 covered\n1 partial\n\n")
    rulings = read_rulings(rulings_path(grades))
    grade = next(grade for grade in read_grades(grades) if grade.id == "b")
    assert overruled(RUBRIC, grade, rulings).score == 50
    assert sample([grade], BANK, rulings, {("b", "q"): "乙二"})[0]["score"] == "5"


def test_a_line_cut_off_by_a_crash_is_left_out(grades: Path) -> None:
    review(grades, "\nq\n")
    path = rulings_path(grades)
    path.write_text(path.read_text("utf-8") + '{"id": "a", "rubr', encoding="utf-8")
    assert len(read_rulings(path)) == 1


def test_a_file_of_another_kind_is_named(grades: Path) -> None:
    grades.write_text(json.dumps({"id": "a"}) + "\n", encoding="utf-8")
    run = kaoguan("review", str(grades), code=2)
    assert "g.jsonl:1: is not a grade; name a JSON Lines file that kaoguan grade wrote" in run.stderr


def test_a_ruling_can_be_taken_back_made_by_one_key_and_explained(grades: Path) -> None:
    out = review(grades, "?\n1 partial\nu\nu\n1c\n\nq\n")
    assert "take back the last ruling" in out
    assert "nothing to take back" in out
    ruling, looked = read_rulings(rulings_path(grades))
    assert (ruling.id, ruling.verdict, looked.key_point) == ("b", "covered", None)  # type: ignore[union-attr]
