"""What a candidate reads first: what was right, in their words; what was not; one next step."""

import pytest

from kaoguan import prompts
from kaoguan.grading.feedback import feedback
from kaoguan.models import (
    Judgement,
    JudgeName,
    KeyPoint,
    Label,
    Misconception,
    Source,
    StatedMisconception,
    Verdict,
)
from kaoguan.testing import make_rubric

RUBRIC = make_rubric(
    KeyPoint(id="p1", text="随机丢弃神经元", weight=1, follow_up="训练时做了什么？"),
    KeyPoint(
        id="p2",
        text="相当于集成",
        weight=3,
        follow_up="为什么有效？",
        source=Source(document="notes.txt", lines=(7, 9)),
    ),
    ("测试时不丢弃", 2),
    id="r",
    topic="正则化",
    difficulty=2,
    question="Dropout 是什么？",
    reference_answer="…",
    misconceptions=(Misconception(id="m1", text="测试时也丢弃"),),
)


def told(*labels: Label, stated: tuple[StatedMisconception, ...] = (), quote: str = "丢掉一些") -> str:
    verdicts = tuple(
        Verdict(
            key_point=point.id,
            verdict=label,
            confidence=0.9,
            judge=JudgeName.LLM,
            evidence="" if label in (Label.MISSING, Label.UNSCORED) else quote,
        )
        for point, label in zip(RUBRIC.key_points, labels, strict=True)
    )
    return feedback(RUBRIC, Judgement(verdicts=verdicts, misconceptions=stated), prompts.load("feedback", "zh"))


C, P, M, X, U = Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED, Label.UNSCORED


def test_what_was_right_is_quoted_and_what_was_missed_is_named() -> None:
    text = told(C, M, M)
    assert text.index("随机丢弃神经元（你说“丢掉一些”）") < text.index("没有答到：相当于集成；测试时不丢弃")


def test_without_a_covered_point_there_is_no_praise() -> None:
    assert "答到了" not in told(M, M, M)
    assert "答到了" not in told(X, M, P)


@pytest.mark.parametrize(
    ("labels", "step"),
    [
        ((M, M, M), "下一步：试着回答“为什么有效？”"),
        ((M, C, C), "试着回答“训练时做了什么？”"),
        ((C, P, M), "用自己的话说清楚：测试时不丢弃"),
        ((C, C, X), "用自己的话说清楚：测试时不丢弃"),
    ],
    ids=["the weightiest", "the only one left", "missing costs more than partial", "said wrongly"],
)
def test_the_next_step_is_one_and_about_what_cost_most(labels: tuple[Label, ...], step: str) -> None:
    text = told(*labels)
    assert text.count("下一步") == 1
    assert step in text


def test_when_all_is_covered_nothing_is_added() -> None:
    assert "下一步" not in told(C, C, C)


def test_a_stated_misconception_is_quoted() -> None:
    stated = StatedMisconception(id="m1", evidence="测试也丢", span=(0, 4))
    assert "常见误解：测试时也丢弃（你说“测试也丢”）" in told(C, C, C, stated=(stated,))


def test_where_nobody_could_rule_nothing_is_said() -> None:
    assert told(U, U, U) == ""
