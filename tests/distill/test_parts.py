"""Labels of parts, 「优点」, "Causes": only over what they surely cover, and of what they are surely said."""

from pathlib import Path

import pytest

from kaoguan.distill.points.about import asked_facets, asks_of_all, is_cut_off
from kaoguan.distill.points.phrases import capitalised
from kaoguan.distill.text.facets import Facet
from tests.distill.documents import distilled
from tests.distill.test_claims import told

_SAID = {
    "a part of the one thing asked about": (
        "## 跳表\n\n跳表是分层的有序链表。\n\n优点：\n\n- 实现比平衡树简单\n",
        "跳表的优点：实现比平衡树简单",
    ),
    "a part of one of several things that a question names": (
        "## 日志怎么写？各自的代价是什么？\n\n缺点：\n\n- 每次提交都要等磁盘\n",
        "缺点：每次提交都要等磁盘",
    ),
    "what the question itself asks for": (
        "## 跳表的优点是什么？\n\n优点：\n\n- 实现比平衡树简单\n- 支持范围查询\n",
        "实现比平衡树简单",
    ),
    "a label with a name stays as it is written": (
        "## 为什么要对齐页？\n\n1. 移植原因：不是所有的磁盘都能从任意位置读取\n2. 效率：少读一个页\n",
        "移植原因：不是所有的磁盘都能从任意位置读取",
    ),
    "a thing named below the label of a part": (
        "## How do you prevent a cache stampede?\n\n### Solutions\n\n#### Early refresh\n\n"
        "Entries are refreshed at a random time before they expire.\n",
        "Early refresh: Entries are refreshed at a random time before they expire",
    ),
    "a bold label that stands once is said of the whole": (
        "## What are local values?\n\n**Syntax:**\n\nA block holds names and expressions.\n\n**Benefits:**\n\n"
        "- One place for a value that many rows share\n",
        "Advantage of local values: One place for a value that many rows share",
    ),
    "bold labels that recur are said of the things between": (
        "## Compare the two indexes.\n\n**Skip list:**\n\n**Cons:**\n\n- Wastes memory on pointers\n\n"
        "**Hash index:**\n\n**Cons:**\n\n- Cannot answer range queries\n",
        "Drawback of Skip list: Wastes memory on pointers",
    ),
    "a sentence without a subject is said of its item": (
        "## Compare the two sorts.\n\n- **Insertion sort:** The list is kept sorted from the left. Good for small"
        " inputs.\n- **Merge sort:** The halves are sorted and merged. Use for: linked lists.\n",
        "Insertion sort: Good for small inputs",
    ),
    "a use is said of its item": (
        "## Compare the two sorts.\n\n- **Insertion sort:** The list is kept sorted from the left. Good for small"
        " inputs.\n- **Merge sort:** The halves are sorted and merged. Use for: linked lists.\n",
        "Merge sort, use for: linked lists",
    ),
    "an item that one word of its title names": (
        "## Which joins does SQL have?\n\n- LEFT JOIN\n  - returns all rows of the left table\n- RIGHT JOIN\n"
        "  - returns all rows of the right table\n",
        "LEFT JOIN: returns all rows of the left table",
    ),
    "the one formula of what is asked about": (
        "## 负载因子\n\n负载因子决定何时扩容。\n\na(n) = n/m + c\n",
        "负载因子：a(n) = n/m + c",
    ),
    "a value is no number of a section": (
        "## 大语言模型的温度参数怎么选？\n\n温度越高，大语言模型的输出越随机。\n\n"
        "- **0.2**：输出几乎不变，适合写代码\n- **0.9**：输出很多样，适合写故事\n",
        "0.2：输出几乎不变，适合写代码",
    ),
    "a word for the answer is no label": (
        "## What is compaction?\n\nExpected Answer: Compaction merges sorted runs into one.\n",
        "Compaction merges sorted runs into one",
    ),
    "a method where nothing is wrong": (
        "## What is merge sort?\n\nSolution: Merge sort splits a list and merges its sorted halves.\n",
        "Merge sort splits a list and merges its sorted halves",
    ),
    "a table of two things without a corner": (
        "## Difference between a leader and a follower?\n\n| Leader | Follower |\n| --- | --- |\n"
        "| Must keep the log | Can drop the log |\n| Small in number | One for each region |\n",
        "Follower: One for each region",
    ),
}


@pytest.mark.parametrize("name", _SAID)
def test_a_claim_stands_under_the_label_that_covers_it(tmp_path: Path, name: str) -> None:
    text, claim = _SAID[name]
    assert claim in told(tmp_path, text)


