"""Who rules: from the words of `--judge`, `--embedder`, `--model` … and what is configured to graders.

judging("auto").grader().grade(rubric, answer)
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from kaoguan import config
from kaoguan.config import Folders, JudgeChoice, Settings
from kaoguan.errors import SettingError
from kaoguan.grading.grader import Grader
from kaoguan.grading.judge import Judge, TeacherScale
from kaoguan.grading.opening import offline_judge
from kaoguan.models import JudgeName

if TYPE_CHECKING:
    from kaoguan.grading.offline import OfflineJudge
    from kaoguan.llm import ChatModel

CallsChoice = Literal["per-answer", "per-point"]
LLMWhen = Literal["always", "uncertain"]


class Graders(NamedTuple):
    """A grader, and one of its offline half alone where it has one: engines run that on several cores."""

    grader: Grader
    offline: Grader | None = None


@dataclass(frozen=True)
class Judging:
    """Who rules. Makes graders, and can be sent to other processes to make them there."""

    judge: JudgeName
    settings: Settings
    """With the embedder and the model that were chosen."""
    folders: Folders
    calibration: TeacherScale | None = None
    calls: CallsChoice = "per-answer"
    llm_when: LLMWhen = "always"
    retries: int | None = None
    """How often a call of a language model is tried again; None: the usual number."""
    fall_back: bool = False
    """Whether the offline judge rules where a language model that rules alone gives nothing."""

    def grader(self) -> Grader:
        """Return a grader. Raises ProviderError when a model cannot be opened, CalibrationError where none fits."""
        if self.judge is JudgeName.OFFLINE:
            return self._graded(offline_judge(self.settings.embedder, self.settings, self.folders))
        from kaoguan import llm  # openai costs 0.65 s: offline grading must not pay it

        return self.asking(llm.open_model(self.settings, self.folders, retries=self.retries)).grader

    def offline_grader(self) -> Grader:
        """Return a grader of the offline judge alone, on our own scale. Raises as `grader` does."""
        return Grader(offline_judge(self.settings.embedder, self.settings, self.folders), own=self.folders.prompts)

    def asking(self, model: "ChatModel") -> Graders:
        """Return graders that ask this very model: paced, recorded, scripted."""
        from kaoguan.grading.hybrid import FallbackJudge, HybridJudge, When
        from kaoguan.grading.llm import LLMJudge

        llm_judge = LLMJudge(model, per_point=self.calls == "per-point", own=self.folders.prompts)
        if self.judge is JudgeName.LLM and not self.fall_back:
            return Graders(self._graded(llm_judge))
        if self.judge is JudgeName.LLM:
            return Graders(self._graded(FallbackJudge(llm_judge, self._offline)))
        offline = self._offline()
        hybrid = HybridJudge(offline, llm_judge, when=When(self.llm_when))
        return Graders(self._graded(hybrid), Grader(offline, own=self.folders.prompts))

    def _offline(self) -> "OfflineJudge":
        return offline_judge(self.settings.embedder, self.settings, self.folders)

    def _graded(self, judge: Judge) -> Grader:
        endpoint = "" if self.judge is JudgeName.OFFLINE else self.settings.base_url or ""
        return Grader(judge, calibration=self.calibration, own=self.folders.prompts, endpoint=endpoint)


def judging(
    judge: str | None = None,
    embedder: str | None = None,
    *,
    model: str | None = None,
    calls: CallsChoice = "per-answer",
    llm_when: LLMWhen = "always",
    calibration: TeacherScale | None = None,
    retries: int | None = None,
) -> Judging:
    """Return who rules, in the words of the command line; None: as configured, else `auto`.

    Raises SettingError, and ProviderError where a language model is wanted but not configured.
    """
    settings, folders = config.load(), config.folders()
    settings = replace(settings, model=model or settings.model, embedder=embedder or settings.embedder)
    chosen = judge or settings.judge
    if chosen == "auto":
        chosen = "hybrid" if settings.has_endpoint else "offline"
    if chosen not in get_args(JudgeChoice):
        # A session that a program held with a judge of its own: only that program has it.
        raise SettingError(f"judge {chosen!r}", "is none of ours", "choose another: --judge offline, llm or hybrid")
    if chosen != "offline":
        from kaoguan import llm  # openai costs 0.65 s: offline grading must not pay it

        settings = llm.with_model(settings)
    return Judging(JudgeName(chosen), settings, folders, calibration, calls, llm_when, retries)
