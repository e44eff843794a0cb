"""Claims that are whole and in their place: what is cut, joined or told of something else."""

from pathlib import Path

import pytest

from kaoguan.distill.points.about import asked_subject, of_side
from kaoguan.distill.points.again import again
from kaoguan.distill.points.alone import standing_alone
from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.phrases import in_contrast, without_example
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.distill.text.markup import without_marks
from kaoguan.text.script import is_chinese
from tests.distill.documents import distilled
from tests.distill.test_claims import told


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[a, b]] is a list of one pair", "[[a, b]] is a list of one pair"),
        ("索引是==有序==的", "索引是有序的"),
        ("The log is kept. {.warning}", "The log is kept."),
        ("写放大**：同一份数据写了多次", "写放大：同一份数据写了多次"),
        ("2**3 个桶", "2**3 个桶"),
    ],
)
def test_marks_go_once_and_signs_stay(written: str, shown: str) -> None:
    assert without_marks(written).rstrip() == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "A storage engine keeps four files: a log (what was written since the last flush), tables (sorted runs on the"
        " disk), an index (where each block of a table begins), and filters (which keys a table cannot hold)",
        "The planner reads the statistics of the tables, the sizes of all the indexes that it could use here, and the"
        " settings of the session before it writes, compares, and prices plans for the joins",
    ],
)
def test_an_enumeration_stays_whole(sentence: str) -> None:
    assert claims(sentence, chinese=False) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("跳表是一种有序的数据结构，它主要有两个操作", ["跳表是一种有序的数据结构"]),
        ("A skip list keeps sorted keys in layers, and it has two parts", ["A skip list keeps sorted keys in layers"]),
        ("The classic way of passing messages includes two methods", []),
    ],
)
def test_how_many_come_next_is_not_said(sentence: str, claim: list[str]) -> None:
    assert claims(sentence, is_chinese(sentence)) == claim


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "乐观锁在提交时检查版本，例如甲读到版本一，随后写入。这时，乙也写入。版本号每次写入加一。",
            ["乐观锁在提交时检查版本，例如甲读到版本一，随后写入", "版本号每次写入加一"],
        ),
        (
            "A lease ends by itself, for example node A holds one, and stops. Then node B takes it. Clocks may drift.",
            ["A lease ends by itself, for example node A holds one, and stops", "Clocks may drift"],
        ),
    ],
)
def test_what_carries_an_example_on_goes_with_it(text: str, kept: list[str]) -> None:
    assert without_example(sentences(text, is_chinese(text))) == kept


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("行存按行读取；而列存按列读取。", ["行存按行读取；而列存按列读取"]),
        (
            "Rows are read whole; whereas columns are read apart.",
            ["Rows are read whole; whereas columns are read apart"],
        ),
        ("行存按行读取。而列存按列读取。", ["行存按行读取", "而列存按列读取"]),
    ],
)
def test_the_halves_of_a_contrast_stay_together(text: str, whole: list[str]) -> None:
    assert in_contrast(sentences(text, is_chinese(text)), text, is_chinese(text)) == whole


def test_ordinals_count_what_is_told() -> None:
    told_of = "复制有两点要小心：第一，日志可能丢失；第二，从库可能落后。"
    assert [claim for part in sentences(told_of, chinese=True) for claim in claims(part, chinese=True)] == [
        "日志可能丢失",
        "从库可能落后",
    ]


def test_a_sign_is_no_effect_and_features_are_of_a_thing() -> None:
    assert read_label("现象").facet is read_label("symptoms").facet is Facet.SIGN
    assert asked_subject("Features of skip lists") == "skip lists"


def test_what_is_short_of_something_is_no_drawback() -> None:
    assert read_label("内存预热不足").facet is None
    assert read_label("跳表的不足").subject == "跳表"


_SAID = {
    "a paragraph set apart line by line": (
        "## What is compaction?\n\nCompaction merges several sorted runs of a table on the disk into one run so\n\n"
        "that a lookup has fewer files to search.\n",
        "Compaction merges several sorted runs of a table on the disk into one run so that a lookup has fewer files"
        " to search",
    ),
    "a part told of after the thing": (
        "## What are dense and sparse indexes?\n\n- Dense index: holds one entry for each key of the table. "
        "Examples: primary keys, hash indexes\n- Sparse index: holds one entry for each block of the table.\n",
        "Dense index, examples: primary keys, hash indexes",
    ),
}


@pytest.mark.parametrize("name", _SAID)
def test_a_claim_is_whole_and_names_its_thing(tmp_path: Path, name: str) -> None:
    text, claim = _SAID[name]
    assert claim in told(tmp_path, text)


