"""Questions with options to choose from: what is wrong is never told, and what cannot be answered is not asked."""

import pytest

from kaoguan.distill.questions.choices import asks_to_choose
from tests.distill.documents import distilled

LETTERS_ALONE = """\
1. 梯度裁剪限制的是什么？
    A
    A. 梯度裁剪限制的是学习率，不是梯度。

    B

    B. 梯度裁剪限制的是梯度的范数，避免更新过大。

    C

    C. 梯度裁剪限制的是批的大小，与梯度无关。

    官方解析：选项 B 是正确的。梯度的范数超过上限时，梯度按比例缩小，方向不变。
"""
LISTED = """\
## Why is the norm of the gradient clipped?

a) The batch becomes smaller with every step.
b) A single large gradient could destroy the weights.
c) The learning rate is adapted to each parameter.

Answer: B
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [(LETTERS_ALONE, "梯度的范数，避免", ("学习率", "批的大小")), (LISTED, "large gradient", ("smaller", "adapted"))],
)
def test_only_the_right_option_is_told(text: str, right: str, wrong: tuple[str, ...]) -> None:
    (rubric,) = distilled(text).rubrics
    said = " ".join([*(point.text for point in rubric.key_points), *rubric.notes, rubric.reference_answer])
    assert right in said
    assert not any(words in said for words in wrong)


@pytest.mark.parametrize(
    "question",
    [
        "下列哪一项会让梯度消失？",
        "关于动量，以下说法正确的是",
        "关于归一化的描述，错误的是？",
        "Which of the following normalizes over the batch?",
        "True or false: dropout is used at inference.",
        "Which is NOT a way to regularize?",
        "Which statement about momentum is FALSE?",
    ],
)
def test_what_needs_its_options_is_not_asked(question: str) -> None:
    assert asks_to_choose(question)


@pytest.mark.parametrize(
    "question", ["哪个优化器收敛更快？", "Which statement deletes a table?", "下面的网络为什么更深？"]
)
def test_what_does_not_need_options_is_asked(question: str) -> None:
    assert not asks_to_choose(question)
