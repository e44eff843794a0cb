"""Files as learning platforms, survey tools and people export them: each a kind, written down as small as it goes."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from tests.files.test_real_files import QUESTIONS, read

O, B, G = "optimizer", "batch_size", "gpu_util"  # noqa: E741 - the tables below have room for one letter
SAID = {
    O: "优化器负责更新模型的参数，沿着让损失变小的方向走。",
    B: "批太小的话梯度震荡得很厉害，不容易收敛。",
    G: "DataLoader 的 num_workers 设得太小，GPU 就会空等。",
}
WHO = (("2401", "张三", O), ("2402", "李四", B), ("2403", "王五", G))
Table = Sequence[Sequence[Any]]


def long(id_: str = "学号", name: str = "姓名", question: str = "题目", answer: str = "回答") -> list[list[str]]:
    return [[id_, name, question, answer], *([who, called, what, SAID[what]] for who, called, what in WHO)]


ROWS = long()
KEYS = [(who, what) for who, _, what in WHO]
WIDE = [["2401", "张三", SAID[O], SAID[B]], ["2402", "李四", SAID[B], SAID[O]]]
WIDE_KEYS = [(who, what) for who in ("2401", "2402") for what in (O, B)]


def text(rows: Table, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(*merged: str, **sheets: Table) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_csv", ".csv").replace("_xlsx", ".xlsx"), content)
    return out.getvalue()


def page(rows: Table) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><head><meta charset='gb2312'></head><body><table border=1>{lines}</table></body></html>"


class Case(NamedTuple):
    name: str
    content: bytes
    keys: Sequence[tuple[str, str]] = KEYS
    said: str = ""


OBJECTS = [{"学号": who, "题目": what, "回答": SAID[what]} for who, _, what in WHO]
MERGED_HEAD = ["学号", "姓名", QUESTIONS[O], None, QUESTIONS[B], None]
POINTS = ["答案", "得分", "答案", "得分"]
SCORED = [["2401", "张三", SAID[O], 5, SAID[B], 6], ["2402", "李四", SAID[B], 5, SAID[O], 6]]
IMPORT_IDS = [f'{{"ImportId":"QID{at}"}}' for at in range(4)]
FORM = ["ID", "Email", "Name", QUESTIONS[O], "Points - " + QUESTIONS[O], "Feedback - " + QUESTIONS[O]]

CASES = {
    # encodings, line ends, delimiters
    "UTF-16 with tabs": Case("a.txt", text(ROWS, "utf-16", "\t"), said="UTF-16"),
    "UTF-32": Case("a.csv", text(ROWS, "utf-32"), said="UTF-32"),
    "two marks": Case("a.csv", b"\xef\xbb\xbf" * 2 + text(ROWS)),
    "a mark read as Windows-1252": Case("a.csv", "ï»¿".encode() + text(ROWS)),
    "line ends of old Macs": Case("a.csv", text(ROWS, end="\r")),
    "bars": Case("a.txt", text(ROWS, delimiter="|")),
    "padded with NUL": Case("a.csv", text(ROWS) + b"\x1a" + bytes(200)),
    "curled quotation marks": Case("a.csv", "“学号”,“题目”,“回答”\n“2401”,“optimizer”,“好，a, b”\n".encode(), KEYS[:1]),
    # ids
    'ids as ="0012"': Case("a.csv", text([ROWS[0], *([f'="{row[0]}"', *row[1:]] for row in ROWS[1:])])),
    "ids behind an apostrophe": Case("a.csv", text([ROWS[0], *(["'" + row[0], *row[1:]] for row in ROWS[1:])])),
    "ids with what cannot be seen": Case(
        "a.csv", text([ROWS[0], *(["\u200b" + row[0] + "\t", *row[1:]] for row in ROWS[1:])])
    ),
    # headers
    "Chinese and English": Case("a.csv", text(long("学号 Student ID", "姓名 Name", "题目 Question", "回答 Answer"))),
    "either … or": Case("a.csv", text(long("学号/工号", "姓名/Name", "题目/Question", "作答/Answer"))),
    "of a person": Case("a.csv", text(long("Student No.", "Full Name", "Question ID", "Student's Answer"))),
    "polite": Case("a.csv", text(long("*请输入您的学号", "*姓名", "试题内容", "考生作答内容（200 字以内）"))),
    "traditional": Case("a.csv", text(long("學號", "姓名", "題目", "學生作答"))),
    "Japanese": Case("a.csv", text(long("学籍番号", "氏名", "設問", "回答"))),
    "Korean": Case("a.csv", text(long("학번", "이름", "문제", "답안"))),
    "full width": Case("a.csv", text(long("ＩＤ", "Ｎａｍｅ", "ｒｕｂｒｉｃ＿ｉｄ", "ａｎｓｗｅｒ"))),
    "e-mail": Case("a.csv", text(long("Email Address", "Name", "Question", "Your answer"))),
    "printed on every page": Case("a.csv", text([*ROWS[:2], ROWS[0], *ROWS[2:]])),
    "two files joined": Case("a.csv", text(ROWS[:2], "utf-8-sig") + text([ROWS[0], *ROWS[2:]], "utf-8-sig")),
    "in two lines": Case(
        "a.xlsx", workbook(s=[["学号", "姓名", "第1题", "第2题"], [None, None, *MERGED_HEAD[2:5:2]], *WIDE]), WIDE_KEYS
    ),
    "merged above answer and points": Case(
        "a.xlsx",
        workbook("A1:A2", "B1:B2", "C1:D1", "E1:F1", s=[MERGED_HEAD, [None, None, *POINTS], *SCORED]),
        WIDE_KEYS,
    ),
    "questions above answer and points": Case(
        "a.xlsx", workbook(s=[[None, None, *MERGED_HEAD[2:]], ["学号", "姓名", *POINTS], *SCORED]), WIDE_KEYS
    ),
    "the only question above": Case(
        "a.xlsx", workbook(s=[[QUESTIONS[O]], ["学号", "姓名", "回答"], *(row[:3] for row in WIDE)]), WIDE_KEYS[::2]
    ),
    # sheets
    "an empty template first": Case("a.xlsx", workbook(模板=[ROWS[0]], 答卷=ROWS), said="答卷"),
    "a roster first": Case("a.xlsx", workbook(名单=[["学号", "姓名"], ["2401", "张三"]], 作答=ROWS), said="作答"),
    "begins in the third column": Case(
        "a.xlsx", workbook(s=[[], [None, None, "测验"], *([None, None, *row] for row in ROWS)])
    ),
    # platforms
    "Google Forms": Case(
        "a.csv",
        text([["Timestamp", "Username", QUESTIONS[O], QUESTIONS[B]], *(["x", *row[1:]] for row in WIDE)]),
        [(who, what) for who in ("张三", "李四") for what in (O, B)],
    ),
    "Microsoft Forms": Case("a.xlsx", workbook(s=[FORM, [1, "a@x.cn", "张三", SAID[O], None, None]]), [("1", O)]),
    "Qualtrics": Case(
        "a.csv",
        text([["ResponseId", "n", "Q1", "Q2"], ["Response ID", "n", QUESTIONS[O], QUESTIONS[B]], IMPORT_IDS, *WIDE]),
        WIDE_KEYS,
    ),
    "SurveyMonkey": Case(
        "a.csv",
        text([["Respondent ID", "d", QUESTIONS[O], QUESTIONS[B]], ["", "", *["Open-Ended Response"] * 2], *WIDE]),
        WIDE_KEYS,
    ),
    "LimeSurvey": Case(
        "a.csv", text([["id. Response ID", "n", "G1Q1. " + QUESTIONS[O], "G1Q2. " + QUESTIONS[B]], *WIDE]), WIDE_KEYS
    ),
    "Canvas": Case(
        "a.csv", text([["id", "name", "101: " + QUESTIONS[O], "102: " + QUESTIONS[B][:15] + "..."], *WIDE]), WIDE_KEYS
    ),
    "Moodle without numbers": Case(
        "a.csv",
        text(
            [
                ["姓", "名", "编号", "电子邮件地址", "试题 1", "响应 1", "正确答案 1"],
                ["张", "三", "", "a@x.cn", QUESTIONS[O], SAID[O], "x"],
            ]
        ),
        [("a@x.cn", O)],
    ),
    "Blackboard": Case(
        "a.csv",
        text([["Username", "Question ID 1", "Question 1", "Answer 1"], ["z3", "_1_1", QUESTIONS[O], SAID[O]]]),
        [("z3", O)],
    ),
    "points beside each answer": Case(
        "a.csv", text([["学号", "x", QUESTIONS[O], QUESTIONS[O] + " 得分"], ["2401", "", SAID[O], "5"]]), [("2401", O)]
    ),
    "points in the header": Case(
        "a.csv", text([["学号", "姓名", "1. optimizer（10 分）", "batch_size [20]"], *WIDE]), WIDE_KEYS
    ),
    "headed in HTML": Case(
        "a.csv", text([["学号", "姓名", f'<p style="margin:0">{QUESTIONS[O]}</p>', QUESTIONS[B]], *WIDE]), WIDE_KEYS
    ),
    "headed in traditional characters": Case(
        "a.csv", text([["學號", "姓名", "深度學習裡的優化器是什麼？", QUESTIONS[B]], *WIDE]), WIDE_KEYS
    ),
    # other formats
    "a JSON list": Case("a.json", json.dumps(OBJECTS, indent=1).encode("utf-8-sig")),
    "wide JSON Lines": Case(
        "a.jsonl", "\n".join(json.dumps({"学号": row[0], O: row[2], B: row[3]}) for row in WIDE).encode(), WIDE_KEYS
    ),
    "packed, GBK": Case("a.csv.gz", gzip.compress(text(ROWS, "gbk")), said="GBK"),
    "an archive of one table": Case("a.zip", archive(a_csv=text(ROWS), __MACOSX=b"x")),
    "an archive of one workbook": Case("a.zip", archive(a_xlsx=workbook(s=ROWS))),
    "a web page called .xls": Case("a.xls", page(ROWS).encode("gbk")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_export_is_graded_as_a_whole(tmp_path: Path, case: Case) -> None:
    found = read(tmp_path / case.name, case.content)
    assert found.rejected == []
    assert found.keys == list(case.keys)
    assert case.said in found.said
    assert all(one.answer in SAID.values() or one.answer == "好，a, b" for one in found.graded)


@pytest.mark.parametrize("name", ["old.xls", "open.ods"])
def test_old_and_open_sheets_tell_zeros_merged_cells_and_errors(name: str) -> None:
    found = read(name)
    assert found.keys == [("00000007", O), ("00000012", O), ("20240123", B), ("2405", G)]
    assert [row.split(", ")[0] for row in found.rejected] == ["7 2406 answer holds #N/A"]
    assert "read the sheet 答卷" in found.said
    assert (found.graded[0].extra["成绩"], found.graded[0].extra["日期"]) == (8.5, "2024-05-01")


def test_of_two_answers_the_students_is_graded_and_not_the_right_one(tmp_path: Path) -> None:
    for right, given in (
        ("answer", "student_answer"),
        ("答案", "学生答案"),
        ("answer", "response"),
        ("标准答案", "答案"),
    ):
        found = read(tmp_path / "a.csv", text([["id", "question", right, given], ["a", QUESTIONS[O], "标准", SAID[O]]]))
        assert [one.answer for one in found.graded] == [SAID[O]]
    found = read(tmp_path / "a.csv", text([["id", "rubric_id", "response", "answer"], ["a", O, "标准", SAID[O]]]))
    assert [one.answer for one in found.graded] == [SAID[O]]


def test_family_and_given_name_are_one_name(tmp_path: Path) -> None:
    for last, first, name in (("张", "三", "张三"), ("Curie", "Marie", "Marie Curie")):
        rows = [["Last name", "First name", "ID number", QUESTIONS[O]], [last, first, "7", SAID[O]]]
        assert read(tmp_path / "a.csv", text(rows)).graded[0].name == name


@pytest.mark.parametrize(
    "written",
    [
        SAID[O].encode("unicode_escape").decode(),
        "".join(f"%{byte:02X}" for byte in SAID[O].encode()),
        SAID[O].encode("ascii", "xmlcharrefreplace").decode(),
        f"&lt;p&gt;{SAID[O]}&lt;/p&gt;",
        f"&amp;lt;p&amp;gt;{SAID[O]}&amp;nbsp;&amp;lt;/p&amp;gt;",
        f'<p>{SAID[O]}</p><p><img src="data:image/png;base64,{"iVBOR" * 4000}"></p>',
    ],
    ids=["escapes", "percent signs", "numbers", "tags as entities", "twice", "a picture"],
)
def test_an_answer_in_codes_is_read(tmp_path: Path, written: str) -> None:
    assert read(tmp_path / "a.csv", text([["id", "题目", "回答"], ["a", O, written]])).graded[0].answer == SAID[O]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        *(("#ZAHL!", "an error"), ("#¡VALOR!", "an error"), ("#NV", "an error"), ("#REF !", "an error")),
        (SAID[O].encode("utf-7").decode(), "wrong encoding"),
        (SAID[O].encode("hz").decode(), "wrong encoding"),
        ("最適化".encode("iso2022_jp").decode(), "wrong encoding"),
        ('<p><img src="a.png" alt=""></p>', "a picture or a file"),
    ],
)
def test_what_nobody_could_read_is_rejected(tmp_path: Path, answer: str, reason: str) -> None:
    found = read(tmp_path / "a.csv", text([["id", "题目", "回答"], ["a", O, answer], ["b", O, "好"]]))
    assert found.keys == [("b", O)]
    assert reason in found.rejected[0]


@pytest.mark.parametrize(
    "answer", ["x&param;y 与 &lti;", "#hi!", "a+b-c+d-", "100% 20% 30%", r"\u 和 \underline{x}", "C# 与 #define"]
)
def test_what_only_looks_like_codes_stays(tmp_path: Path, answer: str) -> None:
    found = read(tmp_path / "a.csv", text([["id", "题目", "回答"], ["a", O, answer]]))
    assert [one.answer for one in found.graded] == [answer]


@pytest.mark.parametrize(
    ("encoding", "answer", "name"),
    [
        ("euc_kr", "옵티마이저는 손실을 줄이기 위해 매개변수를 갱신합니다", "EUC-KR"),
        ("euc_jp", "オプティマイザーは損失を小さくするためにパラメータを更新します", "EUC-JP"),
    ],
)
def test_korean_and_japanese_are_decoded(tmp_path: Path, encoding: str, answer: str, name: str) -> None:
    found = read(tmp_path / "a.csv", text([["id", "rubric_id", "answer"], ["a", O, answer]], encoding))
    assert [one.answer for one in found.graded] == [answer]
    assert name in found.said


def test_a_name_that_stands_twice_in_an_object_costs_only_that_object(tmp_path: Path) -> None:
    lines = (
        b'{"id":"a","rubric_id":"optimizer","answer":"x","answer":"y"}\n{"id":"b","rubric_id":"optimizer","answer":"z"}'
    )
    found = read(tmp_path / "a.jsonl", lines)
    assert found.keys == [("b", O)]
    assert "a name stands twice" in found.rejected[0]


def broken(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return out.getvalue()


def test_a_workbook_with_broken_styles_is_read_all_the_same(tmp_path: Path) -> None:
    content = broken(workbook(s=ROWS), "xl/styles.xml", lambda part: part.replace(b"<fill>", b"<fill><odd/>"))
    assert read(tmp_path / "a.xlsx", content).keys == KEYS
