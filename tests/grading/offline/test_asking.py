"""A question is no claim: neither is whoever repeats one."""

import pytest

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.grading.offline.asking import only_asks
from kaoguan.models import Label, Rubric


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("正则化背后的想法,和哪一条著名的哲学原则一致?", True),
        ("可以从这里想起:梯度爆炸时会看到什么现象?", True),
        ("什么是过拟合?怎么解决?", True),
        ("what makes the gradients vanish?", True),
        ("是不是因为梯度一层层连乘,越来越小?", False),
        ("梯度几乎变成零了?", False),
        ("为什么会过拟合?因为模型太复杂。", False),
        ("why? because the model is too large", False),
        ("模型太复杂就会过拟合。", False),
        ("", False),
    ],
    ids=["one", "with a lead", "two", "english", "a guess", "almost", "answered", "answered english", "claim", "empty"],
)
def test_only_a_text_that_leaves_its_answer_open_only_asks(text: str, asks: bool) -> None:
    assert only_asks(text) is asks


SOME = ("batch_size", "ce_vs_mse", "gpu_util", "optimizer", "regularization", "under_over_fitting", "vanish_explode")


def earns(grader: Grader, rubric: Rubric, said: str) -> bool:
    grade = grader.grade(rubric, said)
    return {verdict.verdict for verdict in grade.verdicts} != {Label.MISSING} or (grade.score or 0) >= 5


def test_the_follow_up_itself_covers_nothing(grader: Grader) -> None:
    bank = rubrics.load_bundled()
    for rubric in rubrics.with_ids(bank, SOME).values():
        for point in rubric.key_points:
            assert not earns(grader, rubric, point.follow_up or rubric.question), point.follow_up


@pytest.mark.slow
def test_hardly_a_follow_up_of_the_whole_bank_covers_anything(grader: Grader) -> None:
    asked = [
        (rubric, point.follow_up)
        for rubric in list(rubrics.load_bundled().values())[::4]
        for point in rubric.key_points
        if point.follow_up
    ]
    told = [said for rubric, said in asked if earns(grader, rubric, said)]
    assert len(told) <= 0.05 * len(asked), told
