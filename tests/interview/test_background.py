"""The grader gets ready in the background, and says what is wrong in the foreground."""

import threading

import pytest

from kaoguan.errors import ProviderError
from kaoguan.grading import Grader
from kaoguan.interview.background import BackgroundGrader
from kaoguan.models import Grade, Rubric
from kaoguan.testing import KeywordJudge
from tests.interview.bank import rubric


class Counting:
    """A grader that notes what it grades, and whether two grades ever ran at once."""

    def __init__(self) -> None:
        self.graded: list[str] = []
        self.ready = threading.Event()
        self._busy = threading.Lock()

    def grade(self, about: Rubric, answer: str, *, id: str = "") -> Grade:
        assert self._busy.acquire(blocking=False), "two grades at once"
        self.graded.append(about.id)
        if len(self.graded) == 3:
            self.ready.set()
        self._busy.release()
        return Grader(KeywordJudge()).grade(about, answer, id=id)


def test_every_planned_rubric_is_prepared_once_with_one_grader() -> None:
    counting, loads = Counting(), []

    def load() -> Counting:
        loads.append(1)
        return counting

    background = BackgroundGrader(load, [rubric(number) for number in (1, 2, 3)])
    background.start()
    assert background.grade(rubric(1), "第1题的甲要点成立").score == 50
    assert counting.ready.wait(5)
    assert loads == [1]


def test_preparing_looks_at_the_rubric() -> None:
    seen: list[str] = []

    class Noting(Counting):
        def grade(self, about: Rubric, answer: str, *, id: str = "") -> Grade:
            seen.append(answer)
            return super().grade(about, answer, id=id)

    counting = Noting()
    BackgroundGrader(lambda: counting, [rubric(number) for number in (1, 2, 3)]).start()
    assert counting.ready.wait(5)
    # The offline judge rules on a mere question without a look at the rubric.
    assert seen == [rubric(number).key_points[0].text for number in (1, 2, 3)]


def test_what_is_wrong_with_the_model_is_raised_by_the_first_grade() -> None:
    def load() -> Counting:
        raise ProviderError("embedder", "is not installed", "install it")

    background = BackgroundGrader(load, [rubric(1)])
    background.start()
    with pytest.raises(ProviderError, match="install it"):
        background.grade(rubric(1), "甲")
