"""What an English question is about."""

import pytest

from kaoguan.distill.questions.english import asked_about, number

CASES = {
    "Why is mode imputation risky for categorical features?": "mode imputation",
    "Why does KNN imputation fail in high dimensions?": "KNN imputation",
    "Why is missingness drift often an early warning signal?": "missingness drift",
    "Why do linear models suffer more from bad imputation than trees?": "linear models",
    "How do you handle missing data in online learning?": "missing data",
    "Should indicators be logged separately?": "indicators",
    "What is the difference between a stack and a queue?": "",
    "Why is it slow?": "",
    "What is a vanishing gradient?": "vanishing gradient",
    "What is an encoder good for?": "encoder",
}


@pytest.mark.parametrize(("question", "subject"), CASES.items())
def test_it_is_the_words_between_auxiliary_and_predicate(question: str, subject: str) -> None:
    assert asked_about(question) == subject


def test_the_auxiliary_tells_one_thing_from_several() -> None:
    assert number("Does k-means find the best clusters?", "k-means") is False
    assert number("Why do skip lists need randomness?", "skip lists") is True
    assert number("Describe skip lists.", "skip lists") is None
