"""The score is arithmetic on verdicts: these are its rules."""

import json
from pathlib import Path

import numpy as np
import pytest

from kaoguan import rubrics
from kaoguan.grading.scoring import likely_range, score
from kaoguan.models import JudgeName, KeyPoint, Label, StatedMisconception, Verdict

GOLD = Path(__file__).parents[2] / "benchmarks/gold"
POINTS = (KeyPoint(id="p1", text="one", weight=3), KeyPoint(id="p2", text="two", weight=1))


def verdict(point: str, label: Label) -> Verdict:
    return Verdict(key_point=point, verdict=label, confidence=1, judge=JudgeName.OFFLINE)


def stated(*ids: str) -> tuple[StatedMisconception, ...]:
    return tuple(StatedMisconception(id=i, evidence="x", span=(0, 1)) for i in ids)


@pytest.mark.parametrize(
    ("first", "second", "misconceptions", "expected"),
    [
        (Label.COVERED, Label.COVERED, (), 100.0),
        (Label.COVERED, Label.MISSING, (), 75.0),
        (Label.PARTIAL, Label.MISSING, (), 37.5),
        (Label.COVERED, Label.CONTRADICTED, (), 68.8),
        (Label.COVERED, Label.MISSING, ("m1",), 73.0),
        (Label.COVERED, Label.MISSING, ("m1", "m1"), 73.0),
        (Label.CONTRADICTED, Label.CONTRADICTED, ("m1",), 0.0),
        (Label.COVERED, Label.UNSCORED, (), None),
    ],
)
def test_score_is_the_weighted_share_less_the_costs(
    first: Label, second: Label, misconceptions: tuple[str, ...], expected: float | None
) -> None:
    assert score(POINTS, (verdict("p1", first), verdict("p2", second)), stated(*misconceptions)) == expected


def test_a_key_point_without_a_verdict_is_unscored() -> None:
    assert score(POINTS, (verdict("p1", Label.COVERED),)) is None


def test_the_likely_range_holds_the_score_and_grows_with_doubt() -> None:
    def reach(confidence: float) -> tuple[int, int] | None:
        verdicts = [
            verdict(point.id, Label.COVERED).model_copy(update={"confidence": confidence}) for point in POINTS[:1]
        ] + [verdict("p2", Label.MISSING)]
        return likely_range(POINTS, verdicts, 75.0)

    sure, unsure = reach(1.0), reach(0.5)
    assert sure and unsure
    assert unsure[0] < sure[0] <= 75 <= sure[1] < unsure[1] <= 100


def test_what_is_unscored_has_no_range() -> None:
    assert likely_range(POINTS, (verdict("p1", Label.UNSCORED),), None) is None


@pytest.mark.parametrize("name", ["dev", "train"])
def test_with_human_verdicts_the_score_agrees_with_the_human_score(name: str) -> None:
    bank = rubrics.load_folder(GOLD / name / "rubrics")
    ours: list[float] = []
    theirs: list[float] = []
    for line in (GOLD / name / "answers.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        verdicts = [verdict(point, Label(label)) for point, label in row["labels"].items()]
        total = score(bank[row["rubric_id"]].key_points, verdicts, stated(*row["misconceptions"]))
        assert total is not None
        ours.append(total)
        theirs.append(row["score"])
    assert np.corrcoef(ours, theirs)[0, 1] >= 0.97
