"""Each figure against values worked out by hand, and against what must hold for any data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.evaluation import metrics

labels = st.lists(st.integers(0, 3), min_size=1, max_size=60)
scores = st.lists(st.floats(0, 10), min_size=2, max_size=40)


def pairs(one: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.tuples(one, one), min_size=1, max_size=40).map(
        lambda both: ([gold for gold, _ in both], [ours for _, ours in both])
    )


def test_confusion_has_gold_in_rows() -> None:
    assert metrics.confusion([0, 0, 1], [0, 1, 1], 2).tolist() == [[1, 1], [0, 1]]


def test_accuracy_is_the_share_on_the_diagonal() -> None:
    assert metrics.accuracy(np.array([[3, 1], [2, 4]])) == 0.7


def test_kappa_by_hand() -> None:
    # Cohen's classic table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no. Observed .7, chance .5, kappa .4.
    assert metrics.kappa(np.array([[20, 5], [10, 15]])) == pytest.approx(0.4)


def test_quadratic_kappa_by_hand() -> None:
    # Off by one twice, right twice: observed disagreement 2. Gold 0 0 10 10, ours 0 1 9 10: by chance, every gold
    # with every ours: 2 * (0 + 1 + 81 + 100) / 4 twice = 182.
    assert metrics.quadratic_kappa([0, 0, 10, 10], [0, 1, 9, 10]) == pytest.approx(1 - 2 / 182)


@pytest.mark.parametrize(("score", "whole"), [(0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (9.5, 10), (10.4, 10), (-1, 0)])
def test_scores_are_rounded_halves_up(score: float, whole: int) -> None:
    assert metrics.quadratic_kappa([whole, 5], [score, 5]) in (1.0, None)
    assert metrics.quadratic_kappa([(whole + 3) % 11, 5], [score, 5]) != 1.0


def test_figures_of_a_label_by_hand() -> None:
    first, second, third = metrics.label_figures(np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]]))
    assert list(first) == pytest.approx([3 / 5, 3 / 4, 6 / 9, 4])
    assert list(second) == pytest.approx([4 / 5, 4 / 6, 8 / 11, 6])
    assert third == (None, None, None, 0)


def test_macro_f1_leaves_out_labels_that_nobody_used() -> None:
    assert metrics.macro_f1(np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]])) == pytest.approx((6 / 9 + 8 / 11) / 2)


def test_macro_f1_counts_a_label_that_was_never_found() -> None:
    assert metrics.macro_f1(np.array([[4, 0], [4, 0]])) == pytest.approx(8 / 12 / 2)


def test_pearson_by_hand() -> None:
    assert metrics.pearson([1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx(0.6)


def test_spearman_gives_ties_their_mean_rank() -> None:
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assert metrics.spearman([1, 5, 5, 9], [1, 2, 3, 4]) == pytest.approx(4.5 / np.sqrt(22.5))


def test_rmse_by_hand() -> None:
    assert metrics.rmse([0, 0], [3, 4]) == pytest.approx(np.sqrt(12.5))


def test_what_cannot_be_told_is_none_and_not_zero() -> None:
    assert metrics.kappa(np.zeros((4, 4), dtype=int)) is None
    assert metrics.kappa(np.diag([5, 0, 0, 0])) is None
    assert metrics.accuracy(np.zeros((4, 4), dtype=int)) is None
    assert metrics.pearson([1, 2], [3, 3]) is None
    assert metrics.quadratic_kappa([], []) is None
    assert metrics.rmse([], []) is None
    assert metrics.interval([None, None, 0.5]) is None


def test_an_interval_is_the_middle() -> None:
    assert metrics.interval([float(n) for n in range(101)], level=0.9) == pytest.approx((5.0, 95.0))


@given(labels)
def test_a_rater_agrees_with_themselves(values: list[int]) -> None:
    counts = metrics.confusion(values, values, 4)
    assert metrics.accuracy(counts) == 1
    assert metrics.macro_f1(counts) == 1
    assert metrics.kappa(counts) == (1 if len(set(values)) > 1 else None)


@given(pairs(st.integers(0, 3)))
def test_kappa_does_not_depend_on_who_is_who(both: tuple[list[int], list[int]]) -> None:
    gold, ours = both
    one, other = metrics.kappa(metrics.confusion(gold, ours, 4)), metrics.kappa(metrics.confusion(ours, gold, 4))
    assert one == other or one == pytest.approx(other)
    assert one is None or one <= 1


@given(pairs(st.floats(0, 10)))
def test_quadratic_kappa_is_symmetric_and_at_most_one(both: tuple[list[float], list[float]]) -> None:
    gold, ours = both
    one, other = metrics.quadratic_kappa(gold, ours), metrics.quadratic_kappa(ours, gold)
    assert one == other or one == pytest.approx(other)
    assert one is None or one <= 1


@given(scores)
def test_scores_agree_with_themselves(values: list[float]) -> None:
    assert metrics.rmse(values, values) == 0
    assert metrics.spearman(values, values) in (None, pytest.approx(1))


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=40))
def test_rank_correlation_sees_the_order_only(values: list[int]) -> None:
    cubes = [value**3 for value in values]
    expected = None if len(set(values)) == 1 else pytest.approx(1)
    assert metrics.spearman(values, cubes) == expected
