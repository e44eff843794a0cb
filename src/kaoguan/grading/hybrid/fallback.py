"""The LLM judge with the offline judge behind it: where the model gives nothing, the offline grade stands, flagged."""

from collections.abc import Callable

from kaoguan.errors import ProviderError
from kaoguan.grading.hybrid.judge import Offline, offline_alone
from kaoguan.grading.llm import LLMJudge
from kaoguan.llm import OutOfReachError
from kaoguan.models import Judgement, JudgeName, ReviewReason, Rubric, Usage


class FallbackJudge:
    """Rules as the LLM judge does, as long as it does."""

    name = JudgeName.LLM

    def __init__(self, llm: LLMJudge, offline: Callable[[], Offline]) -> None:
        """`offline` loads the other judge, when it is needed."""
        self._llm = llm
        self._load = offline
        self._offline: Offline | None = None

    @property
    def model(self) -> str:
        """Return the model's name."""
        return self._llm.model

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return the LLM judge's."""
        return self._llm.fingerprints

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point: the LLM's, or the offline judge's and why."""
        try:
            ruled = self._llm.judge(rubric, answer)
        except ProviderError as error:
            lost = isinstance(error, OutOfReachError)
            return self._alone(rubric, answer, ReviewReason.CONNECTION if lost else ReviewReason.REJECTED, Usage())
        reason = next((reason for reason in ruled.review_reasons if reason.of_the_call), None)
        return self._alone(rubric, answer, reason, ruled.usage or Usage()) if reason else ruled

    def _alone(self, rubric: Rubric, answer: str, reason: ReviewReason, usage: Usage) -> Judgement:
        self._offline = self._offline or self._load()
        return offline_alone(self._offline.judge(rubric, answer), reason, usage)
