"""Claims as they are told: without the labels of the answer's form, with their signs and with what they are about."""

from pathlib import Path

import pytest

from kaoguan.distill.points.about import of_side
from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.labels import without_lengths
from kaoguan.distill.points.names import is_name
from kaoguan.distill.points.practice import with_practice
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.distill.text.markup import punctuated, without_marks
from kaoguan.text.ornaments import without_ornaments
from kaoguan.text.script import is_chinese
from tests.distill.test_claims import told


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("键必须支持 $==$ 和 $!=$ 运算", "键必须支持 == 和 != 运算"),
        ("run `stat --format='{{.Size}}' log` first", "run stat --format='{{.Size}}' log first"),
        (":warning: A table is scanned", "A table is scanned"),
        (r"分布 \\(r\\) 的熵是 \\(H(r)\\)", "分布 r 的熵是 H(r)"),
        (r"$-\sum_j r_j\log s_j$", "-∑_j r_j log s_j"),
        (r"$\beta\log Z$", "β log Z"),
        (r"$\ln\frac{a}{b}$ and $n\log\left(n\right)$", "ln a/b and n log(n)"),
    ],
)
def test_signs_are_not_lost(written: str, shown: str) -> None:
    assert punctuated(without_marks(written)) == shown


def test_a_type_of_a_program_is_no_empty_box() -> None:
    assert without_ornaments("把字符串转成[]byte会拷贝一次") == "把字符串转成[]byte会拷贝一次"
    assert without_ornaments("[]rune 按字符计数") == "[]rune 按字符计数"
    assert without_ornaments("[] 什么是跳表") == "什么是跳表"


def test_an_operator_ends_no_sentence() -> None:
    assert sentences("版本 != 旧值时重试！再读一次", chinese=True) == ["版本 != 旧值时重试", "再读一次"]


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("会，但只在重写日志的时候", ["会，但只在重写日志的时候"]),
        ("会，重写日志时要复制页表", ["重写日志时要复制页表"]),
        ("从表面上看，跳表比平衡树更占空间", []),
        ("At first glance, a skip list wastes memory", []),
        ("PS：重写日志也可以手动触发", ["重写日志也可以手动触发"]),
    ],
)
def test_half_a_contrast_is_not_told(sentence: str, claim: list[str]) -> None:
    assert claims(sentence, is_chinese(sentence)) == claim


@pytest.mark.parametrize(
    ("label", "facet"),
    [
        ("一句话答案", None),
        ("In-Short", Facet.SUMMARY),
        ("One-line revision", Facet.SUMMARY),
        ("Used for", Facet.ROLE),
    ],
)
def test_a_label_of_the_form_names_no_thing(label: str, facet: Facet | None) -> None:
    assert read_label(label) == (facet, "")


def test_names_in_brackets_say_nothing_of_a_name() -> None:
    assert is_name("Log-structured Stores (LevelDB, RocksDB, Cassandra)")
    assert read_label("B. Linear Probing").subject == "Linear Probing"


def _lines(*texts: str) -> list[Block]:
    return [Block(BlockKind.ITEM, text, line, line, 0, style="•") for line, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (
            ["Short: Probes are cheap.", "Deep: Chains are long when the load is high."],
            ["Probes are cheap.", "Chains are long when the load is high."],
        ),
        (["Wide: a linear part.", "Deep: a network."], ["Wide: a linear part.", "Deep: a network."]),
    ],
)
def test_how_long_an_answer_is_labels_it_only_beside_the_other_one(answer: list[str], shown: list[str]) -> None:
    assert [block.text for block in without_lengths(_lines(*answer))] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("还支持范围查找", "B 树：支持范围查找"),
        ("使用的是行锁，粒度细", "B 树：使用的是行锁，粒度细"),
        ("还原快照很慢", "还原快照很慢"),
    ],
)
def test_what_goes_on_after_a_semicolon_is_told_of_its_side(text: str, shown: str) -> None:
    assert of_side(text, "B 树", ("B 树", "哈希表"), chained=False) == shown


_TOLD = {
    "each part of a list with semicolons names its side": (
        "## 介绍一下 LevelDB 和 BoltDB\n\n- LevelDB 把写入先追加到日志; 还支持前缀压缩, 省下磁盘空间; "
        "使用的是分层合并的策略\n"
        "- BoltDB 把键存在一棵树里\n",
        "LevelDB：使用的是分层合并的策略",
    ),
    "rows that are parts tell of the things above the columns": (
        "## 跳表和哈希表\n\n"
        "| 数据结构 | 跳表 | 哈希表 |\n|---|---|---|\n| 定义 | 多层的有序链表 | 按散列值分桶的数组 |\n"
        "| 缺点 | 每层都要多存指针 | 不能做范围查找 |\n| 难点 | 层数靠抛硬币决定 | 扩容时要搬动全部的键 |\n",
        "哈希表的缺点：不能做范围查找",
    ),
    "a column that asks is no question within a claim": (
        "## Compare the two locks\n\n| Lock | Blocks readers? | Main cost |\n|---|---|---|\n"
        "| Exclusive | Until the writer ends | Waiting |\n| Optimistic | Only while it commits | Retries |\n",
        "Optimistic, blocks readers: Only while it commits",
    ),
}


@pytest.mark.parametrize("name", _TOLD)
def test_a_claim_says_of_what_it_is_told(tmp_path: Path, name: str) -> None:
    text, claim = _TOLD[name]
    assert claim in told(tmp_path, text)


@pytest.mark.parametrize(
    ("question", "said", "shown"),
    [
        ("How do you keep a query fast?", "I put an index on the key.", "Put an index on the key."),
        ("How would you test a store?", "We'd usually replay a day of queries.", "Usually replay a day of queries."),
        (
            "What is your approach to slow pages?",
            "First, I saw one. I also read logs.",
            "First, I saw one. Also read logs.",
        ),
        ("How do you keep a query fast?", "I put an index on my key.", "I put an index on my key."),
        ("How do you keep a query fast?", "We indexed the key.", "We indexed the key."),
        ("Why is a query slow?", "We read every row.", "We read every row."),
    ],
)
def test_what_one_does_is_told_as_what_is_done(question: str, said: str, shown: str) -> None:
    (found,) = with_practice(question, [Statement(said, 1, 1, "", None, 0, False, "")])
    assert found.text == shown
