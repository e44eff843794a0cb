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
]
LEANS = [
    "另一个办法是减小批",
    "上面这个解释有一个细节",
    "最简单的办法就是加权求和，这一点没问题吧",
    "In this simple example, communication may not matter",
    "You can't afford to miss this",
]


@pytest.mark.parametrize("claim", STANDS)
def test_a_whole_claim_stands(claim: str) -> None:
    assert stands(claim)


@pytest.mark.parametrize("claim", LEANS)
def test_a_claim_that_leans_on_its_place_does_not(claim: str) -> None:
    assert not stands(claim)


@pytest.mark.parametrize(
    "claim", ["见 https://a.b/c", "阈值调整（例如 0.8", "偏差：等等", "Trees: → No", "hat{x} &= \\frac{a"]
)
def test_links_halves_and_lone_words_are_broken(claim: str) -> None:
    assert broken(claim)
