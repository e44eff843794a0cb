"""What stands below a title and in no section by the form of the document is read a second time."""

import pytest

from kaoguan.distill.naming import what_is_asked
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.questions.within import with_inner
from kaoguan.text.script import is_chinese
from tests.distill.documents import document


def _asked(text: str) -> list[str]:
    """Return what the answered sections of a text ask."""
    whole = blocks(document(text).lines)
    chinese = is_chinese(text)
    every = with_inner(sections(whole, chinese), whole)
    return [what_is_asked(one, chinese) for one in every if one.answer]


PARTS = """# 缓存
## 缓存穿透
### 问题描述
查询一个根本不存在的数据，每次都会落到数据库。
### 原因
请求的键在缓存和数据库里都没有，缓存因此永远不会被填上。
### 解决方法
把空值也缓存起来，并给它一个很短的过期时间。
"""
ANSWERED = """# 面试准备
## 怎样限流？
### 常见的错误回答
加机器就行。
## 令牌桶限流
### 讨论过程
先问清楚流量是否有突发。
### 参考答案
令牌以固定速率放入桶中，请求取到令牌才会被处理。
"""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param(PARTS, ["缓存穿透的原因", "缓存穿透解决方法"], id="parts of a title without text of its own"),
        pytest.param(ANSWERED, ["令牌桶限流"], id="an answer is that to the title above"),
    ],
)
def test_titles_with_text_that_no_form_took_are_asked_for(text: str, asked: list[str]) -> None:
    found = _asked(text)
    assert [one for one in asked if one not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "# 数据会不一致\n## 概述\n## 原因\n更新数据库之后写缓存失败。\n", id="a part of what names nothing"
        ),
        pytest.param(
            "# 限流笔记\n这里记录学习的过程。\n## 概述\n## 限流是什么？\n限制请求的速率。\n", id="introduction"
        ),
        pytest.param("# 面试题\n## 限流是什么？\n限制请求的速率。\n## 示例\n比如每秒一百次。\n", id="an example"),
    ],
)
def test_what_nobody_could_answer_is_not_asked_for(text: str) -> None:
    assert [one for one in _asked(text) if "限流是什么" not in one] == []
