"""Items told with the words above them that only they end; labels that only lead in; lines that are sentences apart."""

import pytest

from kaoguan.distill.points.points import drafts
from kaoguan.distill.points.selection import distinct
from kaoguan.distill.points.statements import statements
from kaoguan.distill.questions.outline import blocks
from tests.distill.documents import document
from tests.distill.test_below_names import said


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        (
            "What is connection pooling?",
            "A pool is worth its memory because:\n\n- New connections cost a handshake.\n- The server limits how many"
            " are open at once.",
            [
                "A pool is worth its memory because new connections cost a handshake",
                "A pool is worth its memory because the server limits how many are open at once",
            ],
        ),
        (
            "How do you raise test coverage?",
            "Write the missing tests for:\n\n- branches\n- empty inputs\n- retries\n- time zones\n- rounding\n- locks",
            ["Write the missing tests for branches, empty inputs, retries, time zones, rounding, locks"],
        ),
        (
            "为什么要用连接池？",
            "连接池值得它占的内存，是因为：\n\n- 每次新建连接都要握手，耗时很长而且占用处理器。\n"
            "- 数据库同时能开的连接数量是有上限的。",
            [
                "连接池值得它占的内存，是因为每次新建连接都要握手，耗时很长而且占用处理器",
                "连接池值得它占的内存，是因为数据库同时能开的连接数量是有上限的",
            ],
        ),
    ],
    ids=["reasons", "names", "原因"],
)
def test_items_are_told_with_the_words_that_they_end(question: str, answer: str, told: list[str]) -> None:
    assert said(question, answer) == told


@pytest.mark.parametrize(
    "answer",
    [
        "It works by:\n\n1. Hashing the key to a slot of the table.\n2. Walking the chain that hangs there.",
        "Used for:\n\n- Looking keys up in constant time.\n- Counting how often words occur.",
        "The table is a structure that:\n\n- This is what most languages call a dictionary.\n- It grows when full.",
        "This matters for lookups because:\n\n- Chains grow with the load.\n- Long chains are slow to walk.",
    ],
    ids=["steps", "too few words", "whole sentences", "points back"],
)
def test_items_that_end_no_sentence_stay(answer: str) -> None:
    begun = answer.partition(":")[0] + " "

    assert not any(claim.startswith(begun) for claim in said("Explain hash maps.", answer))


@pytest.mark.parametrize(
    ("answer", "claim"),
    [
        (
            "内存碎片共有两种情况：\n\n- 外部碎片是多个不连续的小块，新的程序装不进去。",
            "外部碎片是多个不连续的小块，新的程序装不进去",
        ),
        ("读写锁有两个特性：\n\n- 保证写操作对所有线程可见。", "读写锁有两个特性：保证写操作对所有线程可见"),
        ("流程说明（重要）：\n\n客户端先把请求交给前端控制器。", "客户端先把请求交给前端控制器"),
        ("Important points:\n\n- Calls within one class bypass the proxy.", "Calls within one class bypass the proxy"),
        ("**有状态服务和无状态服务**\n\n有状态是指请求之间要记住数据。", "有状态是指请求之间要记住数据"),
    ],
    ids=["counts", "ends the count", "bracketed", "important points", "names one of two"],
)
def test_a_label_that_names_no_one_thing_is_not_put_in_front(answer: str, claim: str) -> None:
    assert claim in said("讲讲这个机制。", answer)


def test_a_name_with_its_foreign_name_is_a_title_whatever_it_begins_with() -> None:
    answer = "1. 当前读（Current Read）\n\n读最新的数据并且加锁。\n\n2. 快照读（Snapshot Read）\n\n读事务开始时的快照。"

    assert "快照读（Snapshot Read）：读事务开始时的快照" in said("两种读有什么区别？", answer)


def test_one_sentence_within_an_item_says_what_the_item_names() -> None:
    answer = "- 行锁：\n  - 一句话：同一行一次只有一个事务能改。\n- 表锁：\n  - 一句话：锁住整张表，别的都要等待。"

    assert "表锁：锁住整张表，别的都要等待" in said("讲讲数据库的锁。", answer)


_LONG = "Rows of the leader are shipped to every follower and applied there in the order in which they were committed"


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        ("Readers may see rows that are a little old.", 2),
        ("Lag: how far a follower is behind.", 2),
        ("by the leader of the group.", 1),
    ],
    ids=["a sentence", "a label", "goes on"],
)
def test_a_line_that_begins_a_sentence_is_not_the_end_of_the_one_above(below: str, lines: int) -> None:
    short = "\n\n".join(f"Note {number}." for number in range(8))  # no margin: few lines come close to the longest

    assert len(blocks(document(f"{short}\n\n{_LONG}\n{below}").lines)) == 8 + lines


def test_a_heading_that_is_a_name_of_code_is_a_heading() -> None:
    found = blocks(document("### `@Controller`\n\nNormally used to return the names of views.").lines)

    assert found[0].text == "@Controller"
    assert found[0].level == 3


def test_a_claim_that_sums_up_is_not_asked_for_again() -> None:
    answer = (
        "Whether to lowercase the corpus depends on the task.\n\n"
        "Overall, whether to lowercase the corpus depends on the task at hand."
    )
    made = drafts("Would you lowercase it?", statements(blocks(document(answer).lines)), chinese=False)

    assert len(distinct(made)) == 1
