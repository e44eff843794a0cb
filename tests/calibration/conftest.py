from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

from kaoguan.calibration.sample import Sample, TeacherGrade
from kaoguan.models import Fingerprints, Grade, JudgeName, Rubric, Submission
from kaoguan.testing import make_rubric

# A busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

Make = Callable[..., list[Sample]]


def question(id_: str = "cats") -> Rubric:
    return make_rubric(("猫吃鱼", 3), "猫捉老鼠", id=id_, question="什么是猫？", reference_answer="猫吃鱼；猫捉老鼠")


def make_grade(score: float | None, rubric: Rubric, id_: str = "a1") -> Grade:
    return Grade(
        id=id_,
        rubric_id=rubric.id,
        score=score,
        needs_review=False,
        review_reasons=(),
        judge=JudgeName.OFFLINE,
        verdicts=(),
        misconceptions=(),
        feedback="",
        fingerprints=Fingerprints(rubric=rubric.fingerprint, embedder="keyword", calibration="feed"),
    )


def make_samples(
    pairs: Sequence[tuple[float | None, float]], answers: Sequence[str] | None = None, rubric: Rubric | None = None
) -> list[Sample]:
    """Return samples for pairs of our score and the teacher's, 0-100."""
    about = rubric or question()
    made = []
    for number, (ours, teacher) in enumerate(pairs):
        id_ = f"a{number:03}"
        text = answers[number] if answers else ""
        submission = Submission(id=id_, rubric_id=about.id, answer=text)
        made.append(Sample(about, TeacherGrade(submission=submission, score=teacher), make_grade(ours, about, id_)))
    return made


@pytest.fixture
def rubric() -> Rubric:
    return question()


@pytest.fixture
def samples() -> Make:
    return make_samples
