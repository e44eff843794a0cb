"""Grades kept by what they depend on: the journal by which a run that was broken off goes on, and a cache.

What a grade depends on is the rubric's fingerprint, the answer, and the identity of who grades (judge, prompt, model,
embedder, calibration, program). The answer itself is kept as a hash only. An unscored grade is not kept, so that the
next run tries again.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from kaoguan import grading, private
from kaoguan.errors import SettingError
from kaoguan.models import Grade, Label, Rubric, Submission

_TABLE = "CREATE TABLE IF NOT EXISTS grades (key BLOB PRIMARY KEY, grade TEXT NOT NULL)"


class GradeCache:
    """Grades in a small database; safe against kill -9 at any moment, as each one is written when it is there."""

    def __init__(self, path: Path) -> None:
        """Open `path`, created 0600 when it is not there. Raises SettingError."""
        self._path = path
        try:
            self._connection = private.cache(path, _TABLE, patience=30)
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def keys(self, identity: str, rubrics: Mapping[str, Rubric]) -> Callable[[Submission], bytes]:
        """Return what gives the key of a submission's grade."""
        program = _program()
        starts = {
            id_: hashlib.sha256(json.dumps([program, identity, rubric.fingerprint]).encode())
            for id_, rubric in rubrics.items()
        }

        def key(submission: Submission) -> bytes:
            digest = starts[submission.rubric_id].copy()
            digest.update(submission.answer.encode())
            return digest.digest()

        return key

    def get(self, key: bytes) -> Grade | None:
        """Return the grade under this key, without an id; None when there is none. Raises SettingError."""
        row = self._execute("SELECT grade FROM grades WHERE key = ?", key)
        if row is None:
            return None
        try:
            return Grade.model_validate_json(row[0])
        except ValidationError:  # another version's: it is graded anew
            return None

    def put(self, key: bytes, grade: Grade) -> None:
        """Keep a grade. Raises SettingError."""
        if any(verdict.verdict is Label.UNSCORED for verdict in grade.verdicts):
            return
        content = grade.model_copy(update={"id": ""}).model_dump_json()
        self._execute("INSERT OR REPLACE INTO grades VALUES (?, ?)", key, content)

    def _execute(self, statement: str, *values: object) -> tuple[str, ...] | None:
        try:
            row: tuple[str, ...] | None = self._connection.execute(statement, values).fetchone()
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return row

    def _unusable(self, error: Exception) -> SettingError:
        mend = "free some disk space or delete it; what is in it is only graded again"
        return SettingError(str(self._path), f"cannot be used ({error})", mend)


def _program() -> str:
    """Return a hash of the code that grades: another version of it may grade otherwise. Its data have their own."""
    package = Path(grading.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *(package.parent / "embeddings").glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
