"""The grader: asks a judge for verdicts and turns them into a grade."""

import asyncio
import json
import threading
from collections.abc import AsyncIterable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kaoguan import prompts
from kaoguan.config import Folders, Settings
from kaoguan.grading.feedback import feedback
from kaoguan.grading.grade_key import keys_of
from kaoguan.grading.judge import AsyncJudge, Judge, LoopJudge, ManyJudge, TeacherScale
from kaoguan.grading.opening import configured, llm_judge, offline_judge
from kaoguan.grading.scoring import likely_range, score
from kaoguan.grading.stream import Asked, GradeStore, GradeStream
from kaoguan.models import LANGUAGES, Fingerprints, Grade, Judgement, Language, Rubric, Ruler
from kaoguan.prompts import Wording

if TYPE_CHECKING:
    from kaoguan.embeddings import Embedder


T = TypeVar("T")

VERSION = 3
"""Counts up when the same rubric, answer and fingerprints come to another grade: what was kept is then graded anew.

`tests/grading/test_version.py` says when.
"""

# Answers that wait for replies of a language model at once.
_AT_ONCE = 16


class Grader:
    """Grades answers with one judge, on a teacher's scale where a calibration is given.

    The same rubric, answer and fingerprints give the same grade, whatever was graded before, in any company, order,
    thread or process. One grader may be used by any number of threads at once; a grader with an offline judge can be
    pickled, to be sent to other processes.

    Parameters
    ----------
    judge : Judge
        Who rules on key points: see `Grader.offline`, `Grader.llm`, `Grader.hybrid`, or a class of your own.
    calibration : TeacherScale, optional
        A teacher's scale, as `kaoguan.calibration.read_calibration` gives it.
    own : Path, optional
        A folder of your own wordings of the feedback.
    endpoint : str
        Where the judge's model is asked; a part of `identity`.

    Raises
    ------
    CalibrationError
        When the calibration was fitted to another judge.
    """

    def __init__(
        self, judge: Judge, *, calibration: TeacherScale | None = None, own: Path | None = None, endpoint: str = ""
    ) -> None:
        if calibration:
            calibration.check(judge.name, judge.fingerprints)
        self._judge = judge
        # Found out once: looking for a protocol's methods takes 15 µs, for each of some thousand answers.
        self._asynchronous = judge if isinstance(judge, AsyncJudge) else None
        self._calibration = calibration
        self._own = own
        self._endpoint = endpoint
        self._wordings: dict[Language, Wording] = {}
        self._lock = threading.Lock()
        self._worker: ThreadPoolExecutor | None = None

    @classmethod
    def offline(
        cls,
        embedder: "str | Embedder" = "bundled",
        *,
        settings: Settings | None = None,
        folders: Folders | None = None,
        calibration: TeacherScale | None = None,
    ) -> "Grader":
        """Return a grader that needs no network.

        Parameters
        ----------
        embedder : str or Embedder
            "bundled"; the name or path of a model that was fitted with `kaoguan embedders fit`; or an object with `id`
            and `encode(texts)` -> float32 unit rows, shape (len(texts), dimensions), fitted with `kaoguan.fit`.
        settings, folders : optional
            In the place of what is configured.
        calibration : TeacherScale, optional
            A teacher's scale.

        Raises
        ------
        SettingError
            When the model is not on this machine.
        CalibrationError
            When nothing was fitted for it.
        ProviderError
            When it cannot be loaded.
        """
        settings, folders = configured(settings, folders)
        judge = offline_judge(embedder, settings, folders)
        return cls(judge, calibration=calibration, own=folders.prompts)

    @classmethod
    def llm(
        cls,
        *,
        model: str | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        settings: Settings | None = None,
        folders: Folders | None = None,
        calibration: TeacherScale | None = None,
    ) -> "Grader":
        """Return a grader that asks a language model at any OpenAI-compatible endpoint.

        Parameters
        ----------
        model, base_url, api_key : str, optional
            None: as configured (OPENAI_API_KEY, OPENAI_BASE_URL, KAOGUAN_MODEL, config.toml).
        settings, folders : optional
            In the place of what is configured.
        calibration : TeacherScale, optional
            A teacher's scale.

        Raises
        ------
        ProviderError
            When no endpoint is configured, or it has no or several models to choose from.
        """
        settings, folders = configured(settings, folders, model=model, base_url=base_url, api_key=api_key)
        judge = llm_judge(settings, folders)
        return cls(judge, calibration=calibration, own=folders.prompts, endpoint=settings.base_url or "")

    @classmethod
    def hybrid(
        cls,
        *,
        model: str | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        embedder: "str | Embedder" = "bundled",
        when: Literal["always", "uncertain"] = "always",
        settings: Settings | None = None,
        folders: Folders | None = None,
        calibration: TeacherScale | None = None,
    ) -> "Grader":
        """Return a grader that combines the offline judge with a language model.

        Parameters are those of `offline` and `llm`; `when` "uncertain" asks the model only about key points of which
        the offline judge is not sure. Raises what those two raise.
        """
        # openai costs 0.65 s: offline grading must not pay it.
        from kaoguan.grading.hybrid import HybridJudge, When

        settings, folders = configured(settings, folders, model=model, base_url=base_url, api_key=api_key)
        judge = HybridJudge(offline_judge(embedder, settings, folders), llm_judge(settings, folders), when=When(when))
        return cls(judge, calibration=calibration, own=folders.prompts, endpoint=settings.base_url or "")

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_lock": None, "_worker": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lock = threading.Lock()

    @property
    def judge(self) -> Ruler:
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
        """Return the grade of one answer; `id` is the submission's.

        Returns
        -------
        Grade
            `score` is 0-100, or None where the judge gave nothing usable; `verdicts` has one per key point, in order,
            with `confidence` 0-1 and `span`, half-open offsets into `answer`, or None.

        Raises
        ------
        ProviderError
            When an endpoint cannot be used by any call; a single call that fails leaves the answer unscored instead.
        """
        return self._graded(rubric, answer, id, self._judge.judge(rubric, answer))

    def grade_many(self, asked: Sequence[Asked]) -> list[Grade]:
        """Return the grade of each (rubric, answer, id), in order; sooner than one by one where the judge can.

        The grades are those that `grade` gives. Raises ProviderError.
        """
        if isinstance(self._judge, ManyJudge):
            judgements = self._judge.judge_many([(rubric, answer) for rubric, answer, _ in asked])
        elif isinstance(self._judge, LoopJudge):
            judgements = _side_by_side(self._judge, asked)
        else:
            judgements = [self._judge.judge(rubric, answer) for rubric, answer, _ in asked]
        return [
            self._graded(rubric, answer, id, judgement)
            for (rubric, answer, id), judgement in zip(asked, judgements, strict=True)
        ]

    def grade_stream(
        self, asked: Iterable[Asked] | AsyncIterable[Asked], *, store: GradeStore | None = None, at_once: int = _AT_ONCE
    ) -> GradeStream:
        """Return the grades of any number of answers as they come, in order: for `for` or `async for`, once.

        Parameters
        ----------
        asked : iterable or async iterable of (Rubric, str, str)
            Rubric, answer, id. At most `at_once` are taken ahead of what you have read.
        store : GradeStore, optional
            Where grades are kept, as `kaoguan.GradeCache(path)` does: a stream that was broken off goes on there.
            Unscored grades are not kept.
        at_once : int
            How many answers are under way, at most.
        """
        return GradeStream(self, asked, store, at_once)

    async def grade_async(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer, and leave your event loop free meanwhile. Raises as `grade` does.

        A language model is asked on a thread with a loop of its own, many answers at a time; an offline judge rules on
        one thread, one answer at a time: it fills a core anyway.
        """
        if isinstance(self._judge, LoopJudge):
            judgement = await asyncio.wrap_future(self._judge.start(rubric, answer))
        elif isinstance(self._judge, AsyncJudge):
            judgement = await self._judge.judge_async(rubric, answer)
        else:
            return await self.beside(lambda: self.grade(rubric, answer, id=id))
        return self._graded(rubric, answer, id, judgement)

    async def grade_here(self, rubric: Rubric, answer: str, *, id: str = "", offline: Judgement | None = None) -> Grade:
        """Return the grade of one answer, asked for on this very loop: for engines, which have loops of their own.

        `offline` is the offline part, where it is known.
        """
        if self._asynchronous:
            judgement = await self._asynchronous.judge_async(rubric, answer, offline=offline)
        else:
            judgement = self._judge.judge(rubric, answer)
        return self._graded(rubric, answer, id, judgement)

    async def beside(self, work: Callable[[], T]) -> T:
        """Return what a plain function returns, done on this grader's thread while the event loop goes on."""
        with self._lock:
            # One thread: threads that compute keep an event loop from its turn, and more of them would be no faster.
            self._worker = self._worker or ThreadPoolExecutor(1, thread_name_prefix="kaoguan-grader")
        return await asyncio.wrap_future(self._worker.submit(work))

    def kept_under(self, rubric: Rubric, answer: str) -> bytes:
        """Return the key under which a store keeps this grade: a hash of all that it depends on."""
        return keys_of(self.identity, rubric)(answer)

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


def _side_by_side(judge: LoopJudge, asked: Sequence[Asked]) -> list[Judgement]:
    judgements: list[Judgement] = []
    for first in range(0, len(asked), _AT_ONCE):
        started = [judge.start(rubric, answer) for rubric, answer, _ in asked[first : first + _AT_ONCE]]
        try:
            judgements += [future.result() for future in started]
        finally:  # Ctrl-C too: nothing may go on being paid for
            for future in started:
                future.cancel()
    return judgements
