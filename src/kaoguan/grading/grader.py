"""The grader: asks a judge for verdicts and turns them into a grade."""

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


class Grader:
    """Grades answers with one judge.

    The same rubric, answer and fingerprints give the same grade, whatever was graded before.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    @classmethod
    def offline(
        cls, embedder: str = "bundled", *, settings: Settings | None = None, folders: Folders | None = None
    ) -> "Grader":
        """Return a grader that needs no network, with the bundled embedder or any other by name.

        Raises ProviderError when the embedder cannot be loaded, CalibrationError when nothing is calibrated for it.
        """
        # numpy and a model library: only those who grade pay for them.
        from kaoguan import config, embeddings
        from kaoguan.grading.offline import OfflineJudge

        loaded = embeddings.load(embedder, settings or config.load(), folders or config.folders())
        return cls(OfflineJudge(loaded))

    @property
    def judge(self) -> JudgeName:
        """Return which judge rules."""
        return self._judge.name

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer; `id` is the submission's."""
        judgement = self._judge.judge(rubric, answer)
        return Grade(
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
