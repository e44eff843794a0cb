"""Claims that stand as they are: what an editor would mend by a sure rule is mended, what is unsure is left out."""

from pathlib import Path

import pytest

from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.fitness import stands
from kaoguan.distill.text.markup import punctuated, without_marks
from kaoguan.documents import read
from tests.distill.documents import distiller


def told(folder: Path, text: str) -> list[str]:
    """Return the points and the notes of a document with one question."""
    path = folder / "notes.md"
    path.write_text(text, "utf-8")
    (rubric,) = distiller().distill([read(path)]).rubrics
    return [*(point.text for point in rubric.key_points), *rubric.notes]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"共 $2d^2_{head} + 3n_{layer}$ 个", "共 2d_head^2 + 3n_layer 个"),
        (r"$\underset{n \to \infin}{\lim} a_n$", "lim_(n →∞) a_n"),
        (r"the prior$ P_0$ is flat", "the prior P_0 is flat"),
        (r"$\frac{q(z)}{r(z)}$", "q(z)/r(z)"),
        (r"$\hat(m) = x^{(t)}_{t+1}$", "m̂ = x^(t)_(t+1)"),
        (r"$a, ~b$", "a, b"),
        ("重写__len__方法和__iter__方法", "重写__len__方法和__iter__方法"),
        ("keys <a, ab, abc> of __one__ word", "keys <a, ab, abc> of one word"),
    ],
)
def test_formulas_and_names_keep_what_they_say(written: str, shown: str) -> None:
    assert punctuated(without_marks(written)) == shown


MENDED = {
    "a label of its own ends the title above it": (
        "## 缓存怎么做？\n\n* 页缓存的优缺点与替换\n  * 页缓存优点：命中之后延迟低，数据库的压力也小\n",
        "页缓存优点：命中之后延迟低，数据库的压力也小",
    ),
    "things labelled in a row": (
        "## 锁有哪些？\n\n* 共享锁（S 锁）：允许多个事务同时读取，"
        "排他锁（X 锁）：只允许一个事务修改，间隙锁：锁住两个键之间的区间\n",
        "排他锁（X 锁）：只允许一个事务修改",
    ),
    "a cause without its subject": (
        "## 队列和栈有什么区别？\n\n1. 环形队列：出队只移动头指针；因为不需要搬移元素，所以每次操作都是常数时间\n",
        "环形队列因为不需要搬移元素，所以每次操作都是常数时间",
    ),
    "a condition holds for both halves": (
        "## 两种索引有什么区别？\n\n"
        "当键的分布发生明显倾斜时，哈希索引的冲突会急剧增多而查询变慢，而树索引的深度基本不变。\n",
        "当键的分布发生明显倾斜时，哈希索引的冲突会急剧增多而查询变慢，而树索引的深度基本不变",
    ),
    "items within an item": (
        "## 两种锁的优缺点？\n\n1. 乐观锁: 提交时才检查版本号\n   - 缺点: 冲突多的时候重试的代价很高\n"
        "2. 悲观锁: 先加锁再读写\n   - 缺点: 持锁时间长的时候并发度很低\n",
        "乐观锁的缺点：冲突多的时候重试的代价很高",
    ),
    "a label that recurs names a part": (
        "## Which sketches of a data stream are there, and how is each laid out?\n\n* **Bloom filter:**\n"
        "* **Core layout:** Keeps a bit array that several hash functions set.\n"
        "* **Count-min:**\n* **Core layout:** Keeps rows of counters that are only incremented.\n"
        "* **HyperLogLog:**\n* **Core layout:** Keeps the longest run of zeros of each bucket.\n",
        "Bloom filter, core layout: Keeps a bit array that several hash functions set",
    ),
    "the next item of a list ends the label of the one before": (
        "## How is a cache measured?\n\n1. **Latency (Read):**\n   - Median time of a lookup under load.\n"
        "2. **Warm-up (Cold start):** The time until most lookups are served from memory.\n",
        "Warm-up (Cold start): The time until most lookups are served from memory",
    ),
    "a noun phrase under the name of a thing": (
        "## Indexing techniques?\n\nLocality Sensitive Hashing by Planes(LSH)\n\n"
        "- a randomized technique that maps close points to the same bucket with high probability\n"
        "- it needs several tables to reach a high recall\n",
        "Locality Sensitive Hashing by Planes(LSH): a randomized technique that maps close points to the same"
        " bucket with high probability",
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_is_sure_is_mended(tmp_path: Path, name: str) -> None:
    text, claim = MENDED[name]
    assert claim in told(tmp_path, text)


def test_a_method_is_a_remedy_only_of_what_is_wrong(tmp_path: Path) -> None:
    text = "## 请讲讲键压缩\n\n键压缩\n- 目的：减少索引占用的空间\n- 方法：只保存与前一个键不同的后缀\n"
    assert "解决" not in " ".join(told(tmp_path, text))


def test_what_refers_back_is_added_only_to_the_claim_before_it(tmp_path: Path) -> None:
    text = "## 什么是写时复制？\n\n写时复制让父子进程先共享同一份内存页。还可以推迟分配。这样就不必立刻复制。\n"
    assert not any("内存页，这样" in claim for claim in told(tmp_path, text))


def test_it_is_not_named_after_a_label_when_the_claim_before_told_of_something_else(tmp_path: Path) -> None:
    text = "## 什么是连接池？\n\n数据库握手一次需要好几个来回。\n\n它会在空闲时被关闭，以便释放句柄。\n"
    assert not any(claim.startswith("连接池会在空闲时") for claim in told(tmp_path, text))


@pytest.mark.parametrize(
    "claim",
    [
        "需要说明不同索引的优劣",
        "关于锁，强烈建议观看那位老师的视频",
        "反观另一种索引，其实也是一样的道理",
        "哈希距离的公式：d(A,B) = 1",
        "P是真实的命中次数，N是全部的请求次数",
        "给定键集合K和前缀p，令S表示以p开头的键",
        "Skip lists: suppose X is a sorted list of keys",
        "If this ratio is small enough, the table is rebuilt",
        "他的意思是桶的个数应该是质数",
        "The penalty ￼ will shrink every counter",
    ],
)
def test_what_leans_on_unseen_text_or_gives_advice_does_not_stand(claim: str) -> None:
    assert not stands(claim)


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Next Fit opens a new bin when the item is too large.", "Next Fit opens a new bin when the item is too large"),
        ("Next, a new bin is opened for the item.", "a new bin is opened for the item"),
    ],
)
def test_a_name_that_begins_like_a_connective_is_whole(sentence: str, claim: str) -> None:
    assert claims(sentence, chinese=False) == [claim]
