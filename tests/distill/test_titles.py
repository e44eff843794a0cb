"""Titles, bold lines and summaries that are sections of their own, and those that stay in an answer."""

from pathlib import Path

import pytest

from kaoguan.distill.naming import what_is_asked
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.documents import read
from kaoguan.text.script import is_chinese

KEPT: dict[str, tuple[str, dict[str, str]]] = {
    "a title above lower titles, one of which asks": (
        "# 存储\n## 页缓存\n内核把读过的页留在内存里。\n## 日志\n先写日志，再改页面。\n"
        "### 为什么日志要顺序写？\n顺序写比随机写快。\n### 组提交\n几个事务一起落盘。\n",
        {
            "页缓存": "内核把读过的页留在内存里。",
            "日志": "先写日志，再改页面。",
            "为什么日志要顺序写？": "顺序写比随机写快。",
            "组提交": "几个事务一起落盘。",
        },
    ),
    "the same in English, without a title of the document": (
        "## Page cache\nThe kernel keeps pages in memory.\n## Logging\nThe log is written first.\n"
        "### Why is the log sequential?\nSequential writes are fast.\n",
        {
            "Page cache": "The kernel keeps pages in memory.",
            "Logging": "The log is written first.",
            "Why is the log sequential?": "Sequential writes are fast.",
        },
    ),
    "unnumbered parts of what is asked": (
        "## 什么是检查点？\n检查点把脏页写回磁盘。\n### 模糊检查点\n写回时不停止事务。\n"
        "## 什么是页？\n页是读写的单位。\n",
        {"什么是检查点？": "检查点把脏页写回磁盘。 模糊检查点 写回时不停止事务。", "什么是页？": "页是读写的单位。"},
    ),
    "numbered sections below a chapter that asks": (
        "## 1. 什么是检查点\n### 1.1 模糊检查点\n写回时不停止事务。\n### 1.2 C4.5\n一种树。\n"
        "## 2. 什么是页\n页是读写的单位。\n",
        {"什么是检查点": "", "模糊检查点": "写回时不停止事务。", "C4.5": "一种树。", "什么是页": "页是读写的单位。"},
    ),
    "chapters below a document that is one question": (
        "# 第 3 题：预写日志\n## 一、日志记录\n一条记录写明旧值和新值。\n## 二、恢复\n### 1. 重做\n把新值再写一遍。\n",
        {"预写日志": "", "日志记录": "一条记录写明旧值和新值。", "重做": "把新值再写一遍。"},
    ),
    "a chapter of somebody's questions": (
        "# 笔记\n## 某公司\n一共问了两题。\n1. 什么是页？\n页是读写的单位。\n2. 什么是日志？\n日志记下每次修改。\n",
        {"什么是页？": "页是读写的单位。", "什么是日志？": "日志记下每次修改。"},
    ),
    "a title with text of its own above lines that ask": (
        "# 存储\n## 栈\n后进先出。\n只在一端操作。\n\n为什么函数调用用栈？\n返回的次序与调用相反。\n\n"
        "怎么发现栈溢出？\n看有没有写到保护页。\n",
        {
            "栈": "后进先出。 只在一端操作。",
            "为什么函数调用用栈？": "返回的次序与调用相反。",
            "怎么发现栈溢出？": "看有没有写到保护页。",
        },
    ),
    "bold lines below a title": (
        "## 缓冲池\n缓冲池管理内存里的页。\n\n**淘汰时怎么选页？**\n\n选最久没用的页。\n\n"
        "**缓冲池预热**\n\n启动时先读热页。\n\n**步骤：**\n\n按上次的列表读。\n\n## 什么是页？\n页是读写的单位。\n",
        {
            "缓冲池": "缓冲池管理内存里的页。",
            "淘汰时怎么选页？": "选最久没用的页。",
            "缓冲池预热": "启动时先读热页。 步骤： 按上次的列表读。",
            "什么是页？": "页是读写的单位。",
        },
    ),
    "bold lines below a question": (
        "## What is a buffer pool?\nIt keeps pages in memory.\n\n**Clock Sweep**\n\nA hand passes over the pages.\n\n"
        "**Why does it work?**\n\nHot pages are used again.\n\n## What is a page?\nThe unit of reading.\n",
        {
            "What is a buffer pool?": "It keeps pages in memory. Clock Sweep A hand passes over the pages. "
            "Why does it work? Hot pages are used again.",
            "What is a page?": "The unit of reading.",
        },
    ),
    "a summary that asks for something else": (
        "### 页和块有什么区别？\n页在内存里，块在磁盘上。\n\n<details>\n<summary>什么是日志？</summary>\n\n"
        "日志记下每次修改。\n\n</details>\n\n### 什么是事务？\n事务要么全做要么不做。\n",
        {
            "页和块有什么区别？": "页在内存里，块在磁盘上。",
            "什么是日志？": "日志记下每次修改。",
            "什么是事务？": "事务要么全做要么不做。",
        },
    ),
    "plain numbered lines as titles": (
        "一、页缓存\n\n内核把读过的页留在内存里。\n\n二、预写日志\n\n先写日志，再改页面。\n\n"
        "三、检查点 把脏页写回磁盘，之前的日志不再需要，恢复从这里开始，因此要定期做。\n\n四、组提交\n\n"
        "几个事务一起落盘。\n\n"
        "为什么要刷盘\n\n断电会丢内存。\n",
        {
            "页缓存": "内核把读过的页留在内存里。",
            "预写日志": "先写日志，再改页面。",
            "组提交": "几个事务一起落盘。",
            "为什么要刷盘": "断电会丢内存。",
        },
    ),
    "an order that ends in a stop, above the mark of its answer": (
        "1. What is a page?\nAns: The unit of reading.\n"
        "2. Explain the clock algorithm.\nAns: A hand passes over pages.\n",
        {"What is a page?": "The unit of reading.", "Explain the clock algorithm.": "A hand passes over pages."},
    ),
    "below the title of a question, and the title of its answer": (
        "## Question\nWhat is a page?\n### In short\nAsked often.\n## Answer\nThe unit of reading.\n"
        "## 题目\n什么是预写日志？\n## 参考答案\n先写日志，再改页面。\n",
        {"What is a page?": "In short Asked often. The unit of reading.", "什么是预写日志？": "先写日志，再改页面。"},
    ),
    "below the title of an answer, with hints before it": (
        "## What is a page?\n### What is looked for\nThat you read a manual.\n### Sample Answer\nThe unit of reading.\n"
        "## Why keep a log?\n### How to answer\nBegin with a crash.\n### Sample Answer\nChanges can be repeated.\n",
        {"What is a page?": "The unit of reading.", "Why keep a log?": "Changes can be repeated."},
    ),
    "a sample answer to a case": (
        "1. **Choosing a store:**\n   You keep many rows. Where would you put them?\n\n   **Sample Answer/Notes:**"
        '\n   Into a table with an index.\n\n> **Scenario:** "A query is slow. Fix it."\n\n**Staff-Level Answer:**\n'
        "- Read its plan first.\n",
        {
            "You keep many rows. Where would you put them?": "Into a table with an index.",
            "A query is slow. Fix it.": "Read its plan first.",
        },
    ),
    "marks on lines of their own": (
        "### Q1.\n**Question:**\nHow is a page found?\n\n**Strong answer should include**\n- By its number.\n"
        "### Q2.\n**Question:**\nWhy keep a log?\n\n<details>\n<summary>Hints / Key Points</summary>\n\n"
        "- Changes can be repeated.\n</details>\n",
        {"How is a page found?": "By its number.", "Why keep a log?": "Changes can be repeated."},
    ),
    "titles numbered within part A": (
        "## Part A\n### A1. What is a page?\n**A:** The unit of reading.\n### A2. Redo vs. undo\n"
        "**A:** Redo repeats.\n",
        {"What is a page?": "The unit of reading.", "Redo vs. undo": "Redo repeats."},
    ),
    "two answers, the second with a list before its mark": (
        '**1. "What is a page?"**\n\n**Short answer**\n\n1. The unit of reading\n\n**Model answer**\n\n'
        'It holds rows.\n\n**2. "Why keep a log, and where?"**\n\n**Model answer**\n\nChanges can be repeated.\n',
        {
            "What is a page?": "The unit of reading It holds rows.",
            "Why keep a log, and where?": "Changes can be repeated.",
        },
    ),
    "what an answer announces": (
        "**1. How does a store recover?**\n\nRecovery has two stages:\n\n1. **Redo:**\n   - Changes are repeated.\n"
        "2. **Undo:**\n   - What was not committed is taken back.\n\n**2. What is a page?**\n\nThe unit of reading.\n",
        {
            "How does a store recover?": "Recovery has two stages: Redo: Changes are repeated. Undo: What was not"
            " committed is taken back.",
            "What is a page?": "The unit of reading.",
        },
    ),
    "what is to be told, between a question and the mark of its answer": (
        "1. How do you make a query fast?\n\nTell which index you chose.\n\nExample answer:\n\n- I put one on the key."
        "\n\n2. What is a page?\n\nExample answer:\n\n- The unit of reading.\n",
        {
            "How do you make a query fast?": "Tell which index you chose. I put one on the key.",
            "What is a page?": "The unit of reading.",
        },
    ),
    "an answer behind a colon": (
        "## 某公司技术面\n1. 如何遍历一张表：从第一页读到最后一页\n2. 页和行有什么不同：一页里有很多行\n"
        "## 某公司初面\n1. 什么是页？\n读写的单位。\n## 某公司二面\n1. 什么是行？\n一条记录。\n",
        {
            "如何遍历一张表": "从第一页读到最后一页",
            "页和行有什么不同": "一页里有很多行",
            "什么是页？": "读写的单位。",
            "什么是行？": "一条记录。",
        },
    ),
    "a chapter below the title of a document that asks": (
        "# What is a store?\nA program that keeps rows.\n## Kinds of stores\n### Row stores\nThey keep rows together.\n"
        "### Column stores\nThey keep columns together.\n",
        {
            "What is a store?": "A program that keeps rows.",
            "Row stores": "They keep rows together.",
            "Column stores": "They keep columns together.",
        },
    ),
    "the title of a document above what says what it is": (
        "# 预写日志\n预写日志（WAL）是先记后改的办法。\n## 检查点\n检查点把脏页写回磁盘。\n## 组提交\n"
        "几个事务一起落盘。\n",
        {
            "预写日志": "预写日志（WAL）是先记后改的办法。",
            "检查点": "检查点把脏页写回磁盘。",
            "组提交": "几个事务一起落盘。",
        },
    ),
    "the title of a document above what tells of the document": (
        "# 预写日志\n这里记下学到的东西。\n## 检查点\n检查点把脏页写回磁盘。\n## 组提交\n几个事务一起落盘。\n",
        {"检查点": "检查点把脏页写回磁盘。", "组提交": "几个事务一起落盘。"},
    ),
    "a title numbered with a space": (
        "## 一 预写日志\n先写日志，再改页面。\n## 二 检查点\n检查点把脏页写回磁盘。\n",
        {"预写日志": "先写日志，再改页面。", "检查点": "检查点把脏页写回磁盘。"},
    ),
}


@pytest.mark.parametrize(("text", "found"), KEPT.values(), ids=KEPT)
def test_what_is_a_section_of_its_own(text: str, found: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(text, "utf-8")
    made = sections(blocks(read(path).lines), is_chinese(text))
    assert {one.question: " ".join(block.text for block in one.answer) for one in made} == found


PARTS = "## {}\n### 类图\n三个类。\n### 适用\n对象很多时。\n"


def test_a_title_that_several_things_have_is_asked_of_each(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("".join(PARTS.format(name) for name in ("观察者模式", "享元模式", "策略模式")), "utf-8")
    made = [what_is_asked(one, chinese=True) for one in sections(blocks(read(path).lines), chinese=True)]
    assert made[:2] == ["观察者模式的类图", "观察者模式的适用"]
    assert len(set(made)) == len(made)
