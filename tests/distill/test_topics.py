"""What a question is about where its own words do not say so, and how a mere name is asked."""

import pytest

from kaoguan import prompts
from kaoguan.distill.naming import what_is_asked
from kaoguan.distill.points.by_itself import by_itself
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import Section, sections
from kaoguan.distill.questions.told import lacks
from kaoguan.distill.questions.topics import Topic, Topics, thing
from kaoguan.distill.questions.worded import in_words, marked, worded
from kaoguan.models import Language
from kaoguan.prompts import Wording
from tests.distill.documents import distilled, document

WORDS: dict[Language, Wording] = {"zh": prompts.load("draft", "zh"), "en": prompts.load("draft", "en")}


def found(text: str, chinese: bool) -> list[Section]:
    """Return the sections of a document, each with its topic."""
    read = blocks(document(text).lines)
    topics = Topics(read)
    return [one._replace(topic=topics.of(one.block)) for one in sections(read, chinese)]


def questions(text: str, chinese: bool) -> list[str]:
    """Return what the sections of a document ask, in the words they are asked in."""
    asked = ((one, marked(one, what_is_asked(one, chinese), WORDS)) for one in found(text, chinese))
    return [in_words(one, words, WORDS) for one, words in asked if words]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Apache Quill Interview Questions (80+)", "Apache Quill"),
        ("The Complete Guide to Quill", "Quill"),
        ("Top 20 Quill Interview Questions and Answers", "Quill"),
        ("Quill 高频面试题汇总", "Quill"),
        ("图解 Quill 学习笔记", "Quill"),
        ("第三章：页分裂问题", "页分裂"),
        ("C. Quill（存储引擎）与前沿", "Quill"),
        ("Quill 的核心组件", "Quill"),
        ("Quill 存储篇", "Quill 存储"),
        ("Quill 端到端源码解析", "Quill"),
        ("C14: Quill", "Quill"),
        ("Quill Basics Check", "Quill"),
        ("Quill 名词解释", "Quill"),
        ("常见问题 / Likely questions", ""),
        ("Quill Concepts", "Quill"),
        ("Quill Interview Questions and Answers Part-1", "Quill"),
        ("Part 2: Quill", "Quill"),
        ("Quill3", "Quill3"),
        ("Beginner Level (20 questions)", ""),
        ("面试官高频问题", ""),
        ("Day_8", ""),
        ("题解", ""),
    ],
)
def test_a_title_names_a_thing_without_the_kind_of_text_it_stands_above(title: str, name: str) -> None:
    assert thing(title) == name


QUILL = """# Apache Quill Interview Guide
## Beginner Level
### What is a Spool?
Quill keeps a spool for every table and writes to it in order.
### How would you size a custom Spool?
Quill wants as much memory as the largest batch takes.
### What is a WAL?
In Quill it is the log that is written first.
### How does Kafka ensure order?
By partitions.
### How does Quill recover?
It reads the spool once more.
"""


def test_a_question_in_general_words_says_of_which_thing_the_document_is() -> None:
    assert questions(QUILL, chinese=False) == [
        "In Quill, what is a Spool?",
        "In Quill, how would you size a custom Spool?",
        "What is a WAL?",
        "How does Kafka ensure order?",
        "How does Quill recover?",
    ]


def test_a_chapter_with_a_coined_name_is_a_topic_and_one_with_a_common_word_is_none() -> None:
    text = """# 存储引擎面试 60 问
## E. LsmDB（日志结构）与前沿
### 负载怎么分？
LsmDB 按键的范围来分。
### 页分裂？
压缩时同一条记录会被重写多次。
### WAL 有什么用？
断电后靠它重放。
## Logs
### 什么是检查点？
检查点之前的日志可以删掉。
"""
    assert questions(text, chinese=True) == [
        "在 LsmDB 中，负载怎么分？",
        "请讲讲LsmDB 中的页分裂。",
        "WAL 有什么用？",
        "什么是检查点？",
    ]


@pytest.mark.parametrize(
    ("question", "topic", "wanted"),
    [
        ("What is a hook?", Topic("Quill", own=True), True),
        ("What are Items?", Topic("Quill", own=True), True),
        ("What is max_age?", Topic("Quill", own=True), True),
        ("什么是钩子（hook）？", Topic("Quill", own=True), True),
        ("What is a hook?", Topic("storage engines", own=False), False),
        ("What is a hook?", Topic("AI", own=True), False),
        ("什么是钩子？", Topic("存储", own=True), False),
        ("What is a hook?", Topic("Hooks", own=True), False),
        ("What is Kafka?", Topic("Quill", own=True), False),
        ("What is XML?", Topic("Quill", own=True), False),
        ("How did you tune it in your project?", Topic("Quill", own=True), False),
        ("A page is torn. What do you do?", Topic("Quill", own=True), False),
        ("你在项目里怎么用它？", Topic("Quill", own=True), False),
        ("简述钩子的作用。", Topic("Quill", own=True), False),
    ],
)
def test_only_a_name_of_its_own_is_put_to_a_question_and_only_to_one_that_names_nothing(
    question: str, topic: Topic, wanted: bool
) -> None:
    assert lacks(question, topic) is wanted


