"""Claims as a reader would put them on a sheet: whole, of what they name, of the side that they tell of."""

from pathlib import Path

import pytest

from kaoguan.distill.points.about import of_side, with_sides_named
from kaoguan.distill.points.alone import standing_alone
from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.cutting import numbered
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.grid import Grid
from kaoguan.distill.points.joined import with_lead
from kaoguan.distill.points.names import is_spelt_out
from kaoguan.distill.points.phrases import is_title
from kaoguan.distill.points.place import placed_aside
from kaoguan.distill.points.selection import select
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.points.statements import statements
from kaoguan.distill.points.worth import Worth
from kaoguan.distill.questions.outline import Block, BlockKind, blocks
from kaoguan.distill.questions.tables import with_asked_rows
from kaoguan.distill.text.talk import talks_of_text
from kaoguan.documents import read
from kaoguan.text.script import is_chinese
from tests.distill.test_claims import told


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Because every shard keeps its own index.", ["every shard keeps its own index"]),
        ("Because of the index, a scan is short.", ["Because of the index, a scan is short"]),
        ("因为每个分片都保存自己的索引。", ["每个分片都保存自己的索引"]),
        ("因为索引小，所以扫描快。", ["因为索引小，所以扫描快"]),
        ("WAL：是先写日志再写页的做法。", ["WAL是先写日志再写页的做法"]),
        ("逐个读元素：是指针则继续往下读。", ["逐个读元素：是指针则继续往下读"]),
        ("优点：是写入快而且简单。", ["优点：是写入快而且简单"]),
        ("同时只允许一个线程写这一页。", ["同时只允许一个线程写这一页"]),
        ("A cache that feels memory-like.", ["A cache that feels memory-like"]),
        ("-It drops the whole table at once.", ["It drops the whole table at once"]),
        ("Locks can broadly be divided into two types.", []),
        ("Processes differ from threads in a few key ways.", []),
    ],
)
def test_a_sentence_is_told_without_what_only_joins_it_to_others(sentence: str, claim: list[str]) -> None:
    assert claims(sentence, is_chinese(sentence)) == claim


def test_a_mark_of_a_list_took_the_first_number() -> None:
    assert numbered("预训练学知识 (2) 微调学对话 (3) 对齐人的偏好") == ["预训练学知识", "微调学对话", "对齐人的偏好"]
    assert numbered("The state of (2) is kept") == ["The state of (2) is kept"]


@pytest.mark.parametrize(
    ("claim", "question", "only"),
    [
        ("WAL: Write Ahead Log", "What is WAL?", True),
        ("MVCC (Multi Version Concurrency Control)多版本并发控制", "什么是 MVCC？", True),
        ("WAL: Write Ahead Log", "What does WAL stand for?", False),
        ("WAL: a log that is written first", "What is WAL?", False),
    ],
)
def test_what_letters_stand_for_is_told_only_where_it_is_asked(claim: str, question: str, only: bool) -> None:
    assert is_spelt_out(claim, question) is only


def test_what_is_short_for_is_takes_a_subject() -> None:
    said = standing_alone("It's a log that is written first", "A journal", labelled=False)
    assert said == "A journal is a log that is written first"


def test_the_former_and_the_latter_are_the_sides_in_their_order() -> None:
    asked, sides = "甲库和乙库的区别", ("甲库", "乙库")
    assert with_sides_named("前者按行存，后者按列存", asked, sides) == "甲库按行存，乙库按列存"
    assert with_sides_named("The latter is faster", "Rows vs columns", ("Rows", "A column")) == "A column is faster"
    assert with_sides_named("前者按行存", asked, (*sides, "丙库")) == "前者按行存"
    assert with_sides_named("前者按行存", "甲库和乙库怎么备份", sides) == "前者按行存"


def test_after_a_semicolon_a_sentence_is_told_of_the_same_side() -> None:
    assert of_side("页存在同一个文件里", "甲库", ("甲库", "乙库"), chained=True) == "甲库：页存在同一个文件里"
    assert of_side("页存在同一个文件里", "甲库", ("甲库", "乙库"), chained=False) == "页存在同一个文件里"
    assert of_side("恢复时读日志", "写入", ("写入", "恢复时的页"), chained=True) == "恢复时读日志"


