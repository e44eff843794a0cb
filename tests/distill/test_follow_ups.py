"""Follow-ups: made of what the point is about, in words one would say, or none."""

import pytest

from kaoguan.distill.points.follow_ups import same
from kaoguan.distill.points.named import named
from tests.distill.documents import distilled


def asks(question: str, answer: str) -> list[str]:
    """Return the follow-ups of the points of one question."""
    (rubric,) = distilled(f"Q: {question}\nA:\n{answer}\n").rubrics
    return [point.follow_up for point in rubric.key_points if point.follow_up]


@pytest.mark.parametrize(
    ("question", "answer", "ask"),
    [
        (
            "什么是跳表？",
            "跳表是带多层索引的有序链表。\n优点：\n1. 插入只改几个指针。\n缺点：\n1. 上层索引多占空间。",
            "跳表有什么好处？",
        ),
        (
            "什么是跳表？",
            "跳表是带多层索引的有序链表。\n优点：\n1. 插入只改几个指针。\n缺点：\n1. 上层索引多占空间。",
            "跳表有什么代价或者局限？",
        ),
        (
            "什么是缓存雪崩问题？",
            "大量键在同一时刻过期，请求全部打到数据库上。\n解决方法：\n1. 过期时间加随机数。",
            "遇到缓存雪崩问题怎么办？",
        ),
        ("布隆过滤器怎么用？", "布隆过滤器用于快速判断一个键一定不存在。", "布隆过滤器用来做什么？"),
        (
            "Explain the error of a sketch.",
            "A high sketch error indicates that many keys share a cell.",
            "What does a high sketch error indicate?",
        ),
    ],
)
def test_a_point_is_asked_for_by_what_it_is_about(question: str, answer: str, ask: str) -> None:
    assert ask in asks(question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("分布式任务的架构是怎样的？", "资源管理器负责整个集群的内存和处理器的分配。"),
        ("什么是均方误差？", "均方误差对离群点非常敏感，因为误差被平方。"),
        # A condition: most of what happens then is asked for by nothing else, and some is told.
        ("布隆过滤器怎么用？", "如果哈希函数太少，冲突就会明显变多。"),
        ("How do sketches count?", "If the table is too narrow, many keys will share a cell."),
        # Two things told apart in one sentence.
        ("跳表和红黑树有什么区别？", "跳表用于并发场景，而红黑树用于内存紧的场景。"),
        # Nothing that the words before the verb name.
        ("布隆过滤器怎么用？", "由于每次插入导致位数组变满，所以误判变多。"),
        ("布隆过滤器怎么用？", "穿越时光，过滤器仍然能够回答过去的查询。"),
        ("How do sketches count?", "Still estimates one count for every row."),
        # Any agent, any pipeline: the question speaks of none.
        ("How do sketches count?", "The next pipeline stores every key."),
        # What has no article, and no name of its own.
        ("How do sketches count?", "Sketch table stores a count for every row."),
        # What it is, once more.
        ("What is a skip list?", "A skip list is used to find a key in few steps."),
        ("什么是跳表？", "跳表用来在有序的键里快速查找。"),
        ("跳表适合什么场景？", "跳表适合读多写多、内存不紧的服务。"),
        ("跳表有哪几种？", "跳表可以分为单向的和双向的。"),
        # The question says the answer.
        ("请讲讲跳表。", "有序集合的核心是跳表，查找只走几层。"),
        # What it is good for is no use, how little it is used no property, and layers are no kinds.
        ("什么是布隆过滤器？", "跳表用于读多写多的场景，内存不能太紧。"),
        ("How do sketches count?", "Sketches are less sensitive to rare keys than tables."),
        ("请讲讲跳表。", "跳表分为三层，上层是索引，底层是数据。"),
        # The verb of the question.
        ("Which error does a sketch indicate?", "A high sketch error indicates that many keys share a cell."),
        ("请讲讲跳表。", "跳表的查找分为向右和向下两步。"),
        # What it is for, after why it is used.
        ("为什么要用跳表？", "跳表用来在有序的键里快速查找。"),
        ("为什么要用跳表？", "跳表的目的是在有序的键里快速查找。"),
        # An adverb.
        ("跳表为什么快？", "真正适合跳表的是读多写多的服务。"),
        # What the question itself asks for.
        ("怎么解决缓存雪崩问题？", "大量键同时过期。\n解决方法：\n1. 过期时间加随机数。"),
        ("跳表的优点是什么？", "跳表好写也好懂。\n优点：\n1. 插入只改几个指针。"),
        ("跳表的优缺点是什么？", "跳表好写也好懂。\n缺点：\n1. 上层索引多占空间。"),
        # Two advantages: a candidate who is asked for one may well say the other.
        ("什么是跳表？", "跳表是带多层索引的有序链表。\n优点：\n1. 插入只改几个指针。\n2. 范围查询只走底层。"),
    ],
)
def test_better_none_than_one_that_does_not_fit(question: str, answer: str) -> None:
    assert asks(question, answer) == []


