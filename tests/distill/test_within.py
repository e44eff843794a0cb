"""Terms defined one by one, and questions inside the answer to another one, are sections of their own."""

import pytest

from kaoguan.distill.folder.duplicates import same_question
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.questions.within import with_inner
from kaoguan.distill.questions.wrapped import unwrapped
from kaoguan.text.script import is_chinese
from tests.distill.documents import document


def found(text: str) -> dict[str, list[str]]:
    """Return the questions of a document, each with the texts that answer it."""
    lines = document(text).lines
    whole = blocks(lines)
    every = with_inner(sections(whole, is_chinese(text)), whole)
    return {one.question: [block.text for block in unwrapped(one).answer] for one in every}


GLOSSARY = """# 消息队列
## 术语表
- **分区（Partition）**：主题里一段有序的日志。
- **位点（Offset）**：其表示消费者读到了哪一条。
- **副本**：其内容与主分区相同。
## 为什么要分区？
一台机器放不下全部消息，分开才能并行读写。
"""
GLOSSARY_EN = """# Message queues
## Glossary
**Partition** : An ordered log that is one part of a topic.
**Offset (position)** : It marks how far a consumer has read.
**In-sync replicas** : Copies that have caught up with the leader.
## Why does a topic have partitions?
One machine cannot hold every message, so several share the work.
"""


def test_each_entry_of_a_glossary_is_asked_for_and_the_glossary_is_not() -> None:
    made = found(GLOSSARY)
    assert list(made) == ["什么是分区（Partition）？", "什么是位点（Offset）？", "什么是副本？", "为什么要分区？"]
    assert made["什么是位点（Offset）？"] == ["位点（Offset）表示消费者读到了哪一条。"]
    assert made["什么是副本？"] == ["副本的内容与主分区相同。"]


def test_an_english_glossary_as_well() -> None:
    made = found(GLOSSARY_EN)
    assert list(made) == [
        "What is Partition?",
        "What is Offset (position)?",
        "What are In-sync replicas?",
        "Why does a topic have partitions?",
    ]
    assert made["What is Offset (position)?"] == ["Offset (position) marks how far a consumer has read."]


def test_paragraphs_that_define_below_a_title_that_only_groups_them_are_asked_for() -> None:
    made = found(
        "# 存储\n## 日志与快照\n①**预写日志**：是一种先记后改的办法。\n\n②**检查点**：指一次落盘完成的时刻。\n\n"
        "③**快照**：某一刻全部数据的副本。\n"
    )
    assert list(made) == ["什么是预写日志？", "什么是检查点？", "什么是快照？"]
    assert made["什么是预写日志？"] == ["预写日志是一种先记后改的办法。"]


def test_a_foreign_name_in_brackets_marks_a_term_and_two_paragraphs_are_enough() -> None:
    made = found(
        "# 存储\n## 并发控制\n乐观锁（Optimistic Lock）：到提交的时候才检查别人的改动。\n\n"
        "悲观锁（Pessimistic Lock）：读之前先锁住，别人只好等到事务结束。\n"
    )
    assert list(made) == ["什么是乐观锁（Optimistic Lock）？", "什么是悲观锁（Pessimistic Lock）？"]


@pytest.mark.parametrize(
    "text",
    [
        "# 队列\n## 消息的三种投递方式\n- 最多一次：是一种发完就忘的方式。\n- 至少一次：是一种重发到确认为止的方式。\n"
        "- 恰好一次：是一种靠去重的方式。\n",
        "# 队列\n## 有哪些投递保证？\n- 最多一次：是一种发完就忘的保证。\n- 至少一次：是一种重发到确认为止的保证。\n"
        "- 恰好一次：是一种靠去重的保证。\n",
        "# 队列\n## 分区的优点\n- 并行：是一种让多台机器一起干活的办法。\n- 有序：指分区里的先后不变。\n"
        "- 容错：指坏了一台还能读。\n",
        "# Queues\n## Components of a broker\n- **Log**: A file that only grows.\n"
        "- **Index**: A map from offsets to bytes.\n- **Controller**: A node that assigns leaders.\n",
        "# Queues\n## A broker\nIts main components are:\n- **Log**: A file that only grows.\n"
        "- **Index**: A map from offsets to bytes.\n- **Controller**: A node that assigns leaders.\n",
        "# Queues\n## Setup\n- Brokers: Start three of them first.\n- Topics: Create one per team.\n"
        "- Keys: Use the user id.\n",
    ],
    ids=["kinds", "asked for", "advantages", "components", "led in", "advice"],
)
def test_a_list_that_answers_what_stands_above_it_stays_there(text: str) -> None:
    assert len(found(text)) == 1


