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


def _overrides(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE sessions ADD COLUMN mine INTEGER NOT NULL DEFAULT 1")
    # The list of sessions needs nothing of a grade but its score.
    connection.execute("CREATE INDEX grades_by_stage ON grades (session_id, stage, rubric_id, score)")
    connection.execute(
        """CREATE TABLE overrides (
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, seq INTEGER NOT NULL,
            rubric_id TEXT NOT NULL, stage TEXT NOT NULL, key_point TEXT NOT NULL, answer_sha256 TEXT NOT NULL,
            was TEXT NOT NULL, verdict TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) WITHOUT ROWID"""
    )


def _reviews(connection: sqlite3.Connection) -> None:
    """What follows from the grades, kept ready: see kaoguan.learning. `stale` holds the sessions not yet followed."""
    connection.execute(
        """CREATE TABLE attempts (
            session_id TEXT NOT NULL, rubric_id TEXT NOT NULL, at TEXT NOT NULL, unaided REAL, final REAL,
            recalled INTEGER NOT NULL, missed INTEGER NOT NULL, PRIMARY KEY (session_id, rubric_id)
        ) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE reviews (
            rubric_id TEXT NOT NULL, key_point TEXT NOT NULL, at TEXT NOT NULL, session_id TEXT NOT NULL,
            verdict TEXT NOT NULL, rating TEXT, PRIMARY KEY (rubric_id, key_point, at, session_id)
        ) WITHOUT ROWID"""
    )
    connection.execute("CREATE INDEX reviews_by_session ON reviews (session_id)")
    connection.execute(
        """CREATE TABLE cards (
            rubric_id TEXT NOT NULL, key_point TEXT NOT NULL, stability REAL, difficulty REAL, due TEXT, reviewed TEXT,
            asked TEXT NOT NULL, reviews INTEGER NOT NULL, misses INTEGER NOT NULL, recent TEXT NOT NULL,
            PRIMARY KEY (rubric_id, key_point)
        ) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE changes (
            rubric_id TEXT NOT NULL, key_point TEXT NOT NULL, at TEXT NOT NULL, mastered INTEGER NOT NULL,
            PRIMARY KEY (rubric_id, key_point, at)
        ) WITHOUT ROWID"""
    )
    connection.execute("CREATE TABLE asked (rubric_id TEXT PRIMARY KEY, at TEXT NOT NULL, rubric TEXT NOT NULL)")
    connection.execute("CREATE TABLE stale (session_id TEXT PRIMARY KEY) WITHOUT ROWID")
    follow = "BEGIN INSERT OR IGNORE INTO stale VALUES (new.session_id); END"
    connection.execute(f"CREATE TRIGGER grade_stored AFTER INSERT ON grades {follow}")
    connection.execute(f"CREATE TRIGGER grade_changed AFTER UPDATE ON grades {follow}")
    connection.execute("INSERT INTO stale SELECT DISTINCT session_id FROM grades")


def _search(connection: sqlite3.Connection) -> None:
    """Index what was said by runs of three characters, which is how Chinese without spaces can be searched."""
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE said USING fts5 (text, session_id UNINDEXED, seq UNINDEXED, tokenize = 'trigram')"
        )
    except sqlite3.OperationalError as error:
        # An sqlite before 3.34 or without FTS5 searches by reading everything.
        if not any(sign in str(error) for sign in ("no such module", "no such tokenizer", "error in tokenizer")):
            raise
        return
    connection.execute(
        """CREATE TRIGGER turn_said AFTER INSERT ON turns WHEN new.text != ''
        BEGIN INSERT INTO said (text, session_id, seq) VALUES (new.text, new.session_id, new.seq); END"""
    )
    connection.execute(
        "INSERT INTO said (text, session_id, seq) SELECT text, session_id, seq FROM turns WHERE text != ''"
    )


def _unsettled(connection: sqlite3.Connection) -> None:
    """Let all sessions be followed before any key point is: `unsettled` holds those that are not up to date."""
    connection.execute(
        "CREATE TABLE unsettled (rubric_id TEXT NOT NULL, key_point TEXT NOT NULL, PRIMARY KEY (rubric_id, key_point))"
        " WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX attempts_by_rubric ON attempts (rubric_id, at)")
    connection.execute("CREATE INDEX attempts_by_day ON attempts (at)")


MIGRATIONS: tuple[Migration, ...] = (_sessions_turns_grades, _overrides, _reviews, _search, _unsettled)


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
