"""A grader that gets ready while the candidate types the first answer."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from kaoguan.errors import KaoguanError
from kaoguan.models import Grade, Rubric


class AnswerGrader(Protocol):
    """What the interview needs of a Grader."""

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer."""


class BackgroundGrader:
    """Grades with what `load` returns. `start` loads it in a thread and gets it ready for `rubrics`."""

    def __init__(self, load: Callable[[], AnswerGrader], rubrics: Sequence[Rubric] = ()) -> None:
        self._load = load
        self._rubrics = rubrics
        self._grader: AnswerGrader | None = None
        # One grade at a time: nobody promised that a grader can do two.
        self._turn = threading.Lock()
        # Held while waiting for that: who waits is the next, so that an answer waits for one rubric at most.
        self._next = threading.Lock()

    def start(self) -> None:
        """Begin to get ready and return at once."""
        # A daemon, so that leaving never waits for a model that is still being read.
        threading.Thread(target=self._get_ready, daemon=True).start()

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer. Raises what loading raised."""
        with self._in_turn():
            return self._loaded().grade(rubric, answer, id=id)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        with self._next:
            self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()

    def _loaded(self) -> AnswerGrader:
        if self._grader is None:
            self._grader = self._load()
        return self._grader

    def _get_ready(self) -> None:
        try:
            with self._in_turn():
                self._loaded()
            for rubric in self._rubrics:
                # A judge prepares a rubric when it first grades it, which takes longer than the grade itself. The
                # question would not do: of what only asks the offline judge rules without a look at the rubric.
                self.grade(rubric, rubric.key_points[0].text)
        except KaoguanError:
            # The first real grade loads again and raises it where it can be shown: here nobody would see it.
            return