PARENT = "## 什么是消费者组？\n组里的消费者分担一个主题的分区。\n"
PARENT_EN = "## What is a consumer group?\nThe members of a group share the partitions of a topic.\n"


@pytest.mark.parametrize(
    ("inside", "question", "answer"),
    [
        ("- 为什么不能多于分区数：多出来的消费者分不到分区", "为什么不能多于分区数", "多出来的消费者分不到分区"),
        ("- MQ 读取位点存在本地 为什么\n  - 重启之后可以接着读", "MQ 读取位点存在本地 为什么", "重启之后可以接着读"),
        ("常问：“为什么要重平衡？”——因为成员变了，分区要重新分。", "为什么要重平衡？", "因为成员变了，分区要重新分。"),
        ("那么如何减少重平衡呢，可以让成员的身份固定下来。", "如何减少重平衡", "可以让成员的身份固定下来。"),
        ("**什么时候会重平衡**\n成员加入或者掉线的时候。", "什么时候会重平衡", "成员加入或者掉线的时候。"),
        ("\n什么是静态成员？\n\n身份不随重启改变的消费者。", "什么是静态成员？", "身份不随重启改变的消费者。"),
        ("\n什么是静态成员：\n\n身份不随重启改变的消费者。", "什么是静态成员", "身份不随重启改变的消费者。"),
        ("追问 2：什么时候会重平衡？\n成员加入或者掉线的时候。", "什么时候会重平衡？", "成员加入或者掉线的时候。"),
        ("什么时候会重平衡？\n成员加入或者掉线的时候。", "什么时候会重平衡？", "成员加入或者掉线的时候。"),
        ("- 为什么要限制[ISR]?\n[ISR]里的副本太多会拖慢写入。", "为什么要限制[ISR]?", "[ISR]里的副本太多会拖慢写入。"),
        ("“重平衡怎么避免” → 让成员的身份固定下来。", "重平衡怎么避免", "让成员的身份固定下来。"),
        ("那么什么是静态成员？身份不随重启改变的消费者。", "什么是静态成员？", "身份不随重启改变的消费者。"),
        ("\n那么大家来想一下，消费者怎么这么快？\n\n它们按批读取。", "消费者怎么这么快？", "它们按批读取。"),
        ("\n【如何减少重平衡】\n\n让成员的身份固定下来。", "如何减少重平衡", "让成员的身份固定下来。"),
        (
            "\n成员怎么掉线？有什么影响？\n\n**心跳断了就要重新分配分区。**",
            "成员怎么掉线？有什么影响？",
            "心跳断了就要重新分配分区。",
        ),
        ("\n分区多了有什么区别？（说说快慢）\n\n读写更快，恢复更慢。", "分区多了有什么区别？", "读写更快，恢复更慢。"),
        ("1. 设计一个延时队列\n   - 到期之前的消息放在时间轮里", "设计一个延时队列", "到期之前的消息放在时间轮里"),
        (
            "1. 一个主题有三个分区。某个消费者组有四个成员，有几个成员空闲？\n\n一个，因为一个分区只给一个成员。",
            "一个主题有三个分区。某个消费者组有四个成员，有几个成员空闲？",
            "一个，因为一个分区只给一个成员。",
        ),
    ],
    ids=[
        *("colon", "below", "quoted", "led", "bold", "line", "line with a colon", "follow-up", "close", "item"),
        *("arrow", "led on", "thought of", "brackets", "two", "remark", "design", "case"),
    ],
)
def test_a_question_inside_an_answer_is_asked_with_what_answers_it(inside: str, question: str, answer: str) -> None:
    made = found(f"# 队列\n{PARENT}{inside}\n\n## 副本放在哪里？\n副本放在别的机器上。\n")
    assert made["什么是消费者组？"] == ["组里的消费者分担一个主题的分区。"]
    assert made[question] == [answer]


