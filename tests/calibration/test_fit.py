"""Fitting: what few answers can and cannot teach."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.calibration.ngrams import phrases
from kaoguan.calibration.trial import FitPoint, fit, folds, line, with_phrases

pairs = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=60)


def points(values: list[tuple[float, float]], answers: list[str] | None = None) -> list[FitPoint]:
    return [
        FitPoint(ours, teacher, phrases(answers[number] if answers else ""))
        for number, (ours, teacher) in enumerate(values)
    ]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_a_teacher_who_agrees_gives_the_identity(scores: list[float]) -> None:
    scale = fit(points([(score, score) for score in scores]), by_phrases=len(scores) > 20)
    assert all(scale.score(score) == pytest.approx(score, abs=0.01) for score in scores)


@given(pairs)
def test_any_sample_gives_a_scale_that_never_falls(values: list[tuple[float, float]]) -> None:
    scale = fit(points(values), by_phrases=len(values) > 20)
    line_of_scores = [scale.score(score) for score in range(101)]
    assert all(0 <= score <= 100 for score in line_of_scores)
    assert all(after >= before - 1e-9 for before, after in pairwise(line_of_scores))


def test_a_teacher_who_grades_the_other_way_round_gets_a_flat_line() -> None:
    assert line(points([(score, 100 - score) for score in range(0, 101, 5)])).slope == 0


def test_more_answers_move_the_line_further() -> None:
    harsh = [(float(score), score / 2) for score in (20, 40, 60, 80, 100)]
    few, many = line(points(harsh)), line(points(harsh * 20))
    assert 1 > few.slope > many.slope
    assert many.slope == pytest.approx(0.5, abs=0.1)
    assert many.score(60) == pytest.approx(30, abs=2)


def test_scores_of_zero_do_not_bend_the_line() -> None:
    values = [(50.0, 60.0), (70.0, 80.0), (90.0, 100.0)]
    assert fit(points([*values, (0.0, 90.0)]), by_phrases=False) == fit(points(values), by_phrases=False)


def test_nothing_but_zeros_is_the_identity() -> None:
    assert fit(points([(0.0, 50.0)] * 30), by_phrases=True).score(70) == 70


ANSWERS = ["猫吃鱼，也晒太阳", "猫很可爱，也晒太阳"] * 20


def test_a_phrase_the_teacher_pays_for_is_found() -> None:
    values = [(60.0, 75.0 if "吃鱼" in answer else 45.0) for answer in ANSWERS]
    scale = fit(points(values, ANSWERS), by_phrases=True)
    assert scale.phrases["吃鱼"] > 0 > scale.phrases["可爱"]
    assert "太阳" not in scale.phrases
    assert scale.score(60, phrases("猫吃鱼")) > scale.score(60, phrases("猫很可爱")) + 15


def test_phrases_of_single_candidates_are_not_kept() -> None:
    answers = [*ANSWERS, "我叫张三", "我叫张三"]
    values = [(60.0, 30.0 + number % 7 * 5) for number in range(len(answers))]
    assert "张三" not in with_phrases(points(values, answers), 0.3).phrases


@given(st.integers(2, 60), st.integers(2, 10))
def test_every_answer_is_left_out_exactly_once(count: int, parts: int) -> None:
    assert (np.sum(folds(count, parts), axis=0) == 1).all()
