"""What is neither Chinese nor English is not read, and moves no grade."""

import pytest

from kaoguan.grading import Grader
from kaoguan.grading.offline.reading import Reading
from kaoguan.models import ReviewReason, Rubric
from kaoguan.text.foreign import foreign

PASTED = [
    "lorem ipsum dolor sit amet",
    "Duis aute irure dolor in reprehenderit in voluptate velit esse cillum",
    "der schnelle braune fuchs springt uber den faulen hund",
    "el perro come la comida en la casa por la noche",
    "быстрая лиса прыгает через собаку",
    "빠른 갈색 여우가 게으른 개를",
]


@pytest.mark.parametrize("pasted", PASTED)
@pytest.mark.parametrize(
    "answer", ["优化器更新参数，让损失变小。", "It updates the weights so that the loss goes down."]
)
def test_foreign_text_behind_an_answer_is_not_read(answer: str, pasted: str) -> None:
    for whole in (f"{answer} {pasted}", f"{pasted}\n{answer}"):
        assert Reading.of(whole).text.text == Reading.of(answer).text.text


@pytest.mark.parametrize(
    "answer",
    [
        "the quick brown fox jumps over the lazy dog",
        "dropout batchnorm relu adam lr warmup cosine decay clip grad norm",
        "teh gradeint vanishes bc sigmoid deriv is at most 0.25",
        "Xavier/Glorot init, He (Kaiming) init, LayerNorm, RMSNorm, SwiGLU",
    ],
)
def test_english_terms_and_slips_of_the_keys_are_read(answer: str) -> None:
    assert foreign(answer.lower()) == []


def test_an_answer_in_another_language_earns_nothing_and_a_person_should_look(
    grader: Grader, bank: dict[str, Rubric]
) -> None:
    grade = grader.grade(bank["bundled/optimizer"], "der optimierer passt die gewichte des netzes schrittweise an")
    assert grade.score == 0
    assert ReviewReason.UNREADABLE in grade.review_reasons
