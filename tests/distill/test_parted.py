"""Lists whose lines hold a question and its answer, parted by a sign."""

import pytest

from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.questions.within import with_inner
from tests.distill.documents import document

ASKED = ("为什么要分区", "主从复制的作用", "消息丢了怎么办？")
TOLD = ("一台机器放不下全部消息。", "主节点坏掉时可以换上从节点。", "生产者重发，消费者按编号去重。")


def _found(text: str) -> dict[str, str]:
    whole = blocks(document(text).lines)
    every = with_inner(sections(whole, True), whole)
    return {one.question: " ".join(block.text for block in one.answer) for one in every}


@pytest.mark.parametrize(
    "line",
    ["- {} → {}", "1. {} -> {}", "- “{}” —— {}", "1. {}：{}", "- **{}**：{}", '- "{}" - {}'],
    ids=["arrow", "typed arrow", "dash", "colon", "bold", "hyphen"],
)
@pytest.mark.parametrize(
    "before", ["# 面经\n\n", "# 面经\n\n问：怎样设计消息队列？\n\n答：先定交付语义。\n\n追问：\n\n"]
)
def test_each_line_of_such_a_list_is_a_question(line: str, before: str) -> None:
    lines = [line.format(asked, told) for asked, told in zip(ASKED, TOLD, strict=True)]
    found = _found(before + "\n".join(lines))
    assert [found.get(asked) for asked in ASKED] == list(TOLD)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- 分区：一段有序的日志\n- 位点：读到了哪一条\n- 副本：主分区的拷贝\n", id="names"),
        pytest.param(
            "- 是什么：一段有序的日志\n- 为什么：一台机器放不下\n- 怎么做：按键取模\n", id="parts of one answer"
        ),
    ],
)
def test_a_list_of_names_or_parts_stays_an_answer(text: str) -> None:
    found = _found("# 消息队列\n\n## 介绍一下消息队列的存储\n\n" + text)
    assert list(found) == ["介绍一下消息队列的存储"]