_NOT_SAID = {
    "an item that only the question would make an advantage": (
        "## 页缓存的优点是什么？\n\n- 内核会按最近使用的顺序淘汰页\n",
        "优点",
    ),
    "one of several formulas": (
        "## 负载因子\n\n负载因子决定何时扩容。\n\nh(k) = k·a + b\n\nL(n) = n/m + c\n",
        "负载因子：",
    ),
    "a cause of what is not wrong": (
        "## 预写日志\n\n预写日志先于数据写入磁盘。\n\n原因：\n\n- 顺序写比随机写快\n",
        "预写日志的原因",
    ),
    "a label over a paragraph, after the next empty line": (
        "## Compare leaders and followers.\n\nSteps in an election:\nEach node votes for one candidate of the term.\n\n"
        "A follower copies the log of its leader and answers stale reads.\n",
        "election: A follower",
    ),
    "an order to the candidate": ("## B 树\n\n- 介绍一下B树：所有叶子都在同一层上，键按序存放。\n", "介绍一下"),
}


@pytest.mark.parametrize("name", _NOT_SAID)
def test_a_label_goes_no_further_than_it_surely_covers(tmp_path: Path, name: str) -> None:
    text, made = _NOT_SAID[name]
    assert made not in " ".join(told(tmp_path, text))


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("f(x) = 2x", "f(x) = 2x"),
        ("y_smooth = a + b", "y_smooth = a + b"),
        ("dh/dt = k", "dh/dt = k"),
        ("vLLM pages its cache", "vLLM pages its cache"),
        ("hash (or map) the keys", "Hash (or map) the keys"),
    ],
)
def test_signs_and_names_keep_their_small_letters(claim: str, shown: str) -> None:
    assert capitalised(claim) == shown


@pytest.mark.parametrize(
    ("question", "facets"),
    [
        ("跳表的优点是什么？", {Facet.ADVANTAGE}),
        ("解释预写日志的原理和优势", {Facet.PRINCIPLE, Facet.ADVANTAGE}),
        ("What is a skip list? What are its drawbacks?", {Facet.DEFINITION, Facet.DRAWBACK}),
        ("What are the disadvantages of B-trees?", {Facet.DRAWBACK}),
    ],
)
def test_a_question_names_the_parts_that_it_asks_for(question: str, facets: set[Facet]) -> None:
    assert asked_facets(question) == facets


@pytest.mark.parametrize(
    ("question", "thing", "all_of_it"),
    [
        ("介绍一下跳表的优缺点", "跳表", True),
        ("What is a skip list?", "skip list", True),
        ("跳表每层各自的优点？", "跳表", False),
        ("How do you choose the block size?", "block size", False),
        ("跳表", "B 树", False),
    ],
)
def test_a_question_about_one_thing_says_nothing_else_of_it(question: str, thing: str, all_of_it: bool) -> None:
    assert asks_of_all(question, thing) is all_of_it


@pytest.mark.parametrize(
    ("subject", "question"),
    [
        ("Having", "What are the advantages of Having an index?"),
        ("the significance of squaring", "What is the significance of squaring the error?"),
        ("消息 Queue", "什么是消息 Queue Broker？"),
    ],
)
def test_what_is_cut_from_a_question_is_no_subject(subject: str, question: str) -> None:
    assert is_cut_off(subject, question)


def test_a_name_in_ing_is_one() -> None:
    assert not is_cut_off("hashing trick", "What is the hashing trick?")
    assert not is_cut_off("clustering", "How does clustering work?")


_ASIDE = {
    "another part than the one asked for": (
        "## Steps of a leader election\n\n1. A follower waits for a timeout and asks the others for votes\n"
        "2. The majority of the nodes votes for one candidate of the term\n\nUse cases:\n\n"
        "- A cluster of databases needs one writer at any time\n",
        "one writer",
    ),
    "what the next question asks": (
        "## What is a lease?\n\nA lease is a lock that ends by itself after some time.\n"
        "It needs no message to be given back.\n🚀 Follow-up: Why do clocks matter?\n"
        "A slow clock keeps the holder of a lease writing for too long.\n",
        "slow clock",
    ),
}


@pytest.mark.parametrize("name", _ASIDE)
def test_what_answers_another_question_is_a_note(name: str) -> None:
    text, made = _ASIDE[name]
    (rubric,) = distilled(text).rubrics
    assert made not in " ".join(point.text for point in rubric.key_points)
    assert made in " ".join(rubric.notes)
