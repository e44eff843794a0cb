"""What a claim is worth: fitted on judged points, so these say only what must hold of any fit."""

import numpy as np
import pytest

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.worth import WEIGHTS, Worth, worths
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section

LARGEST = 300_000
"""Bytes of the weights: they are part of every installation."""


def worth(question: str, text: str) -> Worth:
    """Return what a claim is worth that is the whole answer to a question."""
    block = Block(BlockKind.ASK, question, 1, 1, 0)
    section = Section(question, block, (Block(BlockKind.PROSE, text, 2, 2, 0),))
    (found,) = worths(section, [Draft(text, "", None, 2, 2, 2)])
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
    good, bad = worth(question, claim), worth(question, no_claim)
    assert good.good > bad.good
    assert good.unusable < bad.unusable


def test_no_claims_are_worth_nothing() -> None:
    section = Section("什么是过拟合？", Block(BlockKind.ASK, "什么是过拟合？", 1, 1, 0), ())
    assert worths(section, []) == []


def test_the_weights_are_small_and_hold_no_words_of_documents() -> None:
    assert WEIGHTS.stat().st_size <= LARGEST
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert [name for name in stored.files if stored[name].dtype.kind in "US"] == ["names"]
        assert all(str(name).isascii() for name in stored["names"])
