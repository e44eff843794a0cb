"""Items of a list that are titles of what is told below them are sections of their own."""

import pytest

from tests.distill.test_within import found

LIST = """# 消息队列
## 消费者
- 消费者组：
  - 组里的消费者分担一个主题的分区。
  - 一个分区同一时刻只交给组里的一个消费者。
- 位点提交：读到哪里要记下来。
  - 自动提交每隔几秒提交一次，可能重复处理。
  - 手动提交在处理完之后才提交，不会丢消息。
- 优点：
  - 可以并行地处理很多条消息。
  - 坏了一个还有别的可以接着读。
"""
APART = """# Message queues
## Consumers
* Consumer group

The members of a group share the partitions of a topic between them.

* Offset commit

A consumer stores how far it has read, and starts from there again.

* Static membership

A member that keeps its name over a restart causes no rebalance at all.
"""


def test_a_name_with_its_text_set_further_in_is_a_title_and_a_mere_part_is_none() -> None:
    made = found(LIST)
    assert list(made) == ["消费者", "消费者组", "位点提交"]
    assert made["消费者组"][0] == "组里的消费者分担一个主题的分区。"
    assert made["位点提交"][0] == "位点提交：读到哪里要记下来。"
    assert made["消费者"][0] == "优点："


def test_a_bare_name_is_told_of_up_to_the_next_item() -> None:
    made = found(APART)
    assert list(made) == ["Consumers", "Consumer group", "Offset commit"]
    assert made["Offset commit"] == ["A consumer stores how far it has read, and starts from there again."]


@pytest.mark.parametrize(
    "text",
    [
        "## 消费者的种类\n- 普通消费者\n  - 每个分区只读一次，读完提交位点。\n  - 坏了要等别人接手才行。\n"
        "- 独立消费者\n  - 自己指定分区，不参加重平衡。\n  - 坏了就没有人接着读。\n",
        "## 消费者有哪些？\n- 普通消费者\n  - 每个分区只读一次，读完提交位点。\n  - 坏了要等别人接手才行。\n"
        "- 独立消费者\n  - 自己指定分区，不参加重平衡。\n  - 坏了就没有人接着读。\n",
        "## 普通消费者与独立消费者\n- 普通消费者\n  - 每个分区只读一次，读完提交位点。\n  - 坏了要等别人接手才行。\n"
        "- 独立消费者\n  - 自己指定分区，不参加重平衡。\n  - 坏了就没有人接着读。\n",
        "## 消费者\n- 普通消费者\n  - 每个分区只读一次，读完提交位点。\n  - 坏了要等别人接手才行。\n",
        "## 消费者\n- 普通消费者\n  - 单个\n  - 成组\n- 独立消费者\n  - 手动\n  - 自动\n",
        "## 消费者\n- 普通消费者\n  - 什么是普通消费者？\n  - 普通消费者怎么提交自己读到的位点？\n"
        "- 独立消费者\n  - 什么是独立消费者？\n  - 独立消费者怎么指定自己要读的分区？\n",
    ],
    ids=["kinds", "asked for", "both sides", "one alone", "bare names", "only questions"],
)
def test_a_list_that_is_the_answer_stays_there(text: str) -> None:
    assert "独立消费者" not in found(f"# 消息队列\n{text}") and "普通消费者" not in found(f"# 消息队列\n{text}")
