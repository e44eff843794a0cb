"""The SQLite file: opened privately, written durably, and never deleted, whatever is wrong with it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kaoguan.errors import SessionError
from kaoguan.models import Grade
from kaoguan.store.migrations import MIGRATIONS, migrate, version
from kaoguan.store.records import Kind, Plan, Session, StoredGrade, Summary, Turn

# How long a process waits for another one's write, which takes milliseconds.
_PATIENCE_SECONDS = 5.0

_SUMMARIES = """
    SELECT id, started_at, finished_at, mode, questions,
        (SELECT count(DISTINCT rubric_id) FROM grades WHERE session_id = id AND stage = 'final') AS answered,
        (SELECT round(avg(score), 1) FROM grades WHERE session_id = id AND stage = 'unaided') AS unaided,
        (SELECT round(avg(score), 1) FROM grades WHERE session_id = id AND stage = 'final') AS final
    FROM sessions ORDER BY started_at DESC, id"""

_MEND = {
    "readonly": "make the file and its folder writable, or set KAOGUAN_HOME to a folder that is",
    "read-only": "make the file and its folder writable, or set KAOGUAN_HOME to a folder that is",
    "unable to open": "make its folder writable, or set KAOGUAN_HOME to a folder that is",
    "full": "free some space; everything submitted before is safe",
    "locked": "another kaoguan is writing; try again in a moment",
    "not a database": "move it away to start a new one; it was left as it is",
    "malformed": "move it away to start a new one, or rescue it with `sqlite3 FILE .recover`; it was left as it is",
}


class Store:
    """Sessions, turns and grades in one database. Every method raises SessionError when the database cannot do it."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self._connection = connection
        self._where = where

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the store in `path`, made (0600, in a 0700 folder) or migrated as needed. Raises SessionError."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Made by us first, because sqlite would make it readable for everyone.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
        except OSError as error:
            raise SessionError(str(path), f"cannot be opened ({error.strerror})", _MEND["unable to open"]) from error
        with _translated(str(path)):
            connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
        return cls._prepared(connection, str(path))

    @classmethod
    def in_memory(cls) -> Self:
        """Return a store that forgets everything when it is closed."""
        return cls._prepared(sqlite3.connect(":memory:", isolation_level=None), "memory")

    @classmethod
    def _prepared(cls, connection: sqlite3.Connection, where: str) -> Self:
        with _translated(where):
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA synchronous = FULL")  # on disk, not on its way there, when a commit returns
            connection.execute("PRAGMA foreign_keys = ON")
            if version(connection) > len(MIGRATIONS):
                raise SessionError(where, "was written by a newer kaoguan", "upgrade: pip install -U kaoguan")
            migrate(connection)
        return cls(connection, where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # --- writing ------------------------------------------------------------------------------------------------------

    def create(self, session: Session) -> None:
        """Store a new session."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO sessions (id, started_at, mode, questions, plan) VALUES (?, ?, ?, ?, ?)",
                (
                    session.id,
                    session.started_at.isoformat(),
                    session.plan.mode,
                    len(session.plan.rubrics),
                    session.plan.model_dump_json(),
                ),
            )

    def append(self, session_id: str, turn: Turn) -> None:
        """Put one turn on disk. An answer takes the draft's place; the closing finishes the session."""
        row = turn.model_dump(mode="json")
        try:
            with self._transaction() as connection:
                connection.execute(
                    "INSERT INTO turns (session_id, seq, speaker, kind, rubric_id, key_point, misconception, text, at)"
                    " VALUES (:session_id, :seq, :speaker, :kind, :rubric_id, :key_point, :misconception, :text, :at)",
                    row | {"session_id": session_id},
                )
                if turn.kind is Kind.ANSWER:
                    connection.execute("UPDATE sessions SET draft = '' WHERE id = ?", (session_id,))
                elif turn.kind is Kind.CLOSING:
                    finished = (turn.at.isoformat(), session_id)
                    connection.execute("UPDATE sessions SET finished_at = ? WHERE id = ?", finished)
        except sqlite3.IntegrityError as error:
            what = "it went on somewhere else in the meantime"
            raise SessionError(f"session {session_id}", what, "run `kaoguan interview --resume` again") from error

    def save_draft(self, session_id: str, text: str) -> None:
        """Keep what was typed but not submitted."""
        with self._transaction() as connection:
            connection.execute("UPDATE sessions SET draft = ? WHERE id = ?", (text, session_id))

    def save_grade(self, session_id: str, graded: StoredGrade) -> None:
        """Store a grade in the place of an earlier one of the same question and stage."""
        key = (session_id, graded.rubric_id, graded.stage, graded.answer_sha256)
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO grades (session_id, rubric_id, stage, answer_sha256, score, grade)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*key, graded.grade.score, graded.grade.model_dump_json()),
            )

    # --- reading ------------------------------------------------------------------------------------------------------

    def session(self, session_id: str) -> Session:
        """Return the session whose id is, or begins with, `session_id`. Raises SessionError when none or several do."""
        rows = self._rows("SELECT id FROM sessions WHERE substr(id, 1, ?) = ?", (len(session_id), session_id))
        if not rows:
            raise SessionError(f"session {session_id!r}", "there is none with this id", "see `kaoguan sessions list`")
        if len(rows) > 1 and all(row["id"] != session_id for row in rows):
            ids = ", ".join(row["id"] for row in rows[:5])
            raise SessionError(f"session {session_id!r}", f"{len(rows)} begin like this", f"write more of it: {ids}")
        exact = session_id if len(rows) > 1 else rows[0]["id"]
        row = self._rows("SELECT * FROM sessions WHERE id = ?", (exact,))[0]
        columns = {name: row[name] for name in ("id", "started_at", "finished_at", "draft")}
        return Session.model_validate(columns | {"plan": Plan.model_validate_json(row["plan"])})

    def latest(self, *, unfinished: bool = False) -> Session:
        """Return the session started last (of those that can go on). Raises SessionError when there is none."""
        where = "WHERE finished_at IS NULL" if unfinished else ""
        rows = self._rows(f"SELECT id FROM sessions {where} ORDER BY started_at DESC, id LIMIT 1")  # noqa: S608 - no input
        if not rows:
            what = "none is unfinished" if unfinished else "there are none yet"
            raise SessionError("sessions", what, "start one: kaoguan interview")
        return self.session(rows[0]["id"])

    def turns(self, session_id: str) -> tuple[Turn, ...]:
        """Return everything that was said, in order."""
        fields = "seq, speaker, kind, rubric_id, key_point, misconception, text, at"
        rows = self._rows(f"SELECT {fields} FROM turns WHERE session_id = ? ORDER BY seq", (session_id,))  # noqa: S608
        return tuple(Turn.model_validate(dict(row)) for row in rows)

    def grades(self, session_id: str) -> tuple[StoredGrade, ...]:
        """Return the session's grades."""
        rows = self._rows(
            "SELECT rubric_id, stage, answer_sha256, grade FROM grades WHERE session_id = ?", (session_id,)
        )
        return tuple(
            StoredGrade.model_validate(dict(row) | {"grade": Grade.model_validate_json(row["grade"])}) for row in rows
        )

    def summaries(self) -> tuple[Summary, ...]:
        """Return one line per session, latest first."""
        return tuple(Summary.model_validate(dict(row)) for row in self._rows(_SUMMARIES))

    # --- sqlite -------------------------------------------------------------------------------------------------------

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        with _translated(self._where):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _translated(self._where), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Turn sqlite's errors into ours, with a remedy; broken integrity is the caller's to explain."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        what = str(error)
        mend = next((mend for sign, mend in _MEND.items() if sign in what), "try again; it was left as it is")
        raise SessionError(where, what, mend) from error
