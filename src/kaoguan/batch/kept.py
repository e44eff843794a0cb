"""Grades kept by what they depend on: the journal by which a run that was broken off goes on, and a cache.

What a grade depends on is the rubric's fingerprint, the answer, and the identity of who grades (judge, prompt, model,
embedder, calibration, program). The answer itself is kept as a hash only. An unscored grade is not kept, so that the
next run tries again.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from kaoguan import grading, private
from kaoguan.errors import SettingError
from kaoguan.models import Grade, Label, Rubric, Submission

_TABLE = "CREATE TABLE IF NOT EXISTS grades (key BLOB PRIMARY KEY, grade TEXT NOT NULL)"


class Kept:
    """Grades in a small database; safe against kill -9 at any moment, as each one is written when it is there."""

    def __init__(self, path: Path) -> None:
        """Open `path`, created 0600 when it is not there. Raises SettingError."""
        self._path = path
        with self._mended():
            self._connection = private.cache(path, _TABLE, patience=30)

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
        with self._mended():
            row = self._connection.execute("SELECT grade FROM grades WHERE key = ?", (key,)).fetchone()
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
        with self._mended():
            self._connection.execute("INSERT OR REPLACE INTO grades VALUES (?, ?)", (key, content))

    @contextmanager
    def _mended(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            mend = "free some disk space or delete it; what is in it is only graded again"
            raise SettingError(str(self._path), f"cannot be used ({error})", mend) from error


def _program() -> str:
    """Return a hash of the code that grades: another version of it may grade otherwise. Its data have their own."""
    package = Path(grading.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *(package.parent / "embeddings").glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
