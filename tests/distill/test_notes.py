"""Notes name their things in many ways; each way is read, whatever the document does elsewhere."""

import pytest

from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.questions.within import with_inner
from tests.distill.documents import document

NOTES = {
    "消息分区": ("主题被分成几段，每段都是一份只能往后追加的有序日志。", "同一个键总是落在同一段里，所以局部有序。"),
    "主从复制": ("从节点先做一次全量同步，之后按复制缓冲区增量地追上主节点。", "主节点写完之后异步地发给从节点。"),
    "布隆过滤器": ("几个哈希函数把元素映射到同一个位数组里。", "它可能误判元素存在，但不会误判元素不存在。"),
    "延迟队列": ("消息带着到期时间写入，到期之后才对消费者可见。", "时间轮让大量定时任务只占一个线程。"),
}


def _written(form: str) -> str:
    """Return the notes below one title, each in this form."""
    return "# 中间件笔记\n\n" + "\n".join(
        form.format(name=name, first=first, second=second) for name, (first, second) in NOTES.items()
    )


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("\n**{name}**\n\n{first}\n\n{second}\n", id="bold"),
        pytest.param("\n【{name}】\n{first}\n{second}\n", id="in brackets"),
        pytest.param("\n{name}\n{first}\n{second}\n", id="plain lines"),
        pytest.param("- [x] {name}\n  - {first}\n  - {second}", id="boxes to tick"),
        pytest.param("\n<details>\n<summary>{name}</summary>\n\n{first}\n\n{second}\n\n</details>\n", id="folded"),
    ],
)
def test_each_thing_that_notes_name_is_asked_for(form: str) -> None:
    whole = blocks(document(_written(form)).lines)
    asked = {one.question for one in with_inner(sections(whole, True), whole) if one.answer}
    assert set(NOTES) - asked == set()


def test_titles_deep_in_a_list_are_asked_for() -> None:
    text = "# 笔记\n\n- 中间件\n" + "\n".join(
        f"  - {name}\n    - {first}\n    - {second}" for name, (first, second) in NOTES.items()
    )
    whole = blocks(document(text).lines)
    asked = {one.question for one in with_inner(sections(whole, True), whole) if one.answer}
    assert set(NOTES) - asked == set()
