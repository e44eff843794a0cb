"""Codes, words of a list and titles of other titles: what a question is without them, and what it is asked of."""

import pytest

from kaoguan.distill.naming import what_is_asked
from kaoguan.distill.questions.codes import without_codes
from kaoguan.distill.questions.counted import counted
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.told import is_entry_of


def section(question: str, under: str = "") -> Section:
    """Return a section below a title."""
    return Section(question, Block(BlockKind.HEADING, question, 1, 1, 3), (), under)


def test_a_code_that_numbers_the_questions_of_a_document_goes() -> None:
    titles = ["KV1 Logs", "KV2 Pages", "KV4: What is a torn page?", "KV5 Latches", "KV9-II Checkpoints", "Vacuum"]
    below = [section(title, under="KV3: Recovery") for title in titles]
    bare = ["Logs", "Pages", "What is a torn page?", "Latches", "Checkpoints", "Vacuum"]
    assert [(one.question, one.under) for one in without_codes(below)] == [(title, "Recovery") for title in bare]


@pytest.mark.parametrize(
    "titles",
    [
        ["L1 Regularization", "L2 Regularization", "Dropout"],
        ["V1 Logs", "V2 Pages", "V3 Locks", "V4 Latches", "V5 Keys", *(f"Topic {i}" for i in range(20))],
    ],
)
def test_the_names_of_a_few_things_are_no_codes(titles: list[str]) -> None:
    below = [section(title) for title in titles]
    assert without_codes(below) == below


@pytest.mark.parametrize(
    ("question", "above", "entry"),
    [
        ("What is Overlay?", "Network drivers", True),
        ("What are Stems?", "Pruning", True),
        ("What is WAL?", "Storage engines", False),
        ("What is Redo logging?", "Storage engines", False),
        ("What is Overlay?", "Networks and Storage", False),
        ("What is Overlay?", "Kinds of Overlay", False),
        ("What is Overlay?", "machine learning", False),
        ("What is Overlay?", "", False),
    ],
)
def test_one_common_word_of_a_list_is_asked_of_what_the_list_is_about(question: str, above: str, entry: bool) -> None:
    assert is_entry_of(question, above) is entry


@pytest.mark.parametrize(
    ("question", "under", "asked"),
    [
        ("如何截断？", "预写日志的恢复？", "预写日志的恢复如何截断？"),
        ("如何截断？", "什么是预写日志？", "预写日志如何截断？"),
        ("如何截断？", "什么时候页会被写出内存？", ""),
        ("如何评估？", "强化学习简介", "强化学习如何评估？"),
        ("如何截断日志？", "什么是页？", "如何截断日志？"),
        ("是否支持中文？", "", ""),
        ("是否需要锁？", "预写日志", "预写日志的是否需要锁？"),
        ("那怎么解决？", "页撕裂", "页撕裂怎么解决？"),
        ("关于页撕裂的提问", "", "页撕裂"),
        ("预写日志中的几个概念", "", "预写日志"),
        ("相关知识", "", ""),
        ("发生页错误时", "", ""),
        ("页 (DIRTY)，还没有写出的页。", "", ""),
        ("页已经写坏，说明原因。", "", "页已经写坏，说明原因。"),
    ],
)
def test_a_chinese_line_that_says_too_little_is_asked_of_what_its_title_surely_names(
    question: str, under: str, asked: str
) -> None:
    assert what_is_asked(section(question, under), chinese=True) == asked


@pytest.mark.parametrize(
    ("question", "under", "asked"),
    [
        ("Characteristics?", "The Page Cache", "Page Cache: characteristics?"),
        ("What are the steps?", "Log truncation", "Log truncation: what are the steps?"),
        ("What are the steps of a checkpoint?", "Log truncation", "What are the steps of a checkpoint?"),
        ("How does the algorithm work?", "", ""),
        ("How does the algorithm work?", "Skip Lists", "Skip Lists: how does the algorithm work?"),
        ("What is the purpose of the above table?", "Skip Lists", ""),
        ("Explain the difference between these trees", "Skip Lists", ""),
        ("Important Notes", "Skip Lists", ""),
        ("Task2", "Skip Lists", ""),
        ("Slide 12 for the page cache", "", "the page cache"),
    ],
)
def test_an_english_line_as_well(question: str, under: str, asked: str) -> None:
    assert what_is_asked(section(question, under), chinese=False) == asked


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("日志有以下几种常见的写法：", "日志有哪几种常见的写法？"),
        ("恢复通常分为三个阶段：分析、重做和回滚", "恢复通常分为哪三个阶段？"),
        ("If a table has many indexes, which is used", ""),
    ],
)
def test_a_title_that_counts_asks_which(title: str, question: str) -> None:
    assert counted(title) == question