def test_a_request_of_names_in_a_chinese_row_is_made_in_chinese() -> None:
    text = "## Please describe WAL、B-tree、LSM\n断电后靠日志重放，索引按键的次序存放。\n"
    assert questions(text, chinese=True) == ["请讲讲WAL、B-tree、LSM。"]


def test_a_name_behind_a_mark_is_asked_and_a_sentence_begun_is_not() -> None:
    text = "## Q：写放大\n{0}\n## Q：页的分裂，合并和回收\n{0}\n## Q：什么是检查点？\n{0}\n".format(
        "压缩时同一条记录会被重写多次，层数越多，写放大越大。"
    )
    assert questions(text, chinese=True) == ["请讲讲写放大。", "请讲讲页的分裂，合并和回收。", "什么是检查点？"]
    begun = "Q1. A checkpoint removes:\nA. Old parts of the log.\nQ2. What is a checkpoint?\nA. A known good state.\n"
    assert [marked(one, "A checkpoint removes", WORDS) for one in found(begun, chinese=False)][:1] == [
        "A checkpoint removes"
    ]


def test_the_mark_may_have_a_dot_before_its_number() -> None:
    text = (
        "Q.1 Explain latches?\n\nA latch protects a page in memory.\n\nQ.2 Explain locks?\n\nA lock protects a row.\n"
    )
    assert questions(text, chinese=False) == ["Explain latches.", "Explain locks."]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("页分裂问题？", "请讲讲页分裂问题。"),
        ("日志与校验？", "请讲讲日志与校验。"),
        ("断电的原因？", "断电的原因是什么？"),
        ("几种常用的锁", "有哪几种常用的锁？"),
        ("几种锁分别怎么用", "几种锁分别怎么用？"),
        ("页缓存、行锁说一下", "页缓存、行锁说一下。"),
        ("页的分裂，合并和原因", "请讲讲页的分裂，合并和原因。"),
        ("线程为啥要睡？", "线程为啥要睡？"),
        ("List：跳表", "请讲讲List：跳表。"),
        ("页和日志的比较", "请讲讲页和日志的比较。"),
        ("是否允许回写的判定", "请讲讲是否允许回写的判定。"),
        ("是否需要更大的页", "是否需要更大的页？"),
    ],
)
def test_a_chinese_name_with_a_mark_is_asked_as_one_asks(text: str, question: str) -> None:
    assert worded(text, True, WORDS["zh"]) == question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("latches.", "Explain latches."),
        ("Latches?", "Explain Latches."),
        ("Why?", "Why?"),
        ("Difference between a latch and a lock", "Explain the difference between a latch and a lock."),
        ("Have you used latches", "Have you used latches?"),
        ("May not hold a page", "Explain May not hold a page."),
        ("When a page is torn, how will you repair it?", "When a page is torn, how will you repair it?"),
        ("Design Patterns", "Explain Design Patterns."),
        ("List the latches of a page", "List the latches of a page."),
        ("List", "Explain List."),
        ("Reverse a list.", "Reverse a list."),
        ("Output of f([[]])?", "Explain the output of f([[]])."),
        ("Advantages of pages", "Explain the advantages of pages."),
        ("Calculate checksums", "Explain how to calculate checksums."),
        ("Implement checksums", "Implement checksums."),
        ('Design a log. Go beyond "append only."', 'Design a log. Go beyond "append only."'),
        (
            'Why do logs grow, and name two limits of "Logs at Scale."',
            'Why do logs grow, and name two limits of "Logs at Scale."',
        ),
    ],
)
def test_an_english_name_too(text: str, question: str) -> None:
    assert worded(text, False, WORDS["en"]) == question


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("* What is a log?", "What is a log?"),
        ("Topic: Checkpoints", "Explain Checkpoints."),
        ("Tutorial 12:Checkpoints", "Explain Checkpoints."),
        ("What is a log shown in this diagram?", "What is a log?"),
        ("【日志有什么用？】", "日志有什么用？"),
        ("日志有什么用，如下图？", "日志有什么用？"),
        ("日志截断部分", "请讲讲日志截断。"),
        ("静态日志汇总", "请讲讲静态日志。"),
        ("4.3 2PC: Votes of All", "Explain 2PC: Votes of All."),
        ("日志的组成部分", "请讲讲日志的组成部分。"),
        ("*args 有什么用", "*args 有什么用？"),
    ],
)
def test_what_only_files_a_line_or_points_at_a_picture_goes(line: str, question: str) -> None:
    section = found(f"## {line}\nWrites go to the log first.\n", chinese=False)[0]
    chinese = "日" in line or "有" in line
    assert worded(what_is_asked(section, chinese), chinese, WORDS["zh" if chinese else "en"]) == question


def test_a_question_says_more_by_itself_the_more_names_and_words_it_has() -> None:
    bare, named = by_itself("怎么分？"), by_itself("LsmDB 的写放大怎么减小？")
    assert (bare["a names"], named["a names"]) == (0, 1)
    assert bare["a longest"] < named["a longest"]
    assert by_itself("Why does it help?")["a points"] == 1


def test_a_document_that_names_its_topic_asks_of_it_in_its_rubrics() -> None:
    made = [rubric.question for rubric in distilled(QUILL).rubrics]
    assert not any(question in {"What is a Spool?", "How would you size a custom Spool?"} for question in made)