def test_items_that_all_ask_are_answered_up_to_the_next_one() -> None:
    made = found(
        "# 队列\n## 副本放在哪里？\n副本放在别的机器上。\n## 关于积压。产生原因？如何发现？如何消除？\n"
        "- 积压产生的原因？\n\n消费者太慢，或者坏了。\n\n- 积压如何发现？\n\n1) 看位点差；\n2) 看处理时间；\n"
        "- 积压如何消除？\n\n先加消费者，再加分区。\n## 什么是位点？\n读到哪里的记号。\n## 什么是主题？\n消息的名字。\n"
    )
    assert made["积压产生的原因？"] == ["消费者太慢，或者坏了。"]
    assert made["积压如何发现？"] == ["看位点差；", "看处理时间；"]
    assert made["积压如何消除？"] == ["先加消费者，再加分区。"]


def test_an_item_that_asks_among_others_is_answered_up_to_the_next_one() -> None:
    made = found(
        "# 队列\n## 副本放在哪里？\n副本放在别的机器上。\n## Kafka\n- 为什么要限制分区？\n\n一台机器放不下全部"
        "消息。\n\n- 消息按批压缩\n\n- 日志按段存放\n\n- 索引是稀疏的\n\n- 为什么不用大事务？\n\n锁得太久会拖慢别人。\n"
        "## 什么是位点？\n读到哪里的记号。\n"
    )
    assert made["为什么要限制分区？"] == ["一台机器放不下全部消息。"]
    assert made["为什么不用大事务？"] == ["锁得太久会拖慢别人。"]
    assert made["Kafka"] == ["消息按批压缩", "日志按段存放", "索引是稀疏的"]


def test_a_question_at_the_end_of_a_paragraph_is_answered_by_the_next_one() -> None:
    made = found(
        "# 队列\n## 什么是位点？\n位点是读到哪里的记号。为什么要记位点呢？\n\n因为重启之后要接着读下去。\n\n"
        "## 副本放在哪里？\n副本放在别的机器上。\n"
    )
    assert made["什么是位点？"] == ["位点是读到哪里的记号。"]
    assert made["为什么要记位点呢？"] == ["因为重启之后要接着读下去。"]


def test_a_question_that_all_of_an_answer_stands_below_leads_on_to_it() -> None:
    made = found(
        "# 队列\n## 积压变多怎么办？\n先定位：是消费者太慢？\n- 加消费者，再加分区\n- 把慢的步骤放到别处\n"
        "## 什么是位点？\n读到哪里的记号。\n"
    )
    assert list(made) == ["积压变多怎么办？", "什么是位点？"]
    assert "加消费者，再加分区" in made["积压变多怎么办？"]


def test_what_names_only_follow_is_not_answered() -> None:
    made = found(
        "# 队列\n## Kafka\n分区是有序的日志。\n- 为什么不用大事务？\n\n死信队列\n\n延时队列\n\n重试队列\n\n"
        "- 消费者组\n\n- 再均衡\n## 什么是位点？\n读到哪里的记号。\n"
    )
    assert list(made) == ["Kafka", "什么是位点？"]


def test_below_a_q_mark_only_what_follows_up_is_asked_apart() -> None:
    made = found(
        "Q: How does Kafka keep order?\nA: Within a partition, by offset.\nWhy not within a topic?\nNobody counts.\n"
        "Follow-up: How would you keep order over partitions?\nGive all related messages the same key.\n\n"
        "Q: What is an offset?\nA: The place of a message in its partition.\n"
    )
    assert made["How does Kafka keep order?"][-1] == "Nobody counts."
    assert made["How would you keep order over partitions?"] == ["Give all related messages the same key."]


