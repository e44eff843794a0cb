"""Claims that a label, a frame or a lost sign would bend: mended where that is sure, else left out."""

from pathlib import Path

import pytest

from kaoguan.distill.points.alone import standing_alone
from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.fitness import stands
from kaoguan.distill.text.facets import read_label
from kaoguan.distill.text.formulas import is_law
from kaoguan.distill.text.markup import without_marks
from kaoguan.text.script import is_chinese
from tests.distill.test_claims import told


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"$\binom{n-1}{k_{i}}$ of $\binom 7 2$", "C(n-1, k_i) of C(7, 2)"),
        (r"${m \choose 2}$ edges", "C(m, 2) edges"),
        (r"$c = \argmin_w L(w)$, $\operatorname{arg\,max}_w P(w)$", "c = argmin_w L(w), argmax_w P(w)"),
        (r"$\frac{\mbox{Cov}(a,b)}{\bar{s_{ij}}}$", "Cov(a,b)/ bar(s_ij)"),
        ("the token <MASK> of a List<T>, <b>bold</b>", "the token <MASK> of a List<T>, bold"),
        (r"$40\frac{1}{2^{9}}$", "40·1/2^9"),
        (r"$\frac{1}{a\sqrt{2\pi}}$", "1/(a√(2π))"),
        ("at most M<sup>3</sup> probes", "at most M^3 probes"),
        ("the difference between <div> and <span>", "the difference between <div> and <span>"),
        ("<p>a page<br/>of <i>rows</i></p>", "a page of rows"),
        ("<center><b>Pages</b>", "Pages"),
        (r"a load of $0 < a \leq 1$ for the table", "a load of 0 < a ≤1 for the table"),
        ("$5 a day and $10 a week", "$5 a day and $10 a week"),
        ("把键写进==日志（log）==之后", "把键写进日志（log）之后"),
        ("a == b and c == d", "a == b and c == d"),
        ("[[跳表]]和[[btree|B 树]]都有序", "跳表和B 树都有序"),
        ("m = [[1, 2], [3, 4]]", "m = [[1, 2], [3, 4]]"),
        ("#压缩：只保存后缀", "压缩：只保存后缀"),
        ("A probe may fail. {: .warning}", "A probe may fail."),
        ("#Caching #SystemDesign", ""),
        ("Buckets overflow.[3] Chains grow", "Buckets overflow. Chains grow"),
    ],
)
def test_signs_of_formulas_stay_and_marks_of_notes_go(written: str, shown: str) -> None:
    assert without_marks(written) == shown


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("ANS: A bucket holds several keys", "A bucket holds several keys"),
        ("候选人回答：桶里可以有多个键", "桶里可以有多个键"),
        ("面试核心回答 / Core Answer：桶里可以有多个键", "桶里可以有多个键"),
        ("|-> 改用开放寻址", "改用开放寻址"),
        ("2) Rehash the keys lazily", "Rehash the keys lazily"),
        ("b.过长的链会退化成树", "过长的链会退化成树"),
        ("负载过高会使查找变慢，可以使用如下方法", "负载过高会使查找变慢"),
        ('"Probing keeps all keys in one array', "Probing keeps all keys in one array"),
        ("h = mix(key) # for all keys", "h = mix(key)"),
    ],
)
def test_what_is_no_part_of_a_claim_is_taken_off(sentence: str, claim: str) -> None:
    assert claims(sentence, is_chinese(sentence)) == [claim]


def test_factorials_are_no_cries_and_circled_numbers_begin_items() -> None:
    assert sentences("There are n!/(k! (n-k)!) ways. Nice! Go on", chinese=False)[0] == "There are n!/(k! (n-k)!) ways"
    assert sentences("链地址法② 开放寻址③ 再哈希", chinese=True) == ["链地址法", "开放寻址", "再哈希"]


@pytest.mark.parametrize("subject", ["Keys", "Notes - may 3 of 14", "Happens", "create threads", "hash tables"])
def test_a_genitive_is_made_of_a_noun_phrase_alone(subject: str) -> None:
    assert "'s" not in standing_alone("Its buckets are rebuilt when they are full", subject, labelled=True)


@pytest.mark.parametrize(
    "claim",
    [
        'Text: "Every key is stored twice", explain: ""',
        "因为桶的个数最终还是要翻倍",
        "Because the array was resized before",
        "（重建中）旧表只读不写",
        "在这种情况下，应该先扩容",
        "相反，太少的桶会让链变长",
        "The figure on the right is a full table",
    ],
)
def test_half_a_sentence_and_what_points_elsewhere_does_not_stand(claim: str) -> None:
    assert not stands(claim)


