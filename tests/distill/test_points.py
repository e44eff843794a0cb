"""What key points are made of an answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoguan.models import KeyPoint, Rubric
from kaoguan.text.overlap import leaks, shingles
from tests.distill.documents import distilled

TWO_SIDES = """
欠拟合和过拟合的原因和解决方法？

欠拟合

定义

  • 欠拟合是训练集和测试集都表现差。

原因

  1. 模型太简单。
  2. 训练不够久。

过拟合

定义

  • 过拟合是训练集好而测试集差。

原因

  1. 训练数据太少。

解决方法

  1. 换一个容量合适的模型。
"""


def points(text: str) -> tuple[KeyPoint, ...]:
    """Return the key points of a document with one question."""
    (rubric,) = distilled(text).rubrics
    return rubric.key_points


def test_each_point_of_a_two_sided_question_names_its_side() -> None:
    texts = [point.text for point in points(TWO_SIDES)]
    assert texts == [
        "欠拟合是训练集和测试集都表现差",
        "欠拟合的原因：模型太简单",
        "欠拟合的原因：训练不够久",
        "过拟合是训练集好而测试集差",
        "过拟合的原因：训练数据太少",
        "欠拟合和过拟合的解决办法：换一个容量合适的模型",
    ]


def test_definitions_weigh_most_and_details_least() -> None:
    weights = [point.weight for point in points(TWO_SIDES)]
    assert weights == [3, 2, 2, 3, 2, 2]


SPLITS = {
    "contrast": (
        (
            "回归任务预测的是一个连续变化的数值，误差可以用距离来衡量，"
            "而分类任务预测的是离散的类别标签，类别之间没有大小的顺序。"
        ),
        [
            "回归任务预测的是一个连续变化的数值，误差可以用距离来衡量",
            "分类任务预测的是离散的类别标签，类别之间没有大小的顺序",
        ],
    ),
    "condition and consequence stay together": (
        "如果学习率设置得太大，那么参数会在最优点附近来回震荡，损失降不下去。",
        ["如果学习率设置得太大，那么参数会在最优点附近来回震荡，损失降不下去"],
    ),
    "brackets stay whole": (
        "动量是梯度的滑动平均（系数常取0.9；太大会冲过头）。",
        ["动量是梯度的滑动平均（系数常取0.9；太大会冲过头）"],
    ),
    "a pronoun becomes the subject": (
        "动量是梯度的滑动平均。它可以抑制震荡的分量。",
        ["动量是梯度的滑动平均", "动量可以抑制震荡的分量"],
    ),
    "announcements and rhetoric say nothing": (
        "动量有以下几个好处：\n1. 抑制震荡的分量。\n2. 加快平坦方向的速度。\n为什么呢？",
        None,
    ),
}


@pytest.mark.parametrize(("answer", "expected"), SPLITS.values(), ids=SPLITS)
def test_answers_are_split_into_whole_claims(answer: str, expected: list[str] | None) -> None:
    texts = [point.text for point in points(f"Q: 什么是动量？\nA: {answer}")]
    assert texts == (expected or ["抑制震荡的分量", "加快平坦方向的速度"])


def test_steps_of_a_process_are_one_point() -> None:
    text = "## 反向传播的流程是什么？\n步骤：\n1. 前向计算损失\n2. 反向求梯度\n3. 更新参数\n## 参考资料\n课本"
    (point,) = points(text)
    assert point.text == "反向传播的步骤：前向计算损失；反向求梯度；更新参数"
    assert point.source and point.source.lines == (3, 5)


def test_cells_of_a_table_say_what_they_are_about() -> None:
    text = (
        "## L1 和 L2 有什么区别？\n| 对比 | L1 | L2 |\n|---|---|---|\n| 惩罚 | "
        "绝对值之和 | 平方和 |\n## 什么是动量？\n滑动平均。"
    )
    assert [point.text for point in distilled(text).rubrics[0].key_points] == [
        "L1的惩罚：绝对值之和",
        "L2的惩罚：平方和",
    ]


def test_what_is_said_twice_is_one_point_with_a_paraphrase() -> None:
    text = (
        "## 动量\n### 定义\n动量是梯度的滑动平均。动量能够抑制震荡的分量，加快收敛。\n"
        "### 作用\n- 抑制震荡的分量，加快收敛\n## 裁剪\n给范数设上限。"
    )
    found = distilled(text).rubrics[0].key_points
    assert [point.text for point in found] == ["动量是梯度的滑动平均", "动量的作用：抑制震荡的分量，加快收敛"]
    assert "动量能够抑制震荡的分量，加快收敛" in found[1].paraphrases


def _cited(rubric: Rubric, text: str) -> list[str]:
    lines = text.strip("\n").split("\n")
    return [
        "".join(lines[p.source.lines[0] - 1 : p.source.lines[1]])
        for p in rubric.key_points
        if p.source and p.source.lines
    ]


WORDS = st.sampled_from(
    ["模型", "数据", "梯度", "参数", "损失", "更新", "太大", "减小", "导致", "需要", "batch", "的", "是", "和"]
)
SENTENCE = st.lists(WORDS, min_size=3, max_size=20).map("".join)
ANSWERS = st.lists(st.tuples(st.sampled_from(["", "1. ", "• ", "原因：", "例如"]), SENTENCE), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_whatever_the_answer_points_cite_lines_that_hold_their_words(answer: list[tuple[str, str]]) -> None:
    text = "Q: 什么是优化？\nA: 优化就是找到最好的一组取值。\n" + "\n".join(
        mark + sentence + "。" for mark, sentence in answer
    )
    for rubric in distilled(text).rubrics:
        for point, cited in zip(rubric.key_points, _cited(rubric, text), strict=True):
            own = shingles(point.text) - shingles("优化的原因：优化：优化")
            # One pair may straddle the document's words and ours.
            assert len(own & shingles(cited)) >= 0.6 * len(own) - 1
            assert not point.follow_up or not leaks(point.follow_up, [point], public=rubric.question)
        asked = [point.follow_up for point in rubric.key_points if point.follow_up]
        assert len(asked) == len(set(asked))
