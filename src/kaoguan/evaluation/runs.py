"""Two runs over the same answers compared: by how much scores differ, and how often verdicts agree."""

from collections.abc import Iterable

from kaoguan.models import Grade, Model
from kaoguan.text.numbers import number, percent

_FARTHEST = 10


class RunDifference(Model):
    """What became of the answers that both runs graded, by id and question."""

    answers: int
    only_one: int
    only_other: int
    mean_difference: float | None
    """Of the scores, without sign, in points of 100; None where no answer has two."""
    shift: float | None
    """Of the scores, with sign: the other run's less the one's."""
    agreement: float | None
    """The share of verdicts that are the same."""
    farthest: tuple[tuple[str, str, float, float], ...]
    """Id, question and both scores, the greatest difference first."""

    def told(self) -> dict[str, str]:
        """Return what a person reads, by the keys of words/<language>/runs.yaml."""
        return {
            "answers": f"{self.answers:,}",
            "only_one": f"{self.only_one:,}",
            "only_other": f"{self.only_other:,}",
            "mean_difference": number(self.mean_difference, 2),
            "shift": number(self.shift, 2),
            "agreement": percent(self.agreement),
        }


def difference_of_runs(one: Iterable[Grade], other: Iterable[Grade]) -> RunDifference:
    """Return how the grades of two runs differ. A grade that one of them could not score counts as lacking there."""
    before, after = (
        {(grade.id, grade.rubric_id): grade for grade in run if grade.score is not None} for run in (one, other)
    )
    both = [(before[key], after[key]) for key in before if key in after]
    moved = [(old.id, old.rubric_id, old.score or 0.0, new.score or 0.0) for old, new in both]
    same = [
        verdict.verdict is ruled
        for old, new in both
        for labels in [{verdict.key_point: verdict.verdict for verdict in new.verdicts}]
        for verdict in old.verdicts
        if (ruled := labels.get(verdict.key_point)) is not None
    ]
    farthest = sorted((row for row in moved if row[2] != row[3]), key=lambda row: -abs(row[2] - row[3]))
    return RunDifference(
        answers=len(both),
        only_one=len(before) - len(both),
        only_other=len(after) - len(both),
        mean_difference=round(sum(abs(row[3] - row[2]) for row in moved) / len(moved), 2) if moved else None,
        shift=sum(row[3] - row[2] for row in moved) / len(moved) if moved else None,
        agreement=sum(same) / len(same) if same else None,
        farthest=tuple(farthest[:_FARTHEST]),
    )
