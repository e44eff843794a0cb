"""Answers of a few words, and steps of a few words."""

import pytest

from kaoguan.distill.points.grid import Grid
from kaoguan.distill.points.points import drafts
from kaoguan.distill.points.processes import processes
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.points.statements import statements
from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import Facet
from kaoguan.text.script import is_chinese


def said(*texts: str, listed: bool = False) -> list[Statement]:
    """Return statements below no label, one line each."""
    return [Statement(text, i, i, "", None, 0, listed, "") for i, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("question", "answer", "claim"),
    [
        ("ARP 属于哪一层", "链路层。", "ARP 属于链路层"),
        ("实时数据库要保证的特征是？", "及时性和可靠性", "实时数据库要保证的特征是及时性和可靠性"),
        ("堆排序的时间复杂度是多少？", "O(nlogn)", "堆排序的时间复杂度是 O(nlogn)"),
        ("What is the default port of the server?", "5432.", "The default port of the server is 5432"),
        (
            "Two tools exist. Which tool deletes old pages?",
            "Page Sweeper",
            "Page Sweeper deletes old pages",
        ),
        (
            "Can you name some join types?",
            "Hash Join, Merge Join and Loop Join",
            "Join types: Hash Join, Merge Join and Loop Join",
        ),
        ("连接池的最大长度？", "默认是 10。", "连接池的最大长度默认是 10"),
        ("快照有几种", "全量快照和增量快照", "快照有全量快照和增量快照"),
        ("Which tool is used to watch the queue?", "Queue Monitor", "Queue Monitor is used to watch the queue"),
    ],
)
def test_a_phrase_ends_the_sentence_of_the_question(question: str, answer: str, claim: str) -> None:
    assert [draft.text for draft in drafts(question, said(answer), is_chinese(question))] == [claim]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("ARP 属于哪一层", "广播"),
        ("索引为什么是有序的", "范围查询"),
        ("线程池的参数有哪些", "好像有核心线程数"),
        ("What is the role of a log in recovery?", "Keeps changes"),
        ("What is a lease?", "A lock that expires"),
        ("甲库和乙库的容量分别是多少？", "十万行"),
    ],
)
def test_what_does_not_end_it_stays_apart(question: str, answer: str) -> None:
    claims = [draft.text for draft in drafts(question, said(answer), is_chinese(question))]
    assert claims in ([], [answer])


def test_a_list_of_bare_names_that_is_asked_for_is_one_claim() -> None:
    (draft,) = drafts(
        "Which drivers are there?", said("Bridge Driver", "Host Driver", "Overlay Driver", listed=True), False
    )
    assert draft.text == "Bridge Driver, Host Driver, Overlay Driver"
    assert (draft.first, draft.last) == (1, 3)


@pytest.mark.parametrize(
    ("question", "names", "claim"),
    [
        ("List down the cache policies", ("random eviction", "FIFO"), "Cache policies: random eviction, FIFO"),
        ("Can you name some of the join types?", ("Hash join", "Merge join"), "Join types: Hash join, Merge join"),
        ("进程间通信有哪些方式？", ("管道", "消息队列"), "进程间通信的方式：管道、消息队列"),
        ("如何衡量一个队列？", ("吞吐量", "平均延迟", "积压长度"), "吞吐量、平均延迟、积压长度"),
        ("常见的池化方法有哪些", ("最大池化", "平均池化"), "常见的池化方法：最大池化、平均池化"),
    ],
)
def test_names_are_told_with_what_the_question_calls_them(question: str, names: tuple[str, ...], claim: str) -> None:
    (draft,) = drafts(question, said(*names, listed=True), is_chinese(question))
    assert draft.text == claim


def test_names_among_items_that_say_something_are_no_list() -> None:
    found = said("命名管道", "消息队列", "共享内存让两个进程读写同一块页", listed=True)
    assert all("、" not in draft.text for draft in drafts("进程间通信有哪些方式？", found, True))


def _steps(*numbers: int, depth: int = 0) -> list[Statement]:
    return [Statement(f"step {n}", n, n, "", Facet.STEP, depth, True, "", number=n) for n in numbers]


def test_steps_of_a_process_are_joined_and_keep_their_lines() -> None:
    (whole,) = processes(_steps(1, 2, 3), asked=False)
    assert (whole.text, whole.first, whole.last) == ("step 1\nstep 2\nstep 3", 1, 3)


@pytest.mark.parametrize(
    "found",
    [
        _steps(2, 3),
        [*_steps(1, 2), *_steps(1, depth=1)],
        [*_steps(1, 2), Statement("a step told at length " * 8, 3, 3, "", Facet.STEP, 0, True, "", number=3)],
        [*_steps(1, 2), *said("words between"), *_steps(4)],
    ],
    ids=["the first is not there", "one is told within", "one is long", "one is lost"],
)
def test_a_process_that_is_not_whole_stays_apart(found: list[Statement]) -> None:
    assert list(processes(found, asked=False)) == found


def test_a_numbered_list_below_a_question_for_steps_is_a_process() -> None:
    found = [one._replace(facet=None) for one in _steps(1, 2)]
    assert len(list(processes(found, asked=True))) == 1
    assert len(list(processes(found, asked=False))) == 2


@pytest.mark.parametrize(
    "title", ["Write skew.", "State management", "Code organization", "Design patterns", "计算机网络", "设计原则"]
)
def test_a_thing_that_begins_like_an_order_is_no_order(title: str) -> None:
    assert not demands(title, is_chinese(title))


@pytest.mark.parametrize("order", ["Write a query", "State the theorem", "Design a cache", "计算两点的距离"])
def test_an_order_is_one(order: str) -> None:
    assert demands(order, is_chinese(order))


@pytest.mark.parametrize(
    "rows",
    [["Challenge | Solution", "Needs context | Store metadata"], ["Tool | Description", "Runs jobs | Runs them"]],
)
def test_columns_that_name_parts_are_no_two_things(rows: list[str]) -> None:
    head, *body = [Block(BlockKind.TABLE, text, i, i, 0) for i, text in enumerate(rows)]
    cells = [cell.text for row in body for cell in Grid(head, body).row(row)]
    assert not any(text.startswith(("Challenge:", "Tool:")) for text in cells)


def test_columns_that_name_parts_say_them_of_each_row_below_an_empty_corner() -> None:
    rows = [" | 表现 | 解决方法", "欠拟合 | 训练误差很大 | 加深网络", "过拟合 | 只有测试误差很大 | 加正则项"]
    head, *body = [Block(BlockKind.TABLE, text, i, i, 0) for i, text in enumerate(rows)]
    grid = Grid(head, body)
    assert [(cell.thing, cell.aspect) for cell in grid.row(body[0])] == [("欠拟合", "表现"), ("欠拟合", "解决方法")]


def test_a_lead_that_breaks_off_above_names_is_told_with_them() -> None:
    lead = Block(BlockKind.PROSE, "The filter is used in", 2, 2, 0)
    names = [Block(BlockKind.ITEM, name, i, i, 0, "•") for i, name in enumerate(("Page Caches", "Log Readers"), 3)]
    found = drafts("Where is the filter used?", statements([lead, *names]), chinese=False)
    assert [draft.text for draft in found] == ["The filter is used in: Page Caches, Log Readers"]


def test_a_sentence_with_a_remark_in_brackets_behind_it_is_no_title() -> None:
    item = Block(BlockKind.ITEM, "Old pages are read again. (a stale read)", 2, 2, 0, "•")
    found = drafts("What goes wrong without a lock?", statements([item]), chinese=False)
    assert [draft.text for draft in found] == ["Old pages are read again"]
