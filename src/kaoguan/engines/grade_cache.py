"""Grades kept by what they depend on: the journal by which a run that was broken off goes on, and a cache.

A grade depends on who grades (`Grader.identity`), on everything in the rubric and on the answer, of which a hash is
kept. A grade for which the language model gave nothing is not kept, so that the next run tries again.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from kaoguan.errors import SettingError
from kaoguan.grading.grade_key import keys_of
from kaoguan.key_value_store import KeyValueStore
from kaoguan.models import Grade, Label, ReviewReason, Rubric, Submission


class GradeCache:
    """Grades in a small database; safe against kill -9 at any moment, as each one is written when it is there."""

    def __init__(self, path: Path) -> None:
        """Open `path`, created 0600 when it is not there. Raises SettingError."""
        self._path = path
        with self._explained():
            self._store = KeyValueStore(path, "grades")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def keys(self, identity: str, rubrics: Mapping[str, Rubric]) -> Callable[[Submission], bytes]:
        """Return a function from a submission to the key of its grade."""
        answers = {id_: keys_of(identity, rubric) for id_, rubric in rubrics.items()}
        return lambda submission: answers[submission.rubric_id](submission.answer)

    def get(self, key: bytes) -> Grade | None:
        """Return the grade under this key, without an id; None when there is none. Raises SettingError."""
        with self._explained():
            found = self._store.get(key)
        if found is None:
            return None
        try:
            return Grade.model_validate_json(found)
        except ValidationError:  # another version's: it is graded anew
            return None

    def put(self, key: bytes, grade: Grade) -> None:
        """Keep a grade. Raises SettingError."""
        if any(verdict.verdict is Label.UNSCORED for verdict in grade.verdicts):
            return
        if any(ReviewReason(reason).of_the_call for reason in grade.review_reasons):
            return
        with self._explained():
            self._store.put(key, grade.model_copy(update={"id": ""}).model_dump_json())

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            mend = "free some disk space or delete it; what is in it is only graded again"
            raise SettingError(str(self._path), f"cannot be used ({error})", mend) from error
