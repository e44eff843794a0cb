"""Files as teachers have them (tests/files/cases): every row is graded under its question, or rejected."""

import io
from pathlib import Path
from typing import NamedTuple

import pytest

from kaoguan.errors import AnswersError
from kaoguan.files import open_answers
from kaoguan.files.checked_rows import Accepted, Remarks, checked_rows
from kaoguan.models import Rubric, Submission
from kaoguan.prompts import translated
from kaoguan.testing import make_rubric

CASES = Path(__file__).parent / "cases"
QUESTIONS = {
    "optimizer": "深度学习里的优化器是什么？",
    "batch_size": "深度学习训练中，batch size 的大小会带来哪些影响？",
    "gpu_util": "训练模型时，GPU 利用率忽高忽低、一直波动，可能是什么原因？",
    "vanish_explode": "梯度消失和梯度爆炸各是什么原因造成的？怎么解决？",
}
BANK: dict[str, Rubric] = {id_: make_rubric("一点", id=id_, question=text) for id_, text in QUESTIONS.items()}


class Read(NamedTuple):
    graded: list[Submission]
    rejected: list[str]
    said: str

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [(one.id, one.rubric_id) for one in self.graded]


def read(name: str | Path, content: bytes | None = None, sheet: str | None = None) -> Read:
    remarks = Remarks()
    path = CASES / name if content is None else Path(name)
    if content is not None:
        path.write_bytes(content)
    with open_answers(str(path), io.BytesIO(), sheet=sheet) as answers:
        rows = list(checked_rows(answers, BANK, remarks))
        said = "\n".join([*answers.notes, *remarks.told()])
    return Read(
        [row.submission for row in rows if isinstance(row, Accepted)],
        [f"{row.line} {row.id} {row.reason}" for row in rows if not isinstance(row, Accepted)],
        said,
    )


# file: (ids and questions of what is graded, each a pattern of what is rejected, what is said)
O, B, G = "optimizer", "batch_size", "gpu_util"  # noqa: E741 - the table below has room for one letter
THREE = [("a1", O), ("a2", B), ("a3", G)]
TWO = THREE[:2]
WHOLE: dict[str, tuple[list[tuple[str, str]], list[str], str]] = {
    "title_merged.xlsx": (THREE, [], ""),
    "title_blank_row.xlsx": (TWO, [], ""),
    "title.csv": (THREE, [], ""),
    "title_two_lines.csv": (THREE, [], ""),
    "second_sheet.xlsx": (THREE, [], "read the sheet 答卷"),
    "hidden_first.xlsx": (THREE, [], "read the sheet answers"),
    "two_answer_sheets.xlsx": ([("a1", O)], [], "left out: 二班"),
    "head_case.csv": (THREE, [], ""),
    "head_spaces.xlsx": (TWO, [], ""),
    "head_invisible.csv": (THREE, [], ""),
    "head_linebreak.csv": (TWO, [], ""),
    "head_twice_unused.csv": (TWO, [], ""),
    "sep_semicolon.csv": (THREE, [], ""),
    "sep_tab.csv": (THREE, [], ""),
    "zh_head_gbk.csv": ([("2401", O), ("2401", B), ("2402", O)], [], "GBK"),
    "zh_head_bom.csv": (THREE, [], ""),
    "zh_head.xlsx": ([("2401", O), ("2402", B)], [], ""),
    "zh_head_trad.csv": ([("2401", O), ("2402", B)], [], ""),
    "zh_question_text.csv": ([("2401", O), ("2401", B), ("2402", G)], [], ""),
    "zh_name_only.csv": ([("甲同学", O), ("乙同学", O), ("乙同学", B)], [], ""),
    "wide_ids.csv": (
        [(who, what) for who in ("甲同学", "乙同学") for what in (O, B, G)],
        [],
        "one column per question",
    ),
    "wide_ids.xlsx": ([(who, what) for who in ("2401", "2402") for what in (O, B)], [], "one column per question"),
    "wide_questions.csv": ([(who, what) for who in ("2401", "2402") for what in (O, B)], [], "one column"),
    "wide_numbered.csv": ([(who, what) for who in "12" for what in (O, G)], [], "not graded: 总用时"),
    "same_student.csv": ([(who, what) for who in ("2401", "2402") for what in (O, B)], [], ""),
    "same_id.jsonl": ([("2401", O), ("2401", B), ("2402", O)], [], ""),
    "true_duplicate.csv": ([("2401", O), ("2401", B)], ["4 2401 duplicate id"], ""),
    "merged_rubric.xlsx": ([("a1", O), ("a2", O), ("a3", O), ("a4", B), ("a5", B)], [], ""),
    "id_zeros.xlsx": ([("00000007", O), ("00000012", O), ("20240123", B)], [], ""),
    "id_18_digits.xlsx": ([(f"9000000000000000{end}", what) for end, what in ((17, O), (18, B), (19, G))], [], ""),
    "id_rounded.xlsx": ([("900000000000001000", O)], ["ids are rounded"], "ids are rounded"),
    "id_scientific.csv": ([("2.02401E+11", O)], ["scientific notation"] * 2, "scientific notation"),
    "id_scientific_one.csv": ([("9.00001E+17", O), ("a2", B)], [], "scientific notation"),
    "id_18_digits_text.csv": ([("900000000000000017", O), ("000000000000000018", B)], [], ""),
    "formula_no_value.xlsx": ([("a2", O)], ["2 a1 answer is a formula whose value was never computed"], ""),
    "formula_id_no_value.xlsx": ([("a2", O)], ["id is a formula whose value was never computed"], ""),
    "formula_with_value.xlsx": (TWO, [], ""),
    "error_text.csv": ([("a3", O)], ["2 a1 answer holds #N/A", "3 a2 answer holds #REF!"], ""),
    "error_cells.xlsx": ([("a3", O)], ["2 a1 answer holds #N/A", "3 a2 question holds #REF!"], ""),
    "x000d.xlsx": (TWO, [], ""),
    "ctrl_z.csv": (THREE, [], ""),
    "ctrl_z.tsv": (THREE, [], ""),
    "big5.csv": (TWO, [], "Big5"),
    "shift_jis.csv": (TWO, [], "Shift-JIS"),
    "gbk.csv": (THREE, [], "GBK"),
    "less_than.csv": ([("sign", B), ("wide-sign", B)], [], ""),
    "own_columns.csv": (TWO, [], ""),
    "own_columns.xlsx": ([("2401", O), ("2402", B)], [], ""),
    "own_named_like_ours.csv": (TWO, [], ""),
    "inject_head.csv": ([("a1", O)], [], ""),
}


