"""What a question is about."""

import pytest

from kaoguan.distill.questions.subject import subject


@pytest.mark.parametrize(
    "question", ['??? question "What are the advantages of DeepNorm?"', "？？？", "?!", "1.", "的"]
)
def test_a_question_is_always_about_something(question: str) -> None:
    assert subject(question)
