"""A pytest check of your own RAG system: its answers are graded by rubric. `pytest examples/test_own_rag.py`."""

import pytest

from kaoguan import Grader, Label, rubrics

BANK = rubrics.load_bundled()


def your_rag_system(question: str) -> str:
    """Return what your system answers; this one has read the reference answers."""
    documents = [rubric.reference_answer for rubric in BANK.values() if rubric.question == question]
    return documents[0]


@pytest.fixture(scope="module")
def grader() -> Grader:
    """Return one grader for all tests."""
    return Grader.offline()


@pytest.mark.parametrize("rubric_id", sorted(BANK))
def test_an_answer_makes_every_core_point_and_no_mistake(grader: Grader, rubric_id: str) -> None:
    """Fail with the key points that are missing."""
    rubric = BANK[rubric_id]
    grade = grader.grade(rubric, your_rag_system(rubric.question))
    core = {point.id: point.text for point in rubric.key_points if point.weight == 3}
    missing = [core[v.key_point] for v in grade.verdicts if v.key_point in core and v.verdict is not Label.COVERED]
    assert not missing
    assert not grade.misconceptions
