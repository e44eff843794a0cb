"""A malformed answers file: good rows are graded and bad ones say why, or the file is refused as a whole."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kaoguan.errors import AnswersError
from tests.engines.conftest import GradeFile

GOOD = '{"id": "ok", "rubric_id": "fitting", "answer": "欠拟合是训练误差大"}\n'
CSV = "id,rubric_id,answer\nok,fitting,欠拟合是训练误差大\n"


def row(**fields: object) -> str:
    return json.dumps({"id": "bad", "rubric_id": "fitting", "answer": "答"} | fields, ensure_ascii=False) + "\n"


# name: (file name, content, line of the rejected row, part of the reason)
ONE_BAD_ROW = {
    "unparsable line": ("a.jsonl", GOOD + '{"id": "bad", \n', 2, "not JSON"),
    "python literal": ("a.jsonl", GOOD + "{'id': 'bad'}\n", 2, "not JSON"),
    "list in place of an object": ("a.jsonl", GOOD + '["bad", "fitting", "答"]\n', 2, "not a JSON object"),
    "number in place of an object": ("a.jsonl", GOOD + "42\n", 2, "not a JSON object"),
    "NaN": ("a.jsonl", GOOD + row(x=float("nan")), 2, "NaN is not JSON"),
    "nesting too deep to parse": ("a.jsonl", GOOD + "[" * 100_000 + "\n", 2, "not JSON we can read"),
    "nesting too deep to write": ("a.jsonl", GOOD + row(x=json.loads("[" * 60 + "]" * 60)), 2, "nested too deeply"),
    "number too long": ("a.jsonl", GOOD + '{"id": ' + "9" * 5000 + "}\n", 2, "not JSON we can read"),
    "line too long": ("a.jsonl", GOOD + row(answer="长" * 1_100_000), 2, "longer than"),
    "no id": ("a.jsonl", GOOD + '{"rubric_id": "fitting", "answer": "答"}\n', 2, "no id"),
    "nothing but an id": ("a.jsonl", GOOD + '{"id": "bad"}\n', 2, "no rubric_id, answer"),
    "empty id": ("a.jsonl", GOOD + row(id="  "), 2, "id is empty"),
    "null id": ("a.jsonl", GOOD + row(id=None), 2, "id is empty"),
    "list as id": ("a.jsonl", GOOD + row(id=["bad"]), 2, "id is not text: ['bad']"),
    "escape sequence in the id": ("a.jsonl", GOOD + row(id="\x1b[2J"), 2, r"id holds control characters: '\x1b[2J'"),
    "duplicate id": ("a.jsonl", GOOD + GOOD, 2, "duplicate id 'ok' (line 1 has it"),
    "misspelt rubric": ("a.jsonl", GOOD + row(rubric_id="optimiser"), 2, "did you mean optimizer?"),
    "unknown rubric": ("a.jsonl", GOOD + row(rubric_id="量子力学"), 2, "there are fitting, optimizer"),
    "rubric is a number": ("a.jsonl", GOOD + row(rubric_id=7), 2, "no rubric 7"),
    "null answer": ("a.jsonl", GOOD + row(answer=None), 2, 'write "" for no answer'),
    "number as answer": ("a.jsonl", GOOD + row(answer=3.5), 2, "answer is not text: 3.5"),
    "NUL in the answer": ("a.jsonl", GOOD + row(answer="a\0b"), 2, "NUL"),
    "NUL in another column": ("a.jsonl", GOOD + row(name=["x", {"y": "\0"}]), 2, "NUL"),
    "half an emoji": ("a.jsonl", GOOD + '{"id": "bad", "rubric_id": "fitting", "answer": "\\ud83d"}\n', 2, "bytes"),
    "byte that is not UTF-8": ("a.jsonl", GOOD.encode() + row().encode().replace("答".encode(), b"\xff"), 2, "bytes"),
    "id that is not UTF-8": ("a.csv", CSV.encode() + b"\xff\xfe,fitting,a\n", 3, "bytes"),
    "too few cells": ("a.csv", CSV + "bad,fitting\n", 3, "2 cells where the header has 3"),
    "too many cells": ("a.csv", CSV + "bad,fitting,a,b\n", 3, "4 cells where the header has 3; quote answers"),
    "text after a closing quote": ("a.csv", CSV + 'bad,fitting,"a" b\n', 3, "broken quoting"),
    "quote never closed": ("a.csv", CSV + 'bad,fitting,"a\n', 3, "never closed"),
    "quote never closed, far from the end": ("a.csv", CSV + f'bad,fitting,"{"答" * 200_000}\n', 3, "broken quoting"),
    "csv line too long": ("a.csv", CSV + "bad,fitting," + "x" * 1_100_000 + "\n", 3, "too long"),
    "NUL in csv": ("a.csv", CSV + "bad,fitting,a\0b\n", 3, "NUL"),
    "empty id in tsv": ("a.tsv", CSV.replace(",", "\t") + "\tfitting\t答\n", 3, "id is empty"),
}


@pytest.mark.parametrize(("name", "content", "line", "reason"), ONE_BAD_ROW.values(), ids=ONE_BAD_ROW)
def test_a_bad_row_is_rejected_with_its_line_and_the_rest_is_graded(
    tmp_path: Path, grade_file: GradeFile, name: str, content: str | bytes, line: int, reason: str
) -> None:
    source, out = tmp_path / name, tmp_path / "out.jsonl"
    source.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))

    summary = grade_file(source, out)

    assert (summary.graded, summary.rejected) == (1, 1)
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "ok"
    rejected = json.loads((tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8"))
    assert rejected["line"] == line
    assert reason in rejected["reason"]


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, GOOD)
    return stream.getvalue()


ZIP = _zip("answers.csv", "more.csv")
DOCX = _zip("[Content_Types].xml", "word/document.xml")
REFUSED = {
    "empty file": ("a.csv", b"", "is empty"),
    "blank lines": ("a.jsonl", b"\n \n", "holds no answers"),
    "header only": ("a.csv", b"id,rubric_id,answer\n", "holds no answers"),
    "one endless line": ("a.csv", b"x" * 1_100_000, "a.csv:1: the first line is longer than 1,048,576 characters"),
    "no header": (
        "a.csv",
        "s1,fitting,答\n".encode(),
        "no column rubric_id, answer among: s1, fitting, 答",
    ),
    "column missing": ("a.csv", b"id,topic,answer\n", "no column rubric_id among: id, topic, answer"),
    "escape sequence in the header": ("a.csv", b"id,\x1b[2J,answer\n", "among: id, [2J, answer"),
    "two columns of one name": ("a.csv", b"id,rubric_id,answer,answer\n", "two columns are called answer"),
    "delimiter we do not know": (
        "a.csv",
        "id，rubric_id，answer\n".encode(),
        "not separated by commas, tabs, semicolons",
    ),
    "json list cut short": ("a.json", b'[{"id": "a"},\n{"id":', "a.json:2: is no JSON list"),
    "json list of something else": ("a.jsonl", b'[\n{"id": "a"}\n]', "line 2: no rubric_id, answer"),
    "pretty-printed json": ("a.jsonl", b'{\n"id": "a",\n"answer": ""\n}\n', "none of its 4 rows can be graded (line 1"),
    "excel workbook": ("a.xlsx", b"PK\x03\x04rest", "Excel workbook"),
    "excel workbook called csv": ("a.csv", b"PK\x03\x04rest", "Excel workbook"),
    "old excel": ("a.xls", b"\xd0\xcf\x11\xe0rest", "is no spreadsheet that can be read"),
    "gzip that is none": ("a.jsonl.gz", b"\x1f\x8b\x08rest", "gzip that ends too early"),
    "gzip cut short": ("a.jsonl.gz", gzip.compress(GOOD.encode() * 99)[:-9], "gzip that ends too early"),
    "gzip with a damaged byte": ("a.jsonl.gz", gzip.compress(GOOD.encode())[:-8] + b"damaged!", "is damaged gzip"),
    "parquet cut short": ("a.parquet", b"PAR1rest", "is a damaged Parquet file"),
    "zip of two files": ("a.xlsx", ZIP, "holds 2 files: answers.csv, more.csv"),
    "word document": ("a.xlsx", DOCX, "is a Word document"),
    "packed in another way": ("a.7z", b"7z\xbc\xaf\x27\x1c", "is packed (7z)"),
    "pdf": ("a.pdf", b"%PDF-1.7", "is a PDF"),
    "binary": ("a.csv", bytes(range(128, 256)) * 40, "is not text"),
    "utf-16 cut in half a character": ("a.csv", "id,rubric_id,answer\n".encode("utf-16")[:-1], "is not text"),
    "utf-16 without a mark": ("a.csv", "id,rubric_id,answer\n".encode("utf-16-le"), "holds no answers"),
    "every row bad": ("a.jsonl", b'{"id": "a"}\n{"id": "b"}\n', "none of its 2 rows can be graded (line 1"),
}


@pytest.mark.parametrize(("name", "content", "fault"), REFUSED.values(), ids=REFUSED)
def test_a_file_without_a_gradable_row_is_refused(
    tmp_path: Path, grade_file: GradeFile, name: str, content: bytes, fault: str
) -> None:
    source, out = tmp_path / name, tmp_path / "out.jsonl"
    source.write_bytes(content)
    out.write_text("yesterday's grades")

    with pytest.raises(AnswersError) as caught:
        grade_file(source, out)

    assert fault in str(caught.value)
    assert caught.value.exit_code == 2
    assert out.read_text() == "yesterday's grades"


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        pytest.param(lambda path: None, "No such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "directory", id="folder"),
        pytest.param(lambda path: path.symlink_to(path), "symbolic links", id="link to itself"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(
    tmp_path: Path, grade_file: GradeFile, make: Callable[[Path], object], fault: str
) -> None:
    make(tmp_path / "a.csv")
    with pytest.raises(AnswersError, match=fault):
        grade_file(tmp_path / "a.csv", tmp_path / "out.jsonl")


def test_an_unclosed_quote_costs_its_own_row_only(tmp_path: Path, grade_file: GradeFile) -> None:
    rows = [f"s{n},fitting,欠拟合是训练误差大" for n in range(9)]
    rows[3] = 's3,fitting,"没有右引号'
    rows[7] = 's7,fitting,"带引号的，""正常""答案\n第二行"'
    source = tmp_path / "a.csv"
    source.write_text("\n".join(["id,rubric_id,answer", *rows]), encoding="utf-8")

    summary = grade_file(source, tmp_path / "out.jsonl")

    assert [row.line for row in summary.first_rejected] == [5]
    assert summary.graded == 8


def test_the_rejects_of_an_earlier_run_do_not_stay(tmp_path: Path, grade_file: GradeFile) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    source.write_text(GOOD + "nonsense\n", encoding="utf-8")
    grade_file(source, out)
    source.write_text(GOOD, encoding="utf-8")
    grade_file(source, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "out.jsonl"]
