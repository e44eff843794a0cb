"""Whether calibrating helps, and for whom."""

import random

import pytest

from kaoguan.calibration import calibrate
from kaoguan.calibration.trial import PHRASES_FROM
from tests.calibration.conftest import Make, question

HARSH = [(float(score), score * 0.5) for score in range(20, 101, 5)]
FAIR = [(float(score), float(score)) for score in range(20, 101, 5)]


def test_a_harsh_teacher_is_learned(samples: Make) -> None:
    outcome = calibrate(samples(HARSH))
    question = outcome.questions["cats"]
    assert question.fit == "line"
    assert question.after.rmse is not None
    assert question.before.rmse is not None
    assert question.after.rmse < question.before.rmse * 0.7
    assert outcome.file is not None
    assert outcome.file.judge.calibration == "feed"


def test_where_it_does_not_help_scores_stay_and_nothing_is_to_be_written(samples: Make) -> None:
    outcome = calibrate(samples(FAIR))
    assert outcome.questions["cats"].fit == "identity"
    assert outcome.questions["cats"].scale.score(70) == 70
    assert outcome.file is None
    assert outcome.before == outcome.after


def test_noise_is_not_learned(samples: Make) -> None:
    random_ = random.Random(1)
    noise = [(score, min(100, max(0, score + random_.gauss(0, 15)))) for score, _ in FAIR]
    assert calibrate(samples(noise)).file is None


def test_each_question_is_decided_alone(samples: Make) -> None:
    outcome = calibrate(samples(HARSH) + samples(FAIR, rubric=question("dogs")))
    assert {id_: question.fit for id_, question in outcome.questions.items()} == {"cats": "line", "dogs": "identity"}
    assert outcome.file is not None
    assert set(outcome.file.questions) == {"cats", "dogs"}
    assert outcome.answers == len(HARSH) + len(FAIR)


@pytest.mark.parametrize(("count", "fit"), [(PHRASES_FROM - 1, "line"), (PHRASES_FROM, "phrases")])
def test_phrases_are_learned_from_enough_answers_only(count: int, fit: str, samples: Make) -> None:
    answers = [["猫吃鱼", "猫很可爱"][n % 2] for n in range(count)]
    made = samples([(40.0 + n, 30.0 - n % 2 * 20) for n in range(count)], answers)
    assert calibrate(made).questions["cats"].fit == fit


def test_the_order_of_answers_changes_nothing(samples: Make) -> None:
    answers = [f"猫吃鱼{number % 3}，晒太阳{number % 5}" for number in range(40)]
    made = samples([(float(n * 2 + 10), float(n % 7 * 10 + 20)) for n in range(40)], answers)
    shuffled = made.copy()
    random.Random(0).shuffle(shuffled)
    assert calibrate(made) == calibrate(shuffled)


LEFT_OUT = {
    "too few": ([(50.0, 60.0)] * 4, "4 scored answers, at least 5 are needed"),
    "constant": ([(float(n), 60.0) for n in range(10, 20)], "the teacher gave all 10 answers the same score"),
    "unscored": ([(None, float(n)) for n in range(10)], "0 scored answers, at least 5 are needed"),
}


@pytest.mark.parametrize(("pairs", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_question_that_teaches_nothing_is_left_out(
    pairs: list[tuple[float | None, float]], reason: str, samples: Make
) -> None:
    outcome = calibrate(samples(pairs))
    assert outcome.left_out == {"cats": reason}
    assert outcome.questions == {}
    assert outcome.file is None