def test_only_a_law_is_the_formula_of_a_thing() -> None:
    assert is_law("f(n) = n·log(n)")
    assert not is_law("x = [ x_1 x_2 1 ]")
    assert not is_law("30=2·5(b)+20c")


@pytest.mark.parametrize("label", ["ANS", "Detailed Answer", "CANDIDATE", "Core Mechanics", "实现方式", "两者"])
def test_a_word_for_the_answer_names_nothing(label: str) -> None:
    assert read_label(label) == (None, "")


def test_how_many_there_are_is_no_part_of_a_name() -> None:
    assert read_label("跳表的两个缺点").subject == "跳表"


_SAID = {
    "a title ends where the next one stands, at whatever indent": (
        "## 哈希表怎么处理冲突？\n\n"
        "3. 链地址法：\n    1.用数组存放桶\n    2.开放寻址：\n    1）沿着数组向后找第一个空位\n",
        "开放寻址：沿着数组向后找第一个空位",
    ),
    "the lines of pros are about the thing above them": (
        "## How do you compare two indexes?\n\nSkip list: keeps sorted keys in several layers.\n\n"
        "Cons: wastes memory on pointers when there are few keys\n\n"
        "Hash index: keeps the keys in buckets by their hash.\n\n"
        "Cons: cannot answer range queries without a full scan\n",
        "Drawback of Skip list: Wastes memory on pointers when there are few keys",
    ),
    "two columns that say of two things what each does": (
        "## Difference between arrays and lists?\n\n| Array | Linked list |\n| --- | --- |\n"
        "| Stores elements in one block of memory | Stores elements in nodes that point on |\n"
        "| Fewer cache misses while scanning | More cache misses while scanning |\n",
        "Linked list: More cache misses while scanning",
    ),
}


@pytest.mark.parametrize("name", _SAID)
def test_a_claim_is_about_the_thing_that_it_stands_under(tmp_path: Path, name: str) -> None:
    text, claim = _SAID[name]
    assert claim in told(tmp_path, text)


_NOT_SAID = {
    "a list below its own lead": (
        "## What is a heap?\n\nA heap keeps the least key at its root.\n\n**Search Tree**\n\n"
        "A Balanced Search Tree is a tree where:\nThe two halves differ by one level at most\n",
        "Search Tree: The two halves",
    ),
    "a label with an aside": (
        "## Explain locks and queues.\n\n**Use locks when:**\n\n- The critical section is short\n\n"
        "**Use queues when:** (your case)\n\n- The producers are much faster than the readers\n",
        "Use locks when: The producers",
    ),
    "one side's use": (
        "## 进程池/线程池的优缺点？\n\n- 进程池，优点：内存互不影响；缺点：切换的开销大。适用于计算密集的任务。\n",
        "进程池/线程池适用于",
    ),
    "a definition further down": (
        "## 什么是Quorum？\n\nQuorum 用多数派来决定一次写入。\n\n"
        "读一致\n\n指读到的总是最后一次写入的值，即使有节点掉线。\n",
        "Quorum：指",
    ),
    "pros of all that is listed": (
        "## 索引有哪些？\n\n树索引:\n- B 树: 每个节点存多个键\n- 红黑树: 每个节点存一个键\n"
        "- 优点: 支持范围查找而且有序\n\n"
        "散列索引:\n- 链地址: 冲突的键串成链\n- 开放寻址: 冲突的键向后找空位\n- 优点: 等值查找平均只要常数时间\n",
        "开放寻址的优点",
    ),
    "a part that has no drawback": ("## 跳表\n\n### 跳表的特点\n\n- 缺点：每一层都要多存一份指针\n", "特点的缺点"),
}


@pytest.mark.parametrize("name", _NOT_SAID)
def test_nothing_is_said_of_another_thing(tmp_path: Path, name: str) -> None:
    text, made = _NOT_SAID[name]
    assert made not in " ".join(told(tmp_path, text))


@pytest.mark.parametrize("label", ["30-second answer", "Short answer", "60 秒回答", "前言"])
def test_a_word_for_the_answer_is_what_nothing_is_said_of(label: str) -> None:
    assert read_label(label).subject == ""