@pytest.mark.parametrize("name", WHOLE)
def test_every_row_is_graded_under_its_question_or_rejected_with_the_reason(name: str) -> None:
    keys, rejected, said = WHOLE[name]
    found = read(name)
    assert found.keys == keys
    assert len(found.rejected) == len(rejected)
    assert all(reason in row for reason, row in zip(rejected, found.rejected, strict=True))
    assert said in found.said
    assert said or not found.said.strip()
    # What is said is said in Chinese too.
    assert all(translated(note, "zh") != note for note in found.said.split("\n") if note)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("head_linebreak_no_answer.csv", "no column answer among: id, rubric_id, 第1题 请说说优化器"),
        ("head_twice_answer.csv", "two columns are called answer"),
        ("wide_unknown.csv", "第1题, 第2题; .* head each with the question or its id"),
    ],
)
def test_a_table_that_cannot_be_understood_says_what_its_columns_are(name: str, told: str) -> None:
    with pytest.raises(AnswersError, match=told):
        read(name)


@pytest.mark.parametrize("name", ["html_moodle.csv", "html_lists.csv"])
def test_an_answer_from_an_editor_reads_like_one_that_was_typed(name: str) -> None:
    answers = {one.id: one.answer for one in read(name).graded}
    for id_, html in answers.items():
        if id_.endswith("-html"):
            assert _letters(html) == _letters(answers[id_.replace("-html", "-plain")])
            assert "<p" not in html
            assert "&" not in html


def _letters(text: str) -> str:
    # Bullets and numbers of lists are the editor's.
    return "".join(one for one in text if one.isalpha())


@pytest.mark.parametrize(
    "answer",
    ["当 batch<16 时，loss>2", "vector<int> 与 <pad>、<s>", "a && b, R&D", "x < 3 and y > 4", "当 n<p>m 时，i<li>j"],
)
def test_what_only_looks_like_markup_stays(tmp_path: Path, answer: str) -> None:
    found = read(tmp_path / "a.csv", f'id,rubric_id,answer\na,optimizer,"{answer}"\n'.encode())
    assert found.graded[0].answer == answer
    assert not found.said.strip()


def test_answers_come_with_whose_they_are_and_with_the_own_columns() -> None:
    first = read("wide_numbered.csv").graded[0]
    assert (first.student, first.name, first.row["总用时"]) == ("甲同学", "甲同学", "312秒")
    assert list(first.row) == ["序号", "姓名", "总用时", "题目", "回答"]
    assert read("own_columns.xlsx").graded[0].student == "2401"
    assert list(read("own_columns.xlsx").graded[0].row) == ["学号", "姓名", "题目", "作答", "老师评分"]
    assert "_x000D_" not in read("x000d.xlsx").graded[0].answer