def test_a_sentence_that_states_is_no_title_of_the_next_one() -> None:
    assert is_title("索引的差别。", chinese=True)
    assert not is_title("接口不能存状态。", chinese=True)
    assert not is_title("读多写少，页很小。", chinese=True)


def _rows(*rows: str) -> list[str]:
    head, *body = [Block(BlockKind.TABLE, row, line, line, 0) for line, row in enumerate(rows, start=1)]
    grid = Grid(head, body)
    return [cell.text for row in body for cell in grid.row(row)]


def test_cells_that_name_their_columns_are_sentences_of_two_things() -> None:
    found = _rows("| Row store | Column store |", "| A row store reads whole rows | A column store reads one column |")
    assert found == ["A row store reads whole rows", "A column store reads one column"]


def test_the_first_two_cells_name_a_row_where_the_first_recurs() -> None:
    found = _rows("| Vendor | Tool | Purpose |", "| Acme | Queue | buffers jobs |", "| Acme | Cron | starts jobs |")
    assert found == ["Queue (Acme): buffers jobs", "Cron (Acme): starts jobs"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Use a journal to undo the change, like this:", "Use a journal to undo the change."),
        ("使用检查点恢复数据：", "使用检查点恢复数据。"),
        ("Use the following commands:", ""),
        ("An example of a trigger:", ""),
    ],
)
def test_what_to_do_is_said_above_the_program_that_does_it(text: str, said: str) -> None:
    assert with_lead(text, shown=True)[0] == said
    assert with_lead(text, shown=False)[0] == ""


def test_a_line_that_leads_in_ends_the_label_before_it(tmp_path: Path) -> None:
    path = tmp_path / "steps.txt"
    path.write_text(
        "State the limit:\n\nThe change goes to disk first.\n\nChoose the page to evict:\n\nThe oldest one goes.\n",
        "utf-8",
    )
    found = {one.text: one.subject for one in statements(blocks(read(path).lines))}
    assert found["The change goes to disk first."] == "State the limit"
    assert found["The oldest one goes."] == ""


def test_an_answer_of_one_sentence_is_an_answer_in_a_table_of_questions() -> None:
    rows = ["| 问题 | 一句话答案 |", "| 什么是检查点？ | 落盘的一致状态 |"]
    made = with_asked_rows([Block(BlockKind.TABLE, row, line, line, 0) for line, row in enumerate(rows, start=1)])
    assert [(one.kind, one.text) for one in made] == [
        (BlockKind.ASK, "什么是检查点？"),
        (BlockKind.REPLY, "落盘的一致状态"),
    ]


def test_readers_and_writers_are_no_readers_of_the_text() -> None:
    assert not talks_of_text("写者退出之前，不允许读者和写者进入")
    assert talks_of_text("读者可以自己试试")


def test_a_table_beside_talk_is_what_the_answer_says(tmp_path: Path) -> None:
    text = (
        "## 主键和唯一键怎么选？\n\n| 选择 | 适用 |\n|---|---|\n| 主键 | 每一行都要有不能为空的标识 |\n"
        "| 唯一键 | 某一列不能重复但是可以为空 |\n\n面试加分：说出两者在索引上的差别。\n"
    )
    assert "主键：每一行都要有不能为空的标识" in told(tmp_path, text)


@pytest.mark.parametrize(
    ("question", "chosen"),
    [("Can a page be shared by two processes?", 1), ("Explain how a page is shared by two processes.", 0)],
)
def test_the_words_of_the_question_answer_it_where_it_asks_whether(question: str, chosen: int) -> None:
    claim = Draft("A page can be shared by two processes", "", None, 2, 1, 1)
    assert len(select(question, [claim], [Worth(0.9, 0.01)]).points) == chosen


@pytest.mark.parametrize(
    ("question", "aside"), [("什么是快照？", [False, True]), ("什么是快照？日志怎么防丢？", [False, False])]
)
def test_what_a_second_question_asks_is_not_told_aside(question: str, aside: list[bool]) -> None:
    found = [
        Statement(text, line, line, "", None, 0, True, "")
        for line, text in enumerate(["快照：某一时刻的数据", "复制槽：主库据此留住从库没读的部分"], start=1)
    ]
    assert [one.aside for one in placed_aside(question, ("快照",), found)] == aside
