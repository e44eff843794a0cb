"""The grader: asks a judge for verdicts and turns them into a grade."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kaoguan import prompts
from kaoguan.config import Folders, Settings
from kaoguan.grading.feedback import feedback
from kaoguan.grading.scoring import likely_range, score
from kaoguan.models import LANGUAGES, Fingerprints, Grade, Judgement, JudgeName, Language, Rubric
from kaoguan.prompts import Wording

if TYPE_CHECKING:
    from kaoguan.grading.offline import OfflineJudge


VERSION = 2
"""Counts up when the same rubric, answer and fingerprints come to another grade: what was kept is then graded anew.

`tests/grading/test_version.py` says when.
"""


class Judge(Protocol):
    """Rules on every key point of a rubric for one answer."""

    @property
    def name(self) -> JudgeName:
        """Return which kind of judge this is."""

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
class ManyJudge(Judge, Protocol):
    """A judge that is quicker with several answers at a time."""

    def judge_many(self, asked: Sequence[tuple[Rubric, str]]) -> list[Judgement]:
        """Return the judgements that `judge` would give, in order."""


class TeacherScale(Protocol):
    """Turns our scores into those one teacher would give; `kaoguan.calibration` has it."""

    @property
    def fingerprint(self) -> str:
        """Return a fingerprint that changes with anything in it."""

    def check(self, judge: JudgeName, fingerprints: Mapping[str, str]) -> None:
        """Raise CalibrationError unless it was fitted to this judge."""

    def calibrated(self, rubric: Rubric, answer: str, grade: Grade) -> Grade:
        """Return the grade with another score and fingerprint. Raises CalibrationError."""


class Grader:
    """Grades answers with one judge, on a teacher's scale where a calibration is given.

    The same rubric, answer and fingerprints give the same grade, whatever was graded before.
    """

    def __init__(
        self, judge: Judge, *, calibration: TeacherScale | None = None, own: Path | None = None, endpoint: str = ""
    ) -> None:
        """`own` is a folder of the user's own prompts; `endpoint` is where the judge's model is asked.

        Raises CalibrationError when it was fitted to another judge.
        """
        if calibration:
            calibration.check(judge.name, judge.fingerprints)
        self._judge = judge
        self._calibration = calibration
        self._own = own
        self._endpoint = endpoint
        self._wordings: dict[Language, Wording] = {}

    @classmethod
    def offline(
        cls,
        embedder: str = "bundled",
        *,
        settings: Settings | None = None,
        folders: Folders | None = None,
        calibration: TeacherScale | None = None,
    ) -> "Grader":
        """Return a grader that needs no network, with the bundled embedder or any other by name.

        Raises ProviderError when the embedder cannot be loaded, CalibrationError when nothing is calibrated for it.
        """
        from kaoguan import config  # pydantic and platformdirs come with it

        settings, folders = settings or config.load(), folders or config.folders()
        judge = offline_judge(embedder, settings, folders)
        return cls(judge, calibration=calibration, own=folders.prompts)

    @property
    def judge(self) -> JudgeName:
        """Return which judge rules."""
        return self._judge.name

    @property
    def ruling(self) -> Judge:
        """Return the judge itself."""
        return self._judge

    @property
    def identity(self) -> str:
        """Return the name of this way of grading: while it stays the same, the same answer gets the same grade."""
        scale = self._calibration.fingerprint if self._calibration else None
        fingerprints = sorted(self._judge.fingerprints.items())
        feedbacks = [self._wording(language).fingerprint for language in LANGUAGES]
        return json.dumps(
            [VERSION, self._judge.name, self._judge.model, self._endpoint, fingerprints, scale, feedbacks]
        )

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer; `id` is the submission's."""
        return self._graded(rubric, answer, id, self._judge.judge(rubric, answer))

    def grade_many(self, asked: Sequence[tuple[Rubric, str, str]]) -> list[Grade]:
        """Return the grade of each (rubric, answer, id), in order; sooner than one by one where the judge can."""
        if not isinstance(self._judge, ManyJudge):
            return [self.grade(rubric, answer, id=id) for rubric, answer, id in asked]
        judgements = self._judge.judge_many([(rubric, answer) for rubric, answer, _ in asked])
        return [
            self._graded(rubric, answer, id, judgement)
            for (rubric, answer, id), judgement in zip(asked, judgements, strict=True)
        ]

    async def grade_async(
        self, rubric: Rubric, answer: str, *, id: str = "", offline: Judgement | None = None
    ) -> Grade:
        """Return the grade of one answer, while others go on; `offline` is the offline part, where it is known."""
        if isinstance(self._judge, AsyncJudge):
            judgement = await self._judge.judge_async(rubric, answer, offline=offline)
        else:
            judgement = self._judge.judge(rubric, answer)
        return self._graded(rubric, answer, id, judgement)

    def _graded(self, rubric: Rubric, answer: str, id: str, judgement: Judgement) -> Grade:
        points = score(rubric.key_points, judgement.verdicts, judgement.misconceptions)
        grade = Grade(
            id=id,
            rubric_id=rubric.id,
            score=points,
            range=likely_range(rubric.key_points, judgement.verdicts, points),
            needs_review=bool(judgement.review_reasons),
            review_reasons=judgement.review_reasons,
            judge=self._judge.name,
            verdicts=judgement.verdicts,
            misconceptions=judgement.misconceptions,
            feedback=feedback(rubric, judgement, self._wording(rubric.language)),
            model=self._judge.model,
            usage=judgement.usage,
            fingerprints=Fingerprints(rubric=rubric.fingerprint, **self._judge.fingerprints),
        )
        return self._calibration.calibrated(rubric, answer, grade) if self._calibration else grade

    def _wording(self, language: Language) -> Wording:
        if language not in self._wordings:
            self._wordings[language] = prompts.load("feedback", language, own=self._own)
        return self._wordings[language]


def offline_judge(embedder: str, settings: Settings, folders: Folders) -> "OfflineJudge":
    """Return the offline judge over the embedder of this name. Raises ProviderError, CalibrationError."""
    # numpy and a model library: only those who grade offline pay for them.
    from kaoguan import embeddings
    from kaoguan.grading.offline import OfflineJudge

    return OfflineJudge(embeddings.load(embedder, settings, folders), own=folders.judges)
