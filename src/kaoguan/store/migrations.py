"""The database's schema as ordered steps; `PRAGMA user_version` counts those that were taken.

A step is never edited once released: a change is a new step at the end.
"""

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]


def _sessions_turns_grades(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE sessions (
            id TEXT PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, mode TEXT NOT NULL,
            questions INTEGER NOT NULL, plan TEXT NOT NULL, draft TEXT NOT NULL DEFAULT ''
        )"""
    )
    connection.execute("CREATE INDEX sessions_by_start ON sessions (started_at)")
    connection.execute(
        """CREATE TABLE turns (
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, seq INTEGER NOT NULL,
            speaker TEXT NOT NULL, kind TEXT NOT NULL, rubric_id TEXT, key_point TEXT, misconception TEXT,
            text TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (session_id, seq)
        ) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE grades (
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, rubric_id TEXT NOT NULL,
            stage TEXT NOT NULL, answer_sha256 TEXT NOT NULL, score REAL, grade TEXT NOT NULL,
            PRIMARY KEY (session_id, rubric_id, stage)
        ) WITHOUT ROWID"""
    )


MIGRATIONS: tuple[Migration, ...] = (_sessions_turns_grades,)


def version(connection: sqlite3.Connection) -> int:
    """Return how many steps this database has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Take the steps that are missing, all or none; safe when two processes start at once."""
    if version(connection) >= len(steps):
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        # Read again: another process may have migrated while this one waited for the lock.
        for step in steps[version(connection) :]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
