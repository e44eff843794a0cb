"""Signs, tags, bullets and columns: what belongs to the layout goes, what belongs to the sentence stays."""

import pytest

from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.phrases import capitalised
from kaoguan.distill.questions.columns import set_in_columns
from kaoguan.distill.questions.markers import marker
from kaoguan.distill.questions.outline import BlockKind, blocks
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.text.markup import without_marks
from kaoguan.text.ornaments import without_ornaments
from kaoguan.text.script import is_chinese
from tests.distill.documents import distilled, document


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A page is <ins>a fixed block</ins> of the <del>heap</del> file", "A page is a fixed block of the heap file"),
        ("<figure>A page <abbr>LSN</abbr></figure> orders the log", "A page LSN orders the log"),
        ("Vacuum: -It frees the pages", "Vacuum: It frees the pages"),
        ("A page: — the unit of a read", "A page: the unit of a read"),
        ("range: -Inf to zero", "range: -Inf to zero"),
        ("flag: -Xpool sets the pool", "flag: -Xpool sets the pool"),
        ("<ins> marks what was added", "<ins> marks what was added"),
        ("the mark <pad> fills a batch", "the mark <pad> fills a batch"),
    ],
)
def test_tags_around_words_go_and_those_a_sentence_names_stay(written: str, shown: str) -> None:
    assert without_marks(written) == shown


@pytest.mark.parametrize(
    ("line", "style", "rest"),
    [
        ("o\tMerge the small runs first", "•", "Merge the small runs first"),
        ("o Merging: two runs become one", "•", "Merging: two runs become one"),
        ("o and O are two bounds", "", "o and O are two bounds"),
        ("1:N: one order holds many lines", "", "1:N: one order holds many lines"),
        ("1: What is a page", "1", "What is a page"),
        ("1:什么是页", "1", "什么是页"),
    ],
)
def test_what_is_a_bullet_or_a_number(line: str, style: str, rest: str) -> None:
    found, _, text = marker(line)
    assert (found, text) == (style, rest)


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("-XX:+UseOwnPool：打开独立的内存池", "-XX:+UseOwnPool：打开独立的内存池"),
        ("-Xpool256m sets the size of the pool", "-Xpool256m sets the size of the pool"),
        ("- Reduces the size of the pool", "Reduces the size of the pool"),
        ("**kwargs holds the named arguments", "**kwargs holds the named arguments"),
        ("No. of buckets = size / width", "No. of buckets = size / width"),
        ("No. The pool keeps its size", "The pool keeps its size"),
        ("First Draft Form (1DF): every cell holds one value", "First Draft Form (1DF): every cell holds one value"),
        ("First of all, the planner reads the statistics", "the planner reads the statistics"),
        ("First the planner reads its statistics", "the planner reads its statistics"),
        ("Secondly the planner prices each join", "the planner prices each join"),
        ("On the other side, the hash join needs memory", "the hash join needs memory"),
        ("首先扫描整张表，然后按主键排序", "首先扫描整张表，然后按主键排序"),
        ("首先，规划器会读取表的统计信息", "规划器会读取表的统计信息"),
        ("A generator holds one row at a time (see the example in rows.py)", "A generator holds one row at a time"),
        ("A trie shares prefixes (more details of tries here)", "A trie shares prefixes"),
        ("水位线：决定窗口何时关闭的时间戳，具体见文档第三章", "水位线：决定窗口何时关闭的时间戳"),
        ("日志按写入的先后顺序落盘，参考价值大于数据文件", "日志按写入的先后顺序落盘，参考价值大于数据文件"),
    ],
)
def test_only_what_is_no_part_of_a_claim_is_taken_off(sentence: str, claim: str) -> None:
    assert claims(sentence, is_chinese(sentence)) == [claim]


@pytest.mark.parametrize("sentence", ["竞速合并：无论先到还是后到", "不管锁有没有超时"])
def test_whatever_happens_says_nothing_without_what_then(sentence: str) -> None:
    assert claims(sentence, chinese=True) == []
    assert claims(f"{sentence}都会返回", chinese=True) == [f"{sentence}都会返回"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The two differ in what they receive. rowmethod is given one row.",
            ["The two differ in what they receive", "rowmethod is given one row"],
        ),
        ("Pages are read into the pool。 The pool is shared.", ["Pages are read into the pool", "The pool is shared"]),
        ("Use short keys, e.g. ids are fine.", ["Use short keys, e.g. ids are fine"]),
    ],
)
def test_where_a_sentence_ends(text: str, parts: list[str]) -> None:
    assert sentences(text, chinese=False) == parts


def test_names_of_code_keep_their_signs() -> None:
    assert without_ornaments("rows=[[]]*5 holds one list") == "rows=[[]]*5 holds one list"
    assert capitalised("t1 < t2 orders the two writes") == "t1 < t2 orders the two writes"
    assert capitalised("α is the threshold") == "α is the threshold"


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What exactly is a bloom filter?", "bloom filter"),
        ("What exactly do you know about B-trees?", "B-trees"),
        ("List a few advantages of RocksDB.", "RocksDB"),
    ],
)
def test_stress_and_a_number_are_no_part_of_a_subject(question: str, about: str) -> None:
    assert subject(question) == about


_COLUMNS = """What is the difference between a heap file and a sorted file?

Feature\t\tHeap file\tSorted file
=================================
Cost of an insert    One write    Moves the rows after it
Range scan\tReads every page\t Reads the pages of the range
"""


def test_rows_set_in_columns_are_a_table() -> None:
    found = blocks(document(_COLUMNS).lines)
    assert [block.kind for block in found[1:]] == [BlockKind.TABLE] * 3
    points = {point.text for rubric in distilled(_COLUMNS).rubrics for point in rubric.key_points}
    assert "Sorted file, range scan: Reads the pages of the range" in points


@pytest.mark.parametrize(
    "text",
    [
        "1\t2\t3\n4\t5\t6\n7\t8\t9",
        "A page is read.   It is kept.   It is freed.\nA page is written.   It is kept.   It is freed.\nx   y   z",
        "Heap    Sorted\nOne write    Many writes\nEvery page    Some pages",
        "| Feature |   heap   | sorted   |\n| Insert  |   cheap   |  dear   |\n| Scan |   dear   |  cheap   |",
        "Feature\tHeap\tSorted\nInserts are cheap in a heap.",
    ],
)
def test_numbers_sentences_and_pairs_are_no_columns(text: str) -> None:
    assert set_in_columns(document(text).lines) == {}
