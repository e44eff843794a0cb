"""Grades in their place: complete or not at all, the same bytes every time, and harmless in a spreadsheet."""

import csv
import json
import os
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from kaoguan.errors import SettingError
from kaoguan.files.replacing import replacing
from kaoguan.models import Grade
from tests.engines.conftest import GradeFile

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
    assert list(first)[:15] == [
        *("id", "rubric_id", "extra.score", "extra.班级", "extra.note", "extra.labels"),
        *("score", "range", "needs_review", "review_reasons"),
        *("verdict.p1", "evidence.p1", "verdict.p2", "evidence.p2", "verdict.p3"),
    ]
    assert (first["score"], first["extra.score"], first["extra.班级"]) == ("50.0", "9", "三班")
    assert (first["verdict.p1"], first["verdict.p2"], first["verdict.p3"]) == ("covered", "missing", "")
    assert second["extra.labels"] == '{"p1": "covered"}'
    assert third["score"] == "0.0"


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
        assert next(csv.DictReader(file))["extra.note"] == written


def test_every_table_has_the_same_cells(tmp_path: Path, source: Path, grade_file: GradeFile) -> None:
    for output_format in ("csv", "xlsx", "parquet"):
        grade_file(source, tmp_path / f"out.{output_format}", output_format)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    shown = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert shown[0] == rows[0]
    assert shown[1][:9] == ["a", "fitting", "9", "三班", "'=1+1", "", 50, "33–67", False]
    assert shown[3][0] == "'=HYPERLINK(1)"
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.column_names == rows[0]
    assert table["score"].to_pylist() == [50.0, pytest.approx(33.3, abs=0.1), 0.0]
    assert table["needs_review"].to_pylist() == [False] * 3
    # Nothing runs what is in Parquet.
    assert table["extra.note"].to_pylist() == ["=1+1", "", "-3.5"]


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
