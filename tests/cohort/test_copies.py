"""Who wrote the same is found, with the words; who only knows the same is not."""

import pytest

from kaoguan.cohort.copies import Copies
from kaoguan.testing import make_rubric

GIVEN = "优化器根据反向传播得到的梯度来更新模型参数，让损失函数的值一步一步变小，直到收敛为止。"
RUBRIC = make_rubric("更新参数", id="q", topic="题", question="优化器的作用是什么？", reference_answer=GIVEN)
OWN = (
    "我理解它就像一个人蒙着眼睛下山，每走一步都用脚试探哪边更低，然后往那边挪一点，步子大小就是学习率，走得太急会摔跤。"
)
TAIL = "另外还有动量法，相当于给下山的人加了惯性。"


def copies(*answers: str) -> list[tuple[str, str, str, str]]:
    seen = Copies()
    for number, answer in enumerate(answers):
        seen.add(RUBRIC, str(number), answer)
    found = seen.found()
    for copy in found:
        assert answers[int(copy.id)][slice(*copy.span)] == copy.text
    return [(one.id, one.other, one.text, answers[int(one.other)][slice(*one.other_span)]) for one in found]


ALIKE = {
    "the same": OWN,
    "with more behind it": OWN + TAIL,
    "with more before it": TAIL + OWN,
    "other punctuation and spaces": OWN.replace("，", " , ").replace("。", "\n"),
    "some words changed": OWN.replace("蒙着眼睛", "闭着眼").replace("太急", "太快"),
}


@pytest.mark.parametrize("answer", ALIKE.values(), ids=ALIKE)
def test_an_answer_that_is_mostly_another_is_found(answer: str) -> None:
    ((id_, other, text, there),) = copies(OWN, "完全不同的一段话。" * 3, answer)
    assert (id_, other) == ("2", "0")
    assert len(text) >= 20
    assert [one for one in text if one.isalnum()] == [one for one in there if one.isalnum()]


DIFFERENT = {
    "the reference answer": (GIVEN, GIVEN),
    "the same idea in other words": (
        OWN,
        "好比盲人走下坡路，脚下哪里低就往哪里去，每次跨多大由学习率决定，跨得太大容易跌倒，太小又很慢。",
    ),
    "a few words in common": (OWN, TAIL * 3 + "步子大小就是学习率"),
    "too short to tell": ("步子大小就是学习率，走得太急会摔跤", "步子大小就是学习率，走得太急会摔跤"),
    "empty": ("", ""),
}


@pytest.mark.parametrize("answers", DIFFERENT.values(), ids=DIFFERENT)
def test_answers_that_are_not_copies_are_left_in_peace(answers: tuple[str, str]) -> None:
    assert copies(*answers) == []


def test_of_many_copies_each_is_found() -> None:
    found = copies(*[OWN + str(number) * 3 for number in range(40)])
    assert {id_ for id_, *_ in found} == {str(number) for number in range(1, 40)}
