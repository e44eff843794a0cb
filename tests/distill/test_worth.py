"""What a claim is worth: fitted on judged points, so these say only what must hold of any fit."""

import numpy as np
import pytest

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.traits import traits
from kaoguan.distill.points.worth import WEIGHTS, Answered, Judged, worths
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section
from tests.distill.documents import distiller

LARGEST = 400_000
"""Bytes of the weights: they are part of every installation."""


def judged(question: str, text: str) -> Judged:
    """Return what a question is worth, and a claim that is the whole answer to it."""
    block = Block(BlockKind.ASK, question, 1, 1, 0)
    section = Section(question, block, (Block(BlockKind.PROSE, text, 2, 2, 0),))
    (found,) = worths(
        [Answered(question, question, traits(section, [Draft(text, "", None, 2, 2, 2)]))], distiller().encoder
    )
    return found


@pytest.mark.parametrize(
    ("question", "claim", "no_claim"),
    [
        ("什么是过拟合？", "过拟合是指模型在训练集上误差小，而在测试集上误差大", "第三章 模型的训练"),
        ("What is dropout?", "Dropout sets random units to zero while the network trains", "Chapter 3 Training tricks"),
        ("什么是过拟合？", "过拟合是指模型在训练集上误差小，而在测试集上误差大", "这一节我们来看看它的代码"),
    ],
    ids=["heading", "English heading", "talk"],
)
def test_a_definition_is_worth_more_than_what_states_nothing(question: str, claim: str, no_claim: str) -> None:
    (good,), (bad,) = judged(question, claim).claims, judged(question, no_claim).claims
    assert good.good > bad.good
    assert good.unusable < bad.unusable


@pytest.mark.parametrize(
    ("question", "title", "claim"),
    [
        ("什么是过拟合？", "写在前面", "过拟合是指模型在训练集上误差小，而在测试集上误差大"),
        ("What is dropout?", "Labels", "Dropout sets random units to zero while the network trains"),
        ("Why does dropout reduce overfitting?", "View answer", "Units cannot rely on each other while they train"),
    ],
)
def test_a_question_is_worth_more_than_a_title_that_asks_nothing(question: str, title: str, claim: str) -> None:
    assert judged(question, claim).question > judged(title, claim).question


def test_a_question_without_claims_is_not_judged() -> None:
    assert worths([Answered("什么是过拟合？", "什么是过拟合？", [])], distiller().encoder) == [Judged(1.0, ())]
    assert worths([], distiller().encoder) == []


def test_the_weights_are_small_and_hold_no_words_of_documents() -> None:
    assert WEIGHTS.stat().st_size <= LARGEST
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        texts = [name for name in stored.files if stored[name].dtype.kind in "US"]
        assert all(name.endswith("names") for name in texts)
        assert all(str(word).isascii() for name in texts for word in stored[name])
