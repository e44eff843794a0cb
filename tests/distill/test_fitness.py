"""Which claims can be asked for, and which only make sense where they stood."""

import pytest

from kaoguan.distill.points.fitness import broken, stands

STANDS = [
    "动量是梯度的滑动平均",
    "使用更大的批会让梯度的噪声变小",
    "虽然训练误差低，但测试误差高",
    "When the learning rate is too large, the loss diverges",
    "Dropout removes random units while training",
    "分类问题会有激活函数这个非线性单元，用均方误差做损失会非凸",
    "快照：这是某一时刻的全部数据",
    "把特征图相加，再进行下一步卷积",
    "静态函数的作用域局限于本文件内",
    "物品协同过滤（item-based CF)找相似的物品",
    "Another way to reduce variance is to average several trees",
    "One-hot encoding maps a word to a sparse vector",
    "Instead of tuning all weights, an adapter tunes a few",
    "WHERE filters rows before they are grouped",
    "A cache: It keeps what was computed before",
    "KL(P||Q) is not symmetric",
    "=== compares values and types",
    "Tuple, mutable: No",
    "Kafka，协议：自定义",
    "Drop rows: df.dropna()",
    "Resume training from a checkpoint",
    "You cannot change a tuple",
    "Both L1 and L2 regularization reduce overfitting",
    # What the question names, beside which the claim stands.
    "Both methods reduce bias and variance",
    "It turns a sentence into one vector",
    "它把句子变成一个向量",
    # Signs of programs and of formulas.
    "@Transactional：方法出错时回滚事务",
    "-XX:MaxGCPauseMillis：期望的最长停顿",
    "... copies the items of a list into another one",
    "ε-贪心：以小概率随机选动作",
    "*args collects what has no name",
]
LEANS = [
    "这种办法能减小方差",
    "This method reduces variance",
    "另一个办法是减小批",
    "上面这个解释有一个细节",
    "最简单的办法就是加权求和，这一点没问题吧",
    "In this simple example, communication may not matter",
    "You can't afford to miss this",
    "One is faster",
    "instead we normalise",
    "where w is the window",
    "前面的公式需要改",
]


@pytest.mark.parametrize("claim", STANDS)
def test_a_whole_claim_stands(claim: str) -> None:
    assert stands(claim)


@pytest.mark.parametrize("claim", LEANS)
def test_a_claim_that_leans_on_its_place_does_not(claim: str) -> None:
    assert not stands(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "见 https://a.b/c",
        "阈值调整（例如 0.8",
        "偏差：等等",
        "Trees: → No",
        "hat{x} &= \\frac{a",
        "⑤先分割再回归",
        "@Li-Lei 回答说不会怎样",
    ],
)
def test_links_halves_and_lone_words_are_broken(claim: str) -> None:
    assert broken(claim)
