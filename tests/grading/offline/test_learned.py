"""Questions that the judge has learned are weighed otherwise than those that are new to it."""

import pytest

from kaoguan import config, rubrics
from kaoguan.assembly.fitting import left_out
from kaoguan.embeddings import load
from kaoguan.grading.offline import OfflineJudge
from kaoguan.grading.offline.learned import learned, marks
from kaoguan.grading.offline.model import Model
from kaoguan.models import Rubric


@pytest.fixture(scope="module")
def model() -> Model:
    return OfflineJudge(load("bundled", config.Settings(), config.folders()))._model


def reworded(rubric: Rubric, count: int) -> Rubric:
    """Return the rubric with other texts for its first `count` key points."""
    points = [
        point.model_copy(update={"text": f"说的是另外一件事，第{i}件"}) if i < count else point
        for i, point in enumerate(rubric.key_points)
    ]
    return rubric.model_copy(update={"key_points": tuple(points)})


def test_the_bundled_questions_that_it_learned_from_are_known_by_their_texts(model: Model) -> None:
    bank = rubrics.load_bundled()
    known = [rubric.id for rubric in bank.values() if model.weighing(rubric) is model.on_learned]
    assert {"optimizer", "ce_vs_mse", "batch_size", "gpu_util", "regularization", "under_over_fitting"} <= set(known)
    assert len(known) > len(bank) / 2


def test_questions_that_were_left_out_are_new(model: Model) -> None:
    assert all(model.weighing(question.rubric) is model.on_new for question in left_out())


def test_an_id_does_not_make_a_question_known(model: Model) -> None:
    rubric = rubrics.load_bundled()["optimizer"]
    assert model.weighing(rubric.model_copy(update={"id": "another"})) is model.on_learned
    assert model.weighing(rubric.model_copy(update={"question": "学习率怎么选？"})) is model.on_new


def test_more_than_half_of_the_key_points_must_be_known() -> None:
    rubric = rubrics.load_bundled()["regularization"]
    known, count = frozenset(marks(rubric)), len(rubric.key_points)
    assert len(known) == count
    assert learned(reworded(rubric, (count - 1) // 2), known)
    assert not learned(reworded(rubric, (count + 1) // 2), known)


def test_white_space_and_markup_make_no_other_question() -> None:
    rubric = rubrics.load_bundled()["optimizer"]
    assert marks(rubric.model_copy(update={"question": f" **{rubric.question}** "})) == marks(rubric)