def test_a_sheet_can_be_named() -> None:
    assert read("two_answer_sheets.xlsx", sheet="二班").keys == [("b1", B)]
    with pytest.raises(AnswersError, match="has no such sheet; use one of: 一班, 二班"):
        read("two_answer_sheets.xlsx", sheet="三班")


ANSWER = "优化器负责更新模型的参数，它用反向传播算出的梯度，沿着让损失变小的方向走。"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("#VALUE!", "an error of the spreadsheet"),
        ("#DIV/0!", "an error of the spreadsheet"),
        ("########", "an error of the spreadsheet"),
        (ANSWER.encode().decode("cp1252", "replace"), "lost its characters"),
        (ANSWER.encode().decode("latin-1"), "wrong encoding"),
        (ANSWER.encode().decode("gb18030", "ignore"), "wrong encoding"),
        (ANSWER.encode("gb18030").decode("latin-1"), "wrong encoding"),
        (ANSWER.encode("gb18030").decode("utf-8", "replace"), "lost its characters"),
        ("锟斤拷锟斤拷锟斤拷", "lost its characters"),
        ("?????????????", "lost its characters"),
    ],
)
def test_an_unreadable_answer_is_never_graded(tmp_path: Path, answer: str, reason: str) -> None:
    found = read(tmp_path / "a.csv", f'id,rubric_id,answer\na,optimizer,"{answer}"\nb,optimizer,好\n'.encode())
    assert found.keys == [("b", O)]
    assert reason in found.rejected[0]


@pytest.mark.parametrize(
    "answer", ["不知道???", "Größe, naïve, Ångström — très bien", "", "？？？", "μ, σ², ∑ᵢ xᵢ → ∞", "嗯"]
)
def test_an_unusual_answer_is_graded(tmp_path: Path, answer: str) -> None:
    assert read(tmp_path / "a.csv", f'id,rubric_id,answer\na,optimizer,"{answer}"\n'.encode()).keys == [("a", O)]


@pytest.mark.parametrize(
    "header",
    [
        *(
            "学号,题目,答案",
            "学生学号,问题,学生答案",
            "请输入您的学号,题目（必填）,回答内容",
            "Student ID,Question,Response",
        ),
        *(
            "student_id,question_id,student answer",
            "考号,试题,考生作答",
            "\u200bID\u200b,QUESTION,ANSWER ",
            "编号：,题目：,作答：",
        ),
    ],
)
def test_headers_are_recognised_by_their_words(tmp_path: Path, header: str) -> None:
    found = read(tmp_path / "a.csv", f"{header}\n007,optimizer,{ANSWER}\n".encode())
    assert found.keys == [("007", O)]
    assert found.graded[0].answer == ANSWER


@pytest.mark.parametrize(
    "header",
    [
        *("1、深度学习里的优化器是什么？", "第1题：深度学习里的优化器是什么", "123456: 深度学习里的优化器是什么？ "),
        *("Q1. 深度学习里的优化器是什么？（必填）", "[简答题] 深度学习里的优化器是什么?（10 分）", "Optimizer"),
    ],
)
def test_a_column_is_headed_by_its_question_however_a_tool_numbers_it(tmp_path: Path, header: str) -> None:
    found = read(tmp_path / "a.csv", f"姓名,{header},备注\n甲,{ANSWER},无\n".encode())
    assert found.keys == [("甲", O)]
    assert found.graded[0].extra["备注"] == "无"


def test_pairs_of_question_and_response_are_a_layout(tmp_path: Path) -> None:
    content = (
        "Last name,ID number,Question 1,Response 1,Right answer 1,Question 2,Response 2\n"
        f"Wang,77,{QUESTIONS[O]},<p>{ANSWER}</p>,x,{QUESTIONS[G]},读盘慢\n"
    )
    found = read(tmp_path / "a.csv", content.encode())
    assert found.keys == [("77", O), ("77", G)]
    assert [one.answer for one in found.graded] == [ANSWER, "读盘慢"]


def test_a_cell_may_be_long_and_a_longer_one_is_rejected_with_its_id(tmp_path: Path) -> None:
    long = "长" * 150_000
    rows = f'id,rubric_id,answer\na,optimizer,"{long}"\nb,optimizer,"{long}\n{long}"\nc,optimizer,好\n'
    found = read(tmp_path / "a.csv", rows.encode())
    assert found.keys == [("a", O), ("c", O)]
    assert found.rejected[0].startswith("3 b holds a text that is too long")
