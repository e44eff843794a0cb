"""What a grader needs of a judge, and what a judge may offer beside: several answers at a time, an event loop."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol, runtime_checkable

from kaoguan.models import Grade, Judgement, Rubric, Ruler


class Judge(Protocol):
    """Rules on every key point of a rubric for one answer.

    A judge of your own may be called from any thread that you grade in; `Grader.grade_async` calls it from one thread.
    """

    @property
    def name(self) -> str:
        """Return who rules: "offline", "llm" or "hybrid" for ours; a name of its own (letters, digits) for yours."""

    @property
    def model(self) -> str | None:
        """Return the name of the language model that rules; None where none does."""

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return fingerprints of what it depends on beside rubric and answer: any of prompt, embedder, calibration."""

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point, in the rubric's order."""


@runtime_checkable
class AsyncJudge(Protocol):
    """A judge that waits for others while it rules, and can rule on many answers meanwhile."""

    async def judge_async(self, rubric: Rubric, answer: str, *, offline: Judgement | None = None) -> Judgement:
        """Return one verdict per key point; `offline` is what the offline judge says, where it has been asked."""


@runtime_checkable
class LoopJudge(Protocol):
    """A judge with an event loop of its own, on a thread of its own, that rules on many answers there."""

    def start(self, rubric: Rubric, answer: str) -> Future[Judgement]:
        """Return at once what will hold one verdict per key point, in the rubric's order."""


@runtime_checkable
class ManyJudge(Judge, Protocol):
    """A judge that is quicker with several answers at a time."""

    def judge_many(self, asked: Sequence[tuple[Rubric, str]]) -> list[Judgement]:
        """Return the judgements that `judge` would give, in order."""


class TeacherScale(Protocol):
    """Turns our scores into those one teacher would give; `kaoguan.calibration` has it."""

    @property
    def fingerprint(self) -> str:
        """Return a fingerprint that changes with anything in it."""

    def check(self, judge: Ruler, fingerprints: Mapping[str, str]) -> None:
        """Raise CalibrationError unless it was fitted to this judge."""

    def calibrated(self, rubric: Rubric, answer: str, grade: Grade) -> Grade:
        """Return the grade with another score and fingerprint. Raises CalibrationError."""
