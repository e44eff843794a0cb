"""Questions that one early decision used to lose, or to give the answer of another."""

import pytest

from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.questions.tables import with_asked_rows
from tests.distill.documents import document
from tests.distill.test_within import found

BULLETS_BETWEEN = """8. What are the assumptions of a linear model?
• Errors are independent
• Errors have equal variance
9. What is a sampling distribution?
It describes how a statistic varies from sample to sample.
• It narrows as samples grow
10. Bootstrap
It draws samples with replacement from the data at hand.
11. Standard error and standard deviation?
• One tells how far an estimate varies
• The other tells how far the data spread
"""
TABLE_TAKEN_APART = """Index
Question
Answer
&nbsp;1
What is a generator?
A generator yields its values one after the other.
&nbsp;2
How does a decorator work?
A decorator takes a function and returns another one.
&nbsp;3
What is a context manager?
A context manager sets something up and takes it down again.
"""
PATTERNS = """# Explain these patterns
## Saga
The saga pattern splits a transaction into steps that can be undone.
## Sidecar
A sidecar runs beside a service and takes care of its traffic.
## Bulkhead
The bulkhead pattern keeps a failure within one part of a system.
"""
PARTS = """# How do you scale a database?
## Measure first
Find the queries that take most of the time.
## Add replicas
Reads go to the replicas and writes to the leader.
## Split the data
Each shard holds the rows of some keys.
"""


def test_bullets_below_a_question_do_not_end_the_list_of_questions() -> None:
    made = found(BULLETS_BETWEEN)
    assert list(made)[1:] == [
        "What is a sampling distribution?",
        "Bootstrap",
        "Standard error and standard deviation?",
    ]
    assert made["Bootstrap"] == ["It draws samples with replacement from the data at hand."]


def test_a_question_below_the_number_of_its_row_is_asked() -> None:
    asked = found(TABLE_TAKEN_APART)
    assert list(asked) == ["What is a generator?", "How does a decorator work?", "What is a context manager?"]


def test_sections_that_say_what_they_are_are_no_parts_of_the_title_that_asks() -> None:
    assert {"Saga", "Sidecar", "Bulkhead"} <= found(PATTERNS).keys()
    assert list(found(PARTS)) == ["How do you scale a database?"]


def test_an_order_is_answered_in_its_own_line() -> None:
    made = found(
        "1. What is a queue? A line where the first in is first out.\n"
        "2. Explain `queue.join()`. It blocks until every task was marked as done.\n"
        "3. What is a stack? A pile where the last in is first out.\n"
    )
    assert made["Explain queue.join()."] == ["It blocks until every task was marked as done."]


@pytest.mark.parametrize(
    "line",
    [
        "什么是再均衡的过程？（提示：协调器与消费组）",
        "哪些指标适合分类问题？每种指标的适用场景",
        "Explain mixins. What makes mixins different.",
    ],
    ids=["remark", "asks on", "asks on in English"],
)
def test_what_only_asks_further_answers_nothing(line: str) -> None:
    bullet = "- 什么是队列？\n  先进先出的一列元素。\n- 什么是栈？\n  后进先出的一列元素。\n"
    assert not any(line.endswith(part) for parts in found(f"{bullet}- {line}\n").values() for part in parts)


def test_a_table_of_questions_says_whose_they_are_and_has_one_column_left() -> None:
    text = (
        "| Question | Source | ChatGPT |\n|---|:-:|---|\n"
        "| What is a page? | Ada | A page is the unit of reading. |\n"
        "| What is a log? | Ada | A log holds every change in order. |\n"
    )
    made = sections(with_asked_rows(blocks(document(text).lines)), chinese=False)
    assert [(one.question, [block.text for block in one.answer]) for one in made] == [
        ("What is a page?", ["A page is the unit of reading."]),
        ("What is a log?", ["A log holds every change in order."]),
    ]


def test_orders_that_follow_a_question_are_part_of_it() -> None:
    pages = "什么是数据库里的页？解释页和行的关系，并讨论什么时候应当把页的大小调得比默认值更大或者更小。"
    logs = "解释预写日志（Write-Ahead Log）和检查点的概念，包括各自的作用。讨论二者之间的配合怎样决定恢复的时间。"
    made = found(
        f"+ {pages}\n    + 页是读写磁盘的单位，一页里有很多行。\n"
        f"+ {logs}\n    + 日志先于页面写下，检查点之后的才要重放。\n"
    )
    assert made == {pages: ["页是读写磁盘的单位，一页里有很多行。"], logs: ["日志先于页面写下，检查点之后的才要重放。"]}


def test_what_an_interviewer_wants_to_know_is_no_question() -> None:
    made = found(
        "## 什么是倒排索引？\n面试官：想了解你对搜索的理解。\n解答：\n倒排索引从词找到文档。\n"
        "## 什么是分片？\n分片是索引的一部分。\n"
    )
    assert list(made) == ["什么是倒排索引？", "什么是分片？"]
    assert "倒排索引从词找到文档。" in made["什么是倒排索引？"]
