"""What stands below a numbered name or the title of an item is told of what they name."""

import pytest

from kaoguan import prompts
from kaoguan.distill.points.phrases import part_of
from kaoguan.distill.points.points import drafts
from kaoguan.distill.points.statements import statements
from kaoguan.distill.points.wording import key_points
from kaoguan.distill.questions.outline import blocks
from kaoguan.models import Language
from kaoguan.text.script import is_chinese
from tests.distill.documents import document

LOCKS = "锁有哪些？"


def said(question: str, answer: str) -> list[str]:
    """Return every claim of an answer in the words it is told in, before any choice."""
    chinese = is_chinese(answer)
    language: Language = "zh" if chinese else "en"
    made = drafts(question, statements(blocks(document(answer).lines)), chinese)
    return [point.text for point in key_points(made, question, "", "notes", prompts.load("draft", language), language)]


@pytest.mark.parametrize(
    ("answer", "claim"),
    [
        (
            "1. 行锁\n\n支持多个事务同时改不同的行。\n\n2. 表锁\n\n锁住整张表，别的事务都要等待。",
            "行锁支持多个事务同时改不同的行",
        ),
        (
            "1. 行锁:\n\n开销比较大，加锁也更慢一些。\n\n确保并发的事务互不覆盖。\n\n"
            "2. 表锁:\n\n锁住整张表，别的事务都要等待。",
            "行锁确保并发的事务互不覆盖",
        ),
        (
            "1. 行锁（Row Lock）\n\n定义：确保同一行一次只有一个事务能改。\n\n"
            "2. 表锁（Table Lock）\n\n定义：锁住整张表的一种锁，别的事务都要等待。",
            "行锁（Row Lock）：确保同一行一次只有一个事务能改",
        ),
        (
            "1. 行锁\n\n在同一行上一次只有一个事务能改。\n\n"
            "2. 不可共享锁（Exclusive Lock）\n\n在同一时刻只有一个事务能持有。\n\n"
            "3. 表锁\n\n锁住整张表，别的事务都要等待。",
            "不可共享锁（Exclusive Lock）：在同一时刻只有一个事务能持有",
        ),
    ],
    ids=["name", "colon and two paragraphs", "definition", "a name with 不"],
)
def test_paragraphs_below_a_numbered_name_are_told_of_it(answer: str, claim: str) -> None:
    assert claim in said(LOCKS, answer)


def test_a_numbered_sentence_stays_a_claim() -> None:
    answer = (
        "1. 行锁一次只锁住一行数据，冲突少。\n\n别的行仍然可以修改。\n\n2. 表锁锁住整张表，冲突多。\n\n别的都要等。"
    )
    assert "行锁一次只锁住一行数据，冲突少" in said(LOCKS, answer)


def test_the_last_line_of_a_list_does_not_name_the_paragraph_after_it() -> None:
    answer = "1. 行锁\n2. 表锁\n\n锁的两个代价：\n\n1. 等待时间\n2. 死锁检测\n\n事务越长，占用锁的时间就越久。"
    assert not any("死锁检测：" in claim for claim in said(LOCKS, answer))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("锁住一行的锁。它是加在索引项上的，别的事务不能改这一行。", "记录锁是加在索引项上的，别的事务不能改这一行"),
        (
            "锁住一行的锁。实质上是索引项上的一个标记，事务结束时去掉。",
            "记录锁实质上是索引项上的一个标记，事务结束时去掉",
        ),
    ],
    ids=["pronoun", "no subject"],
)
def test_the_next_sentence_of_an_item_is_told_of_its_title(text: str, claim: str) -> None:
    answer = f"**引擎的锁算法：**\n\n- 记录锁\n\n  {text}\n\n- 间隙锁\n\n  锁住两个索引项之间的空隙，不含索引项。"
    assert claim in said(LOCKS, answer)


def test_a_title_that_is_a_sentence_is_no_subject() -> None:
    answer = (
        "- **Record locks guard single rows**\n\n  They came early. It was not the first lock of the engine at all.\n"
    )
    assert not any("guard single rows was" in claim for claim in said("How do locks work?", answer))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("允许多个线程同时读，持有读锁的线程互不阻塞。", "读锁允许多个线程同时读，持有读锁的线程互不阻塞"),
        ("通过读锁可以并行地读，读锁之间互不阻塞。", "通过读锁可以并行地读，读锁之间互不阻塞"),
    ],
    ids=["comes back to its label later", "names it at once"],
)
def test_a_predicate_that_names_its_label_later_wants_it_in_front(text: str, claim: str) -> None:
    assert claim in said("读写锁由什么组成？", f"## 读锁\n{text}\n## 写锁\n一次只有一个线程能够持有，别的都要等待。")


def test_better_for_is_said_of_the_item() -> None:
    assert part_of("Better for small updates", "Row lock") == "Row lock: Better for small updates"
