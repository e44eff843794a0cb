"""The same answers, however they were saved, are read as the same answers."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from kaoguan.engines import Run, engine
from kaoguan.files import Columns, open_answers
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Row
from kaoguan.models import Rubric
from tests.engines import refuse_stdin
from tests.engines.conftest import MAKE_GRADER, GradeFile

ANSWERS = {"甲": "欠拟合是训练误差大", "乙": '他说，"过拟合是测试误差大"\n第二行', "丙": ""}
QUOTED = {id_: '"' + answer.replace('"', '""') + '"' for id_, answer in ANSWERS.items()}
CSV = "id,rubric_id,answer\n" + "".join(f"{id_},fitting,{answer}\n" for id_, answer in QUOTED.items())
TSV = "id\trubric_id\tanswer\n" + "".join(f"{id_}\tfitting\t{answer}\n" for id_, answer in QUOTED.items())
JSONL = "".join(
    json.dumps({"id": id_, "rubric_id": "fitting", "answer": answer}, ensure_ascii=False) + "\n"
    for id_, answer in ANSWERS.items()
)


def workbook() -> bytes:
    sheets, stream = openpyxl.Workbook(), io.BytesIO()
    for cells in [
        (),
        ("id", "rubric_id", None, "answer"),
        *((id_, "fitting", None, it) for id_, it in ANSWERS.items()),
    ]:
        sheets.active.append(cells)
    sheets.save(stream)
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    rows = [{"id": id_, "rubric_id": "fitting", "answer": answer} for id_, answer in ANSWERS.items()]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), stream)
    return stream.getvalue()


# What Excel leaves where a sheet once had more columns and rows.
GAPS = CSV.replace("fitting", ",fitting,").replace("rubric_id", ",rubric_id,") + ",,,,\n\n"

SAVED = {
    "jsonl": ("a.jsonl", JSONL.encode()),
    "jsonl with a mark": ("a.jsonl", JSONL.encode("utf-8-sig")),
    "jsonl in gbk": ("a.jsonl", JSONL.encode("gbk")),
    "jsonl in utf-16": ("a.jsonl", JSONL.encode("utf-16")),
    "jsonl with blank lines and crlf": ("a.jsonl", JSONL.replace("\n", "\r\n\r\n").encode()),
    "jsonl without the last line end": ("a.jsonl", JSONL.rstrip("\n").encode()),
    "jsonl escaped": ("a.jsonl", JSONL.encode("ascii", "backslashreplace")),
    "jsonl of unknown extension": ("a.dat", JSONL.encode()),
    "csv": ("a.csv", CSV.encode()),
    "csv with a mark": ("a.csv", CSV.encode("utf-8-sig")),
    "csv in gbk, as Excel writes it": ("a.csv", CSV.replace("\n", "\r\n").encode("gbk")),
    "csv in gb18030": ("a.csv", CSV.encode("gb18030")),
    "csv of unknown extension": ("answers", CSV.encode("gbk")),
    "csv with semicolons": ("a.csv", TSV.replace("\t", ";").encode()),
    "csv with empty columns and rows": ("a.csv", GAPS.encode()),
    "csv with empty cells at the end": ("a.csv", CSV.replace('fitting,""\n', 'fitting,"",,,\n').encode()),
    "csv with spaces in the header": ("a.csv", CSV.replace("id,rubric_id", "id , rubric_id").encode()),
    "gzip": ("a.jsonl.gz", gzip.compress(JSONL.encode())),
    "gzip of gbk csv": ("a.csv.gz", gzip.compress(CSV.encode("gbk"))),
    "excel": ("a.xlsx", workbook()),
    "excel called csv": ("a.csv", workbook()),
    "parquet": ("a.parquet", parquet()),
    "tsv": ("a.tsv", TSV.encode()),
    "unicode text, as Excel writes it": ("a.txt", TSV.replace("\n", "\r\n").encode("utf-16")),
}


def read(name: str, stdin: io.BytesIO) -> tuple[dict[str, str], str]:
    with open_answers(name, stdin) as answers:
        rows = [row for row in answers.rows(Questions({})) if isinstance(row, Row)]
        found = {row.id: row.answer.replace("\r\n", "\n") for row in rows if row.id}
        return found, "; ".join(answers.notes)


@pytest.mark.parametrize(("name", "content"), SAVED.values(), ids=SAVED)
def test_answers_survive_how_they_were_saved(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    found, _ = read(str(tmp_path / name), refuse_stdin())
    assert found == ANSWERS


@pytest.mark.parametrize("content", [JSONL.encode(), CSV.encode("gbk"), TSV.encode("utf-16")])
def test_standard_input_is_told_apart_by_its_content(content: bytes) -> None:
    assert read("-", io.BytesIO(content))[0] == ANSWERS


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (CSV.encode(), ""),
        (CSV.encode("utf-8-sig"), ""),
        (CSV.encode("gbk"), "read as GB18030 (GBK), because it is not UTF-8"),
        (CSV.encode("utf-16"), "read as UTF-16"),
    ],
)
def test_an_assumed_encoding_is_said(content: bytes, note: str) -> None:
    assert read("-", io.BytesIO(content))[1] == note


def test_one_damaged_byte_does_not_turn_a_utf8_file_into_gbk(tmp_path: Path, grade_file: GradeFile) -> None:
    rows = [f'{{"id": "{n}", "rubric_id": "fitting", "answer": "欠拟合是训练误差大啊"}}\n'.encode() for n in range(9)]
    rows[4] = rows[4].replace("训".encode(), "训".encode()[:2])
    (tmp_path / "a.jsonl").write_bytes(b"".join(rows))
    summary = grade_file(tmp_path / "a.jsonl", tmp_path / "out.jsonl")
    assert [row.line for row in summary.first_rejected] == [5]
    assert summary.mean == 50


def test_whole_numbers_are_ids(tmp_path: Path, grade_file: GradeFile) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 7, "rubric_id": "fitting ", "answer": ""}', encoding="utf-8")
    grade_file(tmp_path / "a.jsonl", tmp_path / "out.jsonl")
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == "7"


def test_an_empty_answer_is_an_answer_worth_nothing(tmp_path: Path, grade_file: GradeFile) -> None:
    (tmp_path / "a.csv").write_text("id,rubric_id,answer\ns1,fitting,\n", encoding="utf-8")
    summary = grade_file(tmp_path / "a.csv", tmp_path / "out.jsonl")
    assert (summary.graded, summary.mean, summary.complete) == (1, 0, True)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
def test_columns_may_have_other_names(tmp_path: Path, bank: dict[str, Rubric], name: str) -> None:
    row = {"学号": "甲", "题目": "fitting", "作答": "欠拟合是训练误差大", "answer": "another column"}
    if name.endswith("xlsx"):
        sheets = openpyxl.Workbook()
        sheets.active.append(list(row))
        sheets.active.append(list(row.values()))
        sheets.save(tmp_path / name)
    else:
        line = json.dumps(row) if name.endswith("jsonl") else "\n".join([",".join(row), ",".join(row.values())])
        (tmp_path / name).write_text(line, encoding="utf-8")
    columns = Columns(id="学号", rubric_id="题目", answer="作答")
    with open_answers(str(tmp_path / name), refuse_stdin(), columns) as answers:
        Run(answers, bank, engine.local(MAKE_GRADER, bank)).to_file(tmp_path / "out", "jsonl")
    line = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    assert (line["id"], line["score"], line["extra"]) == ("甲", 50, {"answer": "another column"})


def test_cells_of_a_workbook_keep_their_kind_and_ids_are_text(tmp_path: Path) -> None:
    sheets = openpyxl.Workbook()
    sheets.active.append(["id", "rubric_id", "answer", "class", "day", "late"])
    sheets.active.append([7, "fitting", 3.5, 2.0, date(2026, 1, 31), True])
    sheets.create_sheet("more")
    sheets.save(tmp_path / "a.xlsx")
    with open_answers(str(tmp_path / "a.xlsx"), refuse_stdin()) as answers:
        (row,) = answers.rows(Questions({}))
        assert isinstance(row, Row)
        assert answers.notes == ["read the sheet Sheet"]
    assert (row.id, row.rubric_id, row.answer) == (7, "fitting", "3.5")
    assert row.extra == {"class": 2, "day": "2026-01-31", "late": True}


def test_rows_of_a_workbook_are_counted_as_excel_does(tmp_path: Path, grade_file: GradeFile) -> None:
    sheets = openpyxl.Workbook()
    for cells in (["id", "rubric_id", "answer"], ["a", "fitting", ""], [], ["b", "nonsense", ""]):
        sheets.active.append(cells)
    sheets.save(tmp_path / "a.xlsx")
    summary = grade_file(tmp_path / "a.xlsx", tmp_path / "out.jsonl")
    assert [row.line for row in summary.first_rejected] == [4]
