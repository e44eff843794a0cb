"""Sessions, turns, grades and overrides: what happened, as it happened."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from kaoguan.errors import SessionError
from kaoguan.models import Grade, Verdict
from kaoguan.session import Kind, Plan, Record, Session, StoredGrade, StoredRuling, Summary, Turn
from kaoguan.store.connection import Connection
from kaoguan.store.reviews import Reviews
from kaoguan.store.search import Hit, search
from kaoguan.text.numbers import mean

_SUMMARIES = """
    SELECT id, started_at, finished_at, mode, questions, mine,
        (SELECT count(DISTINCT rubric_id) FROM grades WHERE session_id = id AND stage = 'final') AS answered,
        (SELECT avg(score) FROM grades WHERE session_id = id AND stage = 'unaided') AS unaided,
        (SELECT avg(score) FROM grades WHERE session_id = id AND stage = 'final') AS final
    FROM sessions ORDER BY started_at DESC, id LIMIT ?"""


class Store:
    """Sessions, turns and grades in one database. Every method raises SessionError when the database cannot do it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the store in `path`, made or migrated as needed; `aside` is set where a broken one was kept aside."""
        return cls(Connection.open(path))

    @classmethod
    def in_memory(cls) -> Self:
        """Return a store that forgets everything when it is closed."""
        return cls(Connection.in_memory())

    @property
    def aside(self) -> Path | None:
        """Return where a database was put that could not be read; None: all was well."""
        return self._connection.aside

    @property
    def reviews(self) -> Reviews:
        """Return the reviews of every key point over time."""
        return Reviews(self._connection)

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
        with self._connection.transaction() as connection:
            _create(connection, session)

    def add(self, record: Record) -> None:
        """Store a whole session that happened elsewhere, or nothing of it. Raises SessionError when its id is taken."""
        session_id = record.session.id
        try:
            with self._connection.transaction() as connection:
                _create(connection, record.session)
                for turn in record.turns:
                    _append(connection, session_id, turn)
                for override in record.overrides:
                    _override(connection, session_id, override)
                for graded in record.grades:
                    _save_grade(connection, session_id, graded)
        except sqlite3.IntegrityError as error:
            raise SessionError(
                f"session {session_id}", "there is one with this id already", "delete it first"
            ) from error

    def append(self, session_id: str, turn: Turn) -> None:
        """Put one turn on disk. An answer takes the draft's place; the closing finishes the session."""
        try:
            with self._connection.transaction() as connection:
                _append(connection, session_id, turn)
        except sqlite3.IntegrityError as error:
            what = "it went on somewhere else in the meantime"
            raise SessionError(f"session {session_id}", what, "run `kaoguan interview --resume` again") from error

    def save_draft(self, session_id: str, text: str) -> None:
        """Keep what was typed but not submitted."""
        with self._connection.transaction() as connection:
            connection.execute("UPDATE sessions SET draft = ? WHERE id = ?", (text, session_id))

    def save_grade(self, session_id: str, graded: StoredGrade) -> None:
        """Store a grade in the place of an earlier one of the same question and stage."""
        with self._connection.transaction() as connection:
            _save_grade(connection, session_id, graded)

    def override(self, session_id: str, ruled: Sequence[tuple[StoredRuling, StoredGrade]]) -> None:
        """Store a person's ruling on each stage it is about, and the grades that come of it; all or nothing."""
        with self._connection.transaction() as connection:
            for override, graded in ruled:
                _override(connection, session_id, override)
                _save_grade(connection, session_id, graded)

    def delete(self, session_ids: Sequence[str], *, keep_reviews: bool = False) -> None:
        """Remove sessions for good, with everything said in them; their reviews too, unless those are to stay."""
        marks = ", ".join("?" * len(session_ids))
        with self._connection.transaction() as connection:
            connection.executemany("DELETE FROM stale WHERE session_id = ?", [(one,) for one in session_ids])
            if not keep_reviews:  # what follows from a session that is gone is nothing: kaoguan.learning sees to it
                connection.executemany("INSERT INTO stale VALUES (?)", [(one,) for one in session_ids])
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'said'").fetchone():
                connection.execute(f"DELETE FROM said WHERE session_id IN ({marks})", tuple(session_ids))  # noqa: S608
                connection.execute("INSERT INTO said (said) VALUES ('optimize')")  # deleted words stay in it else
            connection.execute(f"DELETE FROM sessions WHERE id IN ({marks})", tuple(session_ids))  # noqa: S608
        self._connection.forget_deleted()

    # --- reading ------------------------------------------------------------------------------------------------------

    def session(self, session_id: str) -> Session:
        """Return the session whose id is, or begins with, `session_id`. Raises SessionError when none or several do."""
        exact = self.find(session_id)
        row = self._connection.rows("SELECT * FROM sessions WHERE id = ?", (exact,))[0]
        columns = {name: row[name] for name in ("id", "started_at", "finished_at", "draft", "mine")}
        with _readable(exact):
            return Session.model_validate(columns | {"plan": Plan.model_validate_json(row["plan"])})

    def find(self, session_id: str) -> str:
        """Return the whole id of a session, also of a damaged one. Raises SessionError when none or several do."""
        # What begins like this sorts between it and it with the last of all characters behind it.
        rows = self._connection.rows(
            "SELECT id FROM sessions WHERE id >= ?1 AND id < ?1 || char(0x10ffff)", (session_id,)
        )
        if not rows:
            raise SessionError(f"session {session_id!r}", "there is none with this id", "see `kaoguan sessions list`")
        if len(rows) > 1 and all(row["id"] != session_id for row in rows):
            ids = ", ".join(row["id"] for row in rows[:5])
            raise SessionError(f"session {session_id!r}", f"{len(rows)} begin like this", f"write more of it: {ids}")
        return session_id if len(rows) > 1 else str(rows[0]["id"])

    def latest(self, *, unfinished: bool = False) -> Session:
        """Return the candidate's session started last (of those that can go on). Raises SessionError: there is none."""
        where = "WHERE mine" + (" AND finished_at IS NULL" if unfinished else "")
        rows = self._connection.rows(f"SELECT id FROM sessions {where} ORDER BY started_at DESC, id LIMIT 1")  # noqa: S608 - no input
        if not rows:
            what = "none is unfinished" if unfinished else "there are none yet"
            raise SessionError("sessions", what, "start one: kaoguan interview")
        return self.session(rows[0]["id"])

    def turns(self, session_id: str) -> tuple[Turn, ...]:
        """Return everything that was said, in order."""
        fields = "seq, speaker, kind, rubric_id, key_point, misconception, text, at"
        rows = self._connection.rows(f"SELECT {fields} FROM turns WHERE session_id = ? ORDER BY seq", (session_id,))  # noqa: S608
        with _readable(session_id):
            return tuple(Turn.model_validate(dict(row)) for row in rows)

    def grades(self, session_id: str) -> tuple[StoredGrade, ...]:
        """Return the session's grades."""
        rows = self._connection.rows(
            "SELECT rubric_id, stage, answer_sha256, score, grade FROM grades WHERE session_id = ?", (session_id,)
        )
        with _readable(session_id):
            return tuple(
                StoredGrade.model_validate(dict(row) | {"grade": Grade.model_validate_json(row["grade"])})
                for row in rows
            )

    def overrides(self, session_id: str) -> tuple[StoredRuling, ...]:
        """Return a person's rulings, in order."""
        rows = self._connection.rows("SELECT * FROM overrides WHERE session_id = ? ORDER BY seq", (session_id,))
        fields = tuple(StoredRuling.model_fields)
        with _readable(session_id):
            return tuple(
                StoredRuling.model_validate(
                    {name: row[name] for name in fields} | {"was": Verdict.model_validate_json(row["was"])}
                )
                for row in rows
            )

    def record(self, session_id: str) -> Record:
        """Return a session with everything that happened in it. Raises SessionError."""
        session = self.session(session_id)
        return Record(
            session=session,
            turns=self.turns(session.id),
            grades=self.grades(session.id),
            overrides=self.overrides(session.id),
        )

    def ids(self, *, before: datetime | None = None) -> tuple[str, ...]:
        """Return the ids of all sessions (started before then), latest first."""
        where, values = ("WHERE started_at < ?", (before.astimezone(UTC).isoformat(),)) if before else ("", ())
        sql = f"SELECT id FROM sessions {where} ORDER BY started_at DESC, id"  # noqa: S608 - no input
        rows = self._connection.rows(sql, values)
        return tuple(row["id"] for row in rows)

    def count(self) -> int:
        """Return how many sessions there are."""
        return int(self._connection.rows("SELECT count(*) FROM sessions")[0][0])

    def summaries(self, limit: int | None = None) -> tuple[Summary, ...]:
        """Return one line per session, latest first."""
        rows = self._connection.rows(_SUMMARIES, (-1 if limit is None else limit,))
        found: list[Summary] = []
        for row in rows:
            means = {name: mean([row[name]]) for name in ("unaided", "final")}
            # One damaged row must not hide the others; who asks for this session is told.
            with suppress(ValidationError):
                found.append(Summary.model_validate(dict(row) | means))
        return tuple(found)

    def damaged(self, limit: int | None = None) -> tuple[str, ...]:
        """Return the ids of those of the latest sessions that cannot be read; `delete` takes them."""
        sound = "SELECT id, json_valid(plan) AND typeof(plan) = 'text' AS sound FROM sessions"
        rows = self._connection.rows(f"{sound} ORDER BY started_at DESC, id LIMIT ?", (-1 if limit is None else limit,))
        listed = {one.id for one in self.summaries(limit)}
        return tuple(str(row["id"]) for row in rows if not row["sound"] or row["id"] not in listed)

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Return the turns in which all these words were said, latest first."""
        return search(self._connection, words, limit)


@contextmanager
def _readable(session_id: str) -> Iterator[None]:
    try:
        yield
    except (ValidationError, TypeError) as error:
        raise damage(session_id) from error


def damage(session_id: str) -> SessionError:
    """Return what to say of a session that cannot be read."""
    mend = f"delete it: kaoguan sessions delete {session_id}"
    return SessionError(f"session {session_id}", "is damaged in the database", mend)


def _create(connection: sqlite3.Connection, session: Session) -> None:
    connection.execute(
        "INSERT INTO sessions (id, started_at, mode, questions, plan, draft, mine) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            session.id,
            session.started_at.astimezone(UTC).isoformat(),
            session.plan.mode,
            session.plan.length,
            session.plan.model_dump_json(),
            session.draft,
            session.mine,
        ),
    )


def _append(connection: sqlite3.Connection, session_id: str, turn: Turn) -> None:
    connection.execute(
        "INSERT INTO turns (session_id, seq, speaker, kind, rubric_id, key_point, misconception, text, at)"
        " VALUES (:session_id, :seq, :speaker, :kind, :rubric_id, :key_point, :misconception, :text, :at)",
        turn.model_dump(mode="json") | {"session_id": session_id},
    )
    if turn.kind is Kind.ANSWER:
        connection.execute("UPDATE sessions SET draft = '' WHERE id = ?", (session_id,))
    elif turn.kind is Kind.CLOSING:
        connection.execute("UPDATE sessions SET finished_at = ? WHERE id = ?", (turn.at.isoformat(), session_id))


def _override(connection: sqlite3.Connection, session_id: str, override: StoredRuling) -> None:
    row = override.model_dump(mode="json") | {"session_id": session_id, "was": override.was.model_dump_json()}
    connection.execute(
        "INSERT INTO overrides SELECT :session_id, coalesce(max(seq), 0) + 1, :rubric_id, :stage, :key_point,"
        " :answer_sha256, :was, :verdict, :who, :why, :at FROM overrides WHERE session_id = :session_id",
        row,
    )


def _save_grade(connection: sqlite3.Connection, session_id: str, graded: StoredGrade) -> None:
    key = (session_id, graded.rubric_id, graded.stage, graded.answer_sha256)
    connection.execute(
        "INSERT OR REPLACE INTO grades (session_id, rubric_id, stage, answer_sha256, score, grade)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*key, graded.score, graded.grade.model_dump_json()),
    )
