"""The grader: asks a judge for verdicts and turns them into a grade."""

import json
from collections.abc import Mapping
from typing import Protocol

from kaoguan.config import Folders, Settings
from kaoguan.grading.feedback import feedback
from kaoguan.grading.scoring import score
from kaoguan.models import Fingerprints, Grade, Judgement, JudgeName, Rubric


class Judge(Protocol):
    """Rules on every key point of a rubric for one answer."""

    @property
    def name(self) -> JudgeName:
        """Return which kind of judge this is."""

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return what its rulings depend on beside rubric and answer: any of prompt, embedder, calibration."""

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point, in the rubric's order."""


class Calibration(Protocol):
    """Turns our scores into those one teacher would give; `kaoguan.calibration` has it."""

    @property
    def fingerprint(self) -> str:
        """Return what changes with anything in it."""

    def check(self, judge: JudgeName, fingerprints: Mapping[str, str]) -> None:
        """Raise CalibrationError unless it was fitted to this judge."""

    def calibrated(self, rubric: Rubric, answer: str, grade: Grade) -> Grade:
        """Return the grade with another score and fingerprint. Raises CalibrationError."""


class Grader:
    """Grades answers with one judge, on a teacher's scale where a calibration is given.

    The same rubric, answer and fingerprints give the same grade, whatever was graded before.
    """

    def __init__(self, judge: Judge, *, calibration: Calibration | None = None) -> None:
        """Raise CalibrationError when the calibration was fitted to another judge."""
        if calibration:
            calibration.check(judge.name, judge.fingerprints)
        self._judge = judge
        self._calibration = calibration

    @classmethod
    def offline(
        cls,
        embedder: str = "bundled",
        *,
        settings: Settings | None = None,
        folders: Folders | None = None,
        calibration: Calibration | None = None,
    ) -> "Grader":
        """Return a grader that needs no network, with the bundled embedder or any other by name.

        Raises ProviderError when the embedder cannot be loaded, CalibrationError when nothing is calibrated for it.
        """
        # numpy and a model library: only those who grade pay for them.
        from kaoguan import config, embeddings
        from kaoguan.grading.offline import OfflineJudge

        folders = folders or config.folders()
        loaded = embeddings.load(embedder, settings or config.load(), folders)
        return cls(OfflineJudge(loaded, own=folders.judges), calibration=calibration)

    @property
    def judge(self) -> JudgeName:
        """Return which judge rules."""
        return self._judge.name

    @property
    def identity(self) -> str:
        """Return what names this way of grading: while it stays the same, the same answer gets the same grade."""
        scale = self._calibration.fingerprint if self._calibration else None
        return json.dumps([self._judge.name, sorted(self._judge.fingerprints.items()), scale])

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer; `id` is the submission's."""
        judgement = self._judge.judge(rubric, answer)
        grade = Grade(
            id=id,
            rubric_id=rubric.id,
            score=score(rubric.key_points, judgement.verdicts, judgement.misconceptions),
            needs_review=bool(judgement.review_reasons),
            review_reasons=judgement.review_reasons,
            judge=self._judge.name,
            verdicts=judgement.verdicts,
            misconceptions=judgement.misconceptions,
            feedback=feedback(rubric, judgement),
            fingerprints=Fingerprints(rubric=rubric.fingerprint, **self._judge.fingerprints),
        )
        return self._calibration.calibrated(rubric, answer, grade) if self._calibration else grade