_NOT_SAID = {
    "a sum below the last label": (
        "## 为什么用日志结构的存储？\n\n顺序写：\n\n日志只在末尾追加，磁盘不用来回寻道。\n\n恢复快：\n\n"
        "重放日志就能恢复内存里的表。\n\n综上所述，日志结构的存储写得快，恢复也快，适合写多读少的场景。\n",
        "恢复快：日志结构",
    ),
    "one part below another": (
        "## How do you tune a cache?\n\n**Trade-offs:**\n\n- Larger caches hold more but take memory from others\n\n"
        "**Best practices:**\n\n- Measure the hit rate before and after each change of the size\n",
        "Trade-offs: Measure",
    ),
}


@pytest.mark.parametrize("name", _NOT_SAID)
def test_nothing_is_told_of_another_thing(tmp_path: Path, name: str) -> None:
    text, made = _NOT_SAID[name]
    assert made not in " ".join(told(tmp_path, text))


_NOTED = {
    "another thing of the same list": (
        "## 什么是布隆过滤器？\n\n- 布隆过滤器：用几个散列函数把键映射到位数组，判断键一定不在或可能在\n"
        "- 字典树：按前缀把字符串存成一棵树，查找只和长度有关\n",
        "字典树",
    ),
    "what a question inside asks": (
        "## 如何设计一个消息队列？\n\n**回答：** 消息先写入日志再确认，消费者按偏移量读取，分区保证顺序。\n\n"
        "**追问：** 它挂了怎么办？答：分区会重新分配给同组的其他消费者。\n",
        "重新分配给同组",
    ),
    "a third thing beside the two": (
        "## Compare B-trees and hash indexes.\n\n- B-trees: keep sorted keys, so that ranges can be read in order\n"
        "- Hash indexes: find one key in constant time but read no ranges\n"
        "- Column stores: read few columns of many rows at once\n",
        "Column stores",
    ),
}


@pytest.mark.parametrize("name", _NOTED)
def test_what_is_told_of_another_thing_is_a_note(name: str) -> None:
    text, made = _NOTED[name]
    rubrics = distilled(text).rubrics
    assert made not in " ".join(point.text for rubric in rubrics for point in rubric.key_points)
    assert made in " ".join(note for rubric in rubrics for note in rubric.notes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sparse index, keeps: one entry for each block", "A sparse index keeps one entry for each block"),
        ("稠密索引给每个键存一项", "稠密索引：每个键存一项"),
    ],
)
def test_the_same_said_again_is_one_claim(one: str, other: str) -> None:
    assert again(Draft(one, "a", None, 2, 1, 1), Draft(other, "b", None, 2, 1, 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS 运行在 TLS 之上", "HTTP 运行在 TLS 之上"),
        ("向上转换把子类当作基类", "向上转换把基类当作子类"),
        ("读取一行数据时磁盘跳动", "读取一列数据时磁盘跳动"),
        ("A sparse index has one entry for each block", "A sparse index has no entry for each block"),
        ("h(k) = k mod 7", "h(k) = k mod 11"),
        ("字典树", "字典树按前缀存放字符串"),
        ("Block 2 holds three layers of nodes", "Block 3 holds three layers of nodes"),
    ],
)
def test_what_each_alone_holds_is_another_claim(one: str, other: str) -> None:
    assert not again(Draft(one, "a", None, 2, 1, 1), Draft(other, "b", None, 2, 1, 1))


@pytest.mark.parametrize(
    ("text", "told_of"),
    [("Reduces the number of files", "Leveled: Reduces the number of files"), ("Levels are full", "Levels are full")],
)
def test_a_sentence_without_a_subject_is_told_of_the_side_before_it(text: str, told_of: str) -> None:
    assert of_side(text, "Leveled", ("Leveled", "Tiered"), chained=False) == told_of


@pytest.mark.parametrize(
    ("claim", "label", "shown"),
    [
        ("即便缓存失效，数据库仍可读", "旁路缓存", "旁路缓存：即便缓存失效，数据库仍可读"),
        ("即使没有索引，也能查找", "列存", "列存即使没有索引，也能查找"),
        ("将日志拷贝到备机", "主机故障处理", "主机故障处理：将日志拷贝到备机"),
        ("通过日志恢复数据", "预写日志", "预写日志通过日志恢复数据"),
    ],
)
def test_only_a_thing_is_the_subject_of_a_sentence(claim: str, label: str, shown: str) -> None:
    assert standing_alone(claim, label, labelled=True) == shown


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("注解：简单回答就是，日志先于数据写入磁盘", "日志先于数据写入磁盘"),
        ("说得具体一些：日志先于数据写入磁盘", "日志先于数据写入磁盘"),
        ("即，日志先于数据写入磁盘", "日志先于数据写入磁盘"),
    ],
)
def test_several_words_to_the_reader_go(sentence: str, claim: str) -> None:
    assert claims(sentence, chinese=True) == [claim]


@pytest.mark.parametrize("label", ["深入版回答", "Expected Answer", "综合回答 / Full Answer"])
def test_any_answer_is_no_label(label: str) -> None:
    assert read_label(label).subject == ""