@pytest.mark.parametrize(
    ("paragraph", "question", "before", "answer"),
    [
        (
            "消费者读到哪里要记下来。为什么要记位点呢？因为重启之后要接着读下去。",
            "为什么要记位点呢？",
            "消费者读到哪里要记下来。",
            ["因为重启之后要接着读下去。"],
        ),
        (
            "积压会越来越多。如何判断积压变多了呢：\n1. 看位点差有没有变大；\n2. 看处理时间有没有变长；",
            "如何判断积压变多了呢",
            "积压会越来越多。",
            ["看位点差有没有变大；", "看处理时间有没有变长；"],
        ),
    ],
    ids=["sentences", "a list"],
)
def test_a_paragraph_stays_up_to_the_question_in_it(
    paragraph: str, question: str, before: str, answer: list[str]
) -> None:
    made = found(f"# 队列\n## 什么是位点？\n{paragraph}\n\n## 副本放在哪里？\n副本放在别的机器上。\n")
    assert made["什么是位点？"] == [before]
    assert made[question] == answer


@pytest.mark.parametrize(
    ("inside", "question"),
    [
        ('When asked "How does Kafka keep order?" — answer: "Within a partition, by offset."', "How does Kafka keep"),
        (
            "- **Why not more members than partitions?** The extra ones would get nothing to read.",
            "Why not more members",
        ),
        ("**When does Kafka rebalance?**\nWhenever a member joins or leaves.", "When does Kafka rebalance?"),
    ],
    ids=["quoted", "item", "bold"],
)
def test_an_english_one_as_well(inside: str, question: str) -> None:
    made = found(f"# Queues\n{PARENT_EN}{inside}\n\n## Where are replicas kept?\nCopies are kept on other machines.\n")
    assert made["What is a consumer group?"] == ["The members of a group share the partitions of a topic."]
    assert [one for one in made if one.startswith(question)]


@pytest.mark.parametrize(
    "inside",
    [
        "那么这意味着什么呢？\n我们继续往下看。",
        "- 它为什么快：顺序写磁盘",
        "- 什么是重平衡？什么时候发生？",
        "- 如何监控积压：https://example.org/lag",
        "- 为什么会积压？\n- 怎么扩容？",
    ],
    ids=["leads on", "leans", "asks on", "only a link", "no answers"],
)
def test_what_only_leads_on_or_is_not_answered_stays_text(inside: str) -> None:
    assert list(found(f"# 队列\n{PARENT}{inside}\n\n## 副本放在哪里？\n副本放在别的机器上。\n")) == [
        "什么是消费者组？",
        "副本放在哪里？",
    ]


def test_right_below_other_lines_yes_or_no_is_rhetoric() -> None:
    made = found(f"# Queues\n{PARENT_EN}Can you add more members?\nThe extra ones would get nothing to read.\n")
    assert list(made) == ["What is a consumer group?"]


def test_the_question_of_the_answer_itself_is_no_other_one() -> None:
    made = found("# 队列\n## 为什么要分区？\n**为什么要分区**\n一台机器放不下。\n## 为什么要副本？\n怕机器坏。\n")
    assert list(made) == ["为什么要分区？", "为什么要副本？"]


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        ("“消费者按批拉取消息，这样一次网络往返能拿到很多条，吞吐就上去了。读完再提交位点。”", True),
        ("（一个分区同一时刻只交给组里的一个消费者，所以组内不会重复处理。）", True),
        ("（来源：某次公开的技术分享，内容略有改动，仅供参考）", False),
    ],
    ids=["speech", "brackets", "a source"],
)
def test_an_answer_in_marks_is_read_without_them(answer: str, plain: bool) -> None:
    (said,) = found(f"# 队列\n## 消费者怎么读消息？\n{answer}\n## 什么是位点？\n读到哪里的记号。\n")[
        "消费者怎么读消息？"
    ]
    assert (said == answer[1:-1]) == plain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("What is Student's t-test?", "What is Paired Student's t-test?", False),
        ("什么是经验回放？", "什么是优先经验回放？", False),
        ("What is the Student t-test?", "What is Student t-test?", True),
    ],
    ids=["english", "chinese", "article"],
)
def test_a_kind_of_a_thing_is_another_thing(one: str, other: str, same: bool) -> None:
    assert same_question(one, other) == same


@pytest.mark.parametrize(
    "said", ["检查副本的位点是否落后太多", "用来判断成员是否还活着，每隔几秒发一次"], ids=["what it does", "and how"]
)
def test_what_is_tested_is_no_question(said: str) -> None:
    made = found(f"# 队列\n## 心跳\n{said}\n## 水位\n所有副本都有的最后一条。\n## 租约\n过期就要重新选主。\n")
    assert made["心跳"] == [said]
