"""A grade as reviews."""

import pytest

from kaoguan.learning.follow import SURE_ENOUGH, rating
from kaoguan.models import JudgeName, Label, Verdict
from kaoguan.store import Rating


def verdict(label: str, confidence: float = 0.9) -> Verdict:
    return Verdict(key_point="p1", verdict=Label(label), confidence=confidence, judge=JudgeName.OFFLINE)


@pytest.mark.parametrize(
    ("before", "after", "helped", "complete", "expected"),
    [
        ("covered", "covered", False, True, Rating.EASY),
        ("covered", "covered", False, False, Rating.GOOD),
        ("covered", "covered", True, False, Rating.HARD),
        ("missing", "covered", False, False, Rating.HARD),
        ("partial", "covered", False, False, Rating.HARD),
        ("unscored", "covered", False, False, Rating.HARD),
        ("partial", "partial", False, False, Rating.HARD),
        ("missing", "missing", False, False, Rating.AGAIN),
        ("missing", "missing", True, False, Rating.AGAIN),
        ("covered", "contradicted", False, False, Rating.AGAIN),
        ("covered", "unscored", False, False, None),
    ],
)
def test_a_point_is_rated_by_how_it_was_recalled(
    before: str, after: str, helped: bool, complete: bool, expected: Rating | None
) -> None:
    assert rating(verdict(before), verdict(after), helped=helped, complete=complete) is expected


@pytest.mark.parametrize("label", list(Label))
def test_a_doubtful_verdict_teaches_nothing(label: Label) -> None:
    doubtful = verdict(label, SURE_ENOUGH - 0.01)
    assert rating(doubtful, doubtful, helped=False, complete=True) is None
