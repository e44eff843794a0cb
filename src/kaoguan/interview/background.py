"""A grader that is loaded while the candidate types the first answer."""

import threading
from collections.abc import Callable

from kaoguan.errors import KaoguanError
from kaoguan.interview.interview import Grades
from kaoguan.models import Grade, Rubric


class BackgroundGrader:
    """Grades with what `load` returns; `start` loads it in a thread, else the first grade does."""

    def __init__(self, load: Callable[[], Grades]) -> None:
        self._load = load
        self._loaded: Grades | None = None
        # A daemon, so that leaving never waits for a model that is still being read.
        self._thread = threading.Thread(target=self._load_quietly, daemon=True)

    def start(self) -> None:
        """Begin to load and return at once."""
        self._thread.start()

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer. Raises what loading raised."""
        if self._thread.is_alive():
            self._thread.join()
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded.grade(rubric, answer, id=id)

    def _load_quietly(self) -> None:
        try:
            self._loaded = self._load()
        except KaoguanError:
            # The first grade loads again and raises it where it can be shown: here nobody would see it.
            return
