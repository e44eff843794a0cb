"""Whether a model can be trusted with grades: three answers whose verdicts are known beforehand, tried one by one."""

import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Literal

from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.llm.judge import LLMJudge
from kaoguan.grading.llm.look import Look
from kaoguan.grading.scoring import score
from kaoguan.models import Label, Model, Rubric, Usage

TrialName = Literal["floor", "canary", "reference"]
"""An empty answer and one that only gives orders, in which nothing may be found; the reference answer."""

# The reference answer covers every key point; a model that gives it less than this does not follow.
_UNDERSTANDS = 70.0


class Trial(Model):
    """How a model did on one answer whose verdicts are known: did it pass, how long and how much did it take."""

    passed: bool
    score: float | None
    seconds: float
    usage: Usage

    @property
    def tokens_per_second(self) -> float:
        """Return how quickly it wrote, reading included; 0 where tokens are not counted."""
        return self.usage.completion_tokens / self.seconds if self.seconds else 0.0


def trials(
    judge: LLMJudge, rubric: Rubric, attack: str
) -> Iterator[tuple[TrialName, Callable[[], Coroutine[Any, Any, Trial]]]]:
    """Yield each trial's name, and what runs it. `attack` is an answer that only gives orders."""
    answers: dict[TrialName, str] = {"floor": "", "canary": attack, "reference": rubric.reference_answer}
    for name, answer in answers.items():
        yield name, lambda name=name, answer=answer: _trial(judge, rubric, name, answer)  # type: ignore[misc]


async def _trial(judge: LLMJudge, rubric: Rubric, name: TrialName, answer: str) -> Trial:
    start = time.perf_counter()
    look = await judge.look(rubric, Answer(answer))
    seconds = time.perf_counter() - start
    points = score(rubric.key_points, tuple(look.verdicts.values()))
    passed = (points or 0) >= _UNDERSTANDS and not look.believing if name == "reference" else _found_nothing(look)
    return Trial(passed=passed, score=points, seconds=seconds, usage=look.usage)


def _found_nothing(look: Look) -> bool:
    silent = all(verdict.verdict is Label.MISSING for verdict in look.verdicts.values())
    return silent and not look.unverified and not look.fooled
