"""The map from our score to the teacher's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.calibration.ngrams import phrases
from kaoguan.calibration.scale import MOST_BY_PHRASES, Scale

scores = st.floats(0, 100)
words = st.lists(st.sampled_from(["猫吃鱼", "不懂", "gradient descent", "过拟合", "哈"]), min_size=1, max_size=5)
scales = st.builds(
    Scale,
    offset=st.floats(-200, 200),
    slope=st.floats(0, 5),
    lowest=st.floats(0, 100),
    phrases=st.dictionaries(st.sampled_from(["猫吃", "吃鱼", "gr", "不懂", "哈哈"]), st.floats(-50, 50)),
    phrases_mean=st.floats(-50, 50),
)


@given(scales, words, scores, scores)
def test_the_score_stays_in_range_and_never_falls_as_ours_rises(
    scale: Scale, answer: list[str], one: float, other: float
) -> None:
    seen = phrases("。".join(answer))
    low, high = sorted((one, other))
    assert 0 <= scale.score(low, seen) <= scale.score(high, seen) + 1e-9 <= 100 + 1e-9


@given(scales, words)
def test_nothing_earned_stays_nothing(scale: Scale, answer: list[str]) -> None:
    assert scale.score(0.0, phrases("。".join(answer))) == 0


@given(scores)
def test_the_default_changes_nothing(score: float) -> None:
    assert Scale().score(score) == pytest.approx(score)


@given(scales, words, scores, st.integers(2, 4), st.sampled_from(["。", "\n", "，", " ！"]))
def test_saying_it_again_changes_nothing(
    scale: Scale, answer: list[str], score: float, times: int, separator: str
) -> None:
    once = "。".join(answer)
    again = separator.join([once] * times)
    assert scale.score(score, phrases(again)) == scale.score(score, phrases(once))


@given(scales, words, scores)
def test_phrases_move_a_score_only_so_far(scale: Scale, answer: list[str], score: float) -> None:
    without = scale.model_copy(update={"phrases": {}, "phrases_mean": 0.0})
    moved = scale.score(score, phrases("。".join(answer))) - without.score(score)
    assert abs(moved) <= MOST_BY_PHRASES + 1e-9


def test_below_the_lowest_score_of_the_sample_it_goes_straight_to_zero() -> None:
    scale = Scale(offset=20, slope=0.5, lowest=40)
    assert [scale.score(score) for score in (60, 40, 20, 0)] == [50, 40, 20, 0]


def test_width_case_and_traditional_characters_change_no_phrase() -> None:
    assert phrases("ＡＢＣ過擬合") == phrases("abc过拟合")
    assert phrases("过拟 合") == phrases("过拟合")


@pytest.mark.parametrize("answer", ["", "。。。", "\ud800", "👨‍👩‍👧", "a" * 100_000])
def test_no_answer_is_too_strange(answer: str) -> None:
    assert len(phrases(answer)) < 10
