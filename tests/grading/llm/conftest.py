"""A rubric of two key points for a scripted model to judge by."""

import pytest

from kaoguan.models import KeyPoint, Misconception, Rubric
from kaoguan.testing import make_rubric


@pytest.fixture
def rubric() -> Rubric:
    return make_rubric(
        KeyPoint(id="p1", text="训练时随机丢弃一部分神经元", weight=3, follow_up="训练时具体做了什么？"),
        "相当于多个子网络的集成",
        id="dropout",
        topic="正则化",
        difficulty=2,
        question="Dropout 是什么？",
        reference_answer="训练时随机丢弃神经元，相当于多个子网络的集成。",
        misconceptions=(Misconception(id="m1", text="测试时也要随机丢弃"),),
        notes=("原文没有提缩放；提到缩放是对的。",),
    )
