"""Grades in their place: complete or not at all, the same bytes every time, and harmless in a spreadsheet."""

import csv
import json
import os
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from kaoguan.engines import Run, engine
from kaoguan.errors import SettingError
from kaoguan.files import open_answers
from kaoguan.files.replacing import replacing
from kaoguan.models import Grade, Rubric
from kaoguan.text import inert
from tests.engines import refuse_stdin
from tests.engines.conftest import MAKE_GRADER, GradeFile
from tests.files.test_real_files import BANK, CASES

ROWS = (
    '{"id": "a", "rubric_id": "fitting", "answer": "欠拟合是训练误差大", "score": 9, "班级": "三班", "note": "=1+1"}\n'
    '{"id": "b", "rubric_id": "optimizer", "answer": "更新参数", "labels": {"p1": "covered"}}\n'
    '{"id": "=HYPERLINK(1)", "rubric_id": "fitting", "answer": "", "note": "-3.5"}\n'
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "answers.jsonl"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_line_is_a_grade_and_the_other_columns_are_apart(tmp_path: Path, source: Path, grade_file: GradeFile) -> None:
    grade_file(source, tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "=HYPERLINK(1)"]
    assert lines[0]["score"] == 50
    assert lines[0].pop("extra") == {"score": 9, "班级": "三班", "note": "=1+1"}
    assert Grade.model_validate(lines[0]).verdicts[0].evidence == "欠拟合是训练误差大"
    assert list(lines[0]) == list(Grade.model_fields)


@pytest.mark.parametrize("output_format", ["jsonl", "csv"])
def test_a_second_run_writes_the_same_bytes(
    tmp_path: Path, source: Path, grade_file: GradeFile, output_format: str
) -> None:
    grade_file(source, tmp_path / "first", output_format)
    grade_file(source, tmp_path / "second", output_format)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_table_flattens_the_same_names(tmp_path: Path, source: Path, grade_file: GradeFile) -> None:
    grade_file(source, tmp_path / "out.csv", "csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second, third = csv.DictReader(file)
    assert list(first) == [
        *("id", "rubric_id", "answer", "score", "班级", "note", "labels"),
        *("score (kaoguan)", "likely range", "needs a look", "why", "comment"),
    ]
    assert (first["score (kaoguan)"], first["score"], first["班级"]) == ("50.0", "9", "三班")
    assert second["labels"] == '{"p1": "covered"}'
    assert third["score (kaoguan)"] == "0.0"


def test_the_detail_of_a_table_is_its_verdicts(tmp_path: Path, source: Path, bank: dict[str, Rubric]) -> None:
    with open_answers(str(source), refuse_stdin()) as answers:
        run = Run(answers, bank, engine.local(MAKE_GRADER, bank), language=lambda: "zh", detail=True)
        run.to_file(tmp_path / "out.csv", "csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second, _ = csv.DictReader(file)
    assert (first["得分"], first["要点 p1 判定"], first["要点 p2 判定"], first["要点 p3 判定"]) == (
        "50.0",
        "covered",
        "missing",
        "",
    )
    assert (first["要点 p1 依据"], second["要点 p1 判定"]) == ("欠拟合是训练误差大", "covered")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("-3.5", "-3.5"),
        ("三班", "三班"),
    ],
)
def test_no_cell_is_a_formula(tmp_path: Path, grade_file: GradeFile, cell: str, written: str) -> None:
    answer = {"id": "a", "rubric_id": "fitting", "answer": "", "note": cell}
    (tmp_path / "a.jsonl").write_text(json.dumps(answer), encoding="utf-8")
    grade_file(tmp_path / "a.jsonl", tmp_path / "out.csv", "csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["note"] == written


def test_every_table_has_the_same_cells(tmp_path: Path, source: Path, grade_file: GradeFile) -> None:
    for output_format in ("csv", "xlsx", "parquet"):
        grade_file(source, tmp_path / f"out.{output_format}", output_format)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Grades", "Detail"]
    shown = [["" if cell is None else cell for cell in row] for row in book["Grades"].iter_rows(values_only=True)]
    assert shown[0] == rows[0]
    assert shown[1][:10] == ["a", "fitting", "欠拟合是训练误差大", 9, "三班", "'=1+1", "", 50, "33–67", ""]
    assert shown[3][0] == "'=HYPERLINK(1)"
    assert (book["Grades"].freeze_panes, book["Grades"].auto_filter.ref) == ("A2", "A1:L4")
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.column_names[:7] == rows[0][:7]
    assert table["grade.score"].to_pylist() == [50.0, pytest.approx(33.3, abs=0.1), 0.0]
    assert table["grade.needs_review"].to_pylist() == [False] * 3
    # Nothing runs what is in Parquet.
    assert table["note"].to_pylist() == ["=1+1", "", "-3.5"]


def test_the_roster_adds_up(tmp_path: Path, grade_file: GradeFile) -> None:
    rows = "学号,姓名,fitting,optimizer\n007,甲,欠拟合是训练误差大,更新参数\n008,乙,不知道,\n"
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    grade_file(tmp_path / "a.csv", tmp_path / "out.xlsx", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    title, first, last = book["Students"].iter_rows(values_only=True)
    assert title == ("student", "name", "fitting", "optimizer", "answered", "total", "mean", "needs a look")
    assert first == ("007", "甲", 50, 33.3, "2 / 2", 83.3, 41.7, None)
    assert last == ("008", "乙", 0, 0, "1 / 2", 0, 0, None)
    assert [cell.value for cell in book["Grades"][1]][:4] == ["学号", "姓名", "题目", "回答"]


@pytest.mark.parametrize("output_format", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["inject.csv", "inject.jsonl", "inject_head.csv"])
def test_no_cell_of_a_real_file_is_a_formula(tmp_path: Path, name: str, output_format: str) -> None:
    out = tmp_path / f"out.{output_format}"
    with open_answers(str(CASES / name), refuse_stdin()) as answers:
        Run(answers, BANK, engine.local(MAKE_GRADER, BANK)).to_file(out, output_format)  # type: ignore[arg-type]
    if output_format == "csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        starts = [cell for cell in cells if cell.lstrip(" ")[:1] in tuple("=+-@\t\r＝＋－＠")]
        assert set(starts) <= {"-0.5"}
    else:
        book = openpyxl.load_workbook(out)
        assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_what_fails_half_way_leaves_no_trace(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    with pytest.raises(KeyboardInterrupt), replacing(out) as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    with replacing(link) as stream:
        stream.write("after")
    assert link.is_symlink()
    assert real.read_text() == "after"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_link_to_itself_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "out")
    with pytest.raises(SettingError, match="leads back to itself"), replacing(tmp_path / "out"):
        pass


def test_a_device_is_written_to_and_not_replaced() -> None:
    with replacing(Path(os.devnull)) as stream:
        stream.write("gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("place", "fault"), [("", "is a folder"), ("none/out.jsonl", "No such file"), ("a.txt/out.jsonl", "Not a dir")]
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str, fault: str) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(SettingError, match=fault), replacing(tmp_path / place):
        pass


def test_a_full_disk_is_an_error_of_the_place() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(SettingError, match="No space left"), replacing(Path("/dev/full")) as stream:
        stream.write("x" * 100_000)


@pytest.mark.parametrize("cell", ["-inf", "+nan", "-1_000", "-x", "+1+1", "=1", "＋5", " =1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert inert(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-0.5", "+8613800000000", "-1e5", ".5", "a=b", "", "5"])
def test_a_number_stays_a_number(cell: str) -> None:
    assert inert(cell) == cell