def test_a_cell_is_asked_for_by_its_row_and_its_column() -> None:
    rows = ["| 结构 | 复杂度 | 适用 |", "| --- | --- | --- |", "| 跳表 | 对数级，常数较小 | 并发多的地方 |"]
    table = "\n".join([*rows, "| 链表 | 线性级，要走到底 | 数据少的地方 |"])
    made = asks("有序结构怎么选？", table)
    assert "跳表的复杂度呢？" in made
    assert not [ask for ask in made if "适用" in ask]


@pytest.mark.parametrize(
    ("ask", "question", "again"),
    [
        ("Why is virus scanning critical?", "Why is virus scanning important during an upload?", True),
        ("动量为什么能抑制震荡？", "为什么要用动量？", True),
        ("What does momentum prevent?", "Why does momentum help?", False),
        ("动量有什么代价或者局限？", "为什么要用动量？", False),
        ("What does recall measure?", "What do precision and recall measure?", True),
    ],
)
def test_why_is_not_asked_after_why(ask: str, question: str, again: bool) -> None:
    assert same(ask, question) is again


@pytest.mark.parametrize(
    ("thing", "question", "name"),
    [
        ("Skip list", "What is a skip list?", "a skip list"),
        ("Kernel trick", "Why is the kernel trick useful?", "the kernel trick"),
        ("Attention", "How does the attention mechanism work?", ""),
        ("Dropout", "How does dropout help?", "dropout"),
        ("The test set", "What is a test set?", "the test set"),
        ("Bagging", "Compare bagging and boosting.", "bagging"),
        ("Hash tables", "How are hash tables built?", "hash tables"),
        ("Random Forest", "Explain Random Forest.", "Random Forest"),
        ("PPO (Proximal Policy Optimization)", "What is PPO?", "PPO"),
        ("k-NN", "When does k-NN fail?", "k-NN"),
        # The rest of a longer name, what the question does not speak of, and what stands without its article.
        ("Store", "What is a feature store?", ""),
        ("The pipeline", "How are features kept?", ""),
        ("Skip list", "Explain skip list.", ""),
        ("The following table", "Which table is read?", ""),
    ],
)
def test_a_thing_is_named_as_the_question_names_it(thing: str, question: str, name: str) -> None:
    assert named(thing, question, chinese=False) == name


@pytest.mark.parametrize(
    ("thing", "question", "name"),
    [
        ("位置编码", "请讲讲位置编码。", "位置编码"),
        ("XGBoost", "XGBoost和随机森林有什么区别？", "XGBoost"),
        ("量化训练（训练时量化）", "请讲讲量化训练（训练时量化）。", "量化训练"),
        ("编码", "请讲讲位置编码。", ""),
        ("方法", "有哪些方法？", ""),
    ],
)
def test_a_chinese_thing_is_named_whole_and_without_brackets(thing: str, question: str, name: str) -> None:
    assert named(thing, question, chinese=True) == name


def test_two_cells_that_are_asked_for_alike_are_not_asked_for() -> None:
    head = ["| 结构 | 复杂度 | 锁 |", "| --- | --- | --- |"]
    rows = [
        "| 跳表 | 查找是对数级 | 每层一把 |",
        "| 链表 | 线性级，要走到底 | 只要一把 |",
        "| 跳表 | 取一段是线性级 | 不用 |",
    ]
    made = asks("有序结构怎么选？", "\n".join([*head, *rows]))
    assert "链表的复杂度呢？" in made
    assert "跳表的复杂度呢？" not in made


@pytest.mark.parametrize("column", ["含义", "适合", "可重入", "推荐"])
def test_a_column_that_names_no_property_is_not_asked_for(column: str) -> None:
    rows = [f"| 结构 | {column} |", "| --- | --- |", "| 跳表 | 并发多、内存不紧的地方 |"]
    assert asks("有序结构怎么选？", "\n".join([*rows, "| 链表 | 数据少、只插在头上的地方 |"])) == []


@pytest.mark.parametrize(("column", "asked"), [("Memory cost", True), ("Balancing", False), ("Basic", False)])
def test_an_english_column_names_a_property(column: str, asked: bool) -> None:
    rows = [f"| Structure | {column} | Note |", "| --- | --- | --- |", "| Treap | a priority per node | random |"]
    made = asks("Compare Treap and Splay.", "\n".join([*rows, "| Splay | nothing beside the keys | moves keys up |"]))
    assert (f"What about the {column.lower()} of Treap?" in made) is asked


def test_a_row_is_not_asked_for_where_the_columns_are_the_things() -> None:
    rows = ["| 方面 | 跳表 | 链表 |", "| --- | --- | --- |", "| 复杂度 | 对数级，常数较小 | 线性级，要走到底 |"]
    assert not [ask for ask in asks("跳表和链表有什么区别？", "\n".join(rows)) if "复杂度的" in ask]


def test_an_advantage_is_not_asked_for_where_another_thing_of_the_question_has_it() -> None:
    answer = "CNN的优点：\n1. ViT没有CNN的局部连接，要更多的数据。\n2. 参数共享，参数少。"
    rubric = distilled(f"Q: 对比CNN与ViT的优缺点\nA: {answer}\n").rubrics[0]
    assert not [point for point in rubric.key_points if "ViT没有" in point.text and point.follow_up]
