"""What the grades say about every key point over time, kept ready so that nobody waits for 5 000 sessions to be read.

All of it follows from turns and grades (`kaoguan.learning` is who follows it); `stale` names the sessions whose grades
have changed since. A key point is known by rubric id and key point id alone: rewording either changes nothing here.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import ValidationError

from kaoguan.models import Label, Model, Rubric
from kaoguan.store.connection import Connection
from kaoguan.text.numbers import mean

Kind = TypeVar("Kind", bound=Model)
PointKey = tuple[str, str]
"""Rubric id and key point id."""


class Rating(StrEnum):
    """How well a key point was recalled."""

    AGAIN = "again"  # not at all
    HARD = "hard"  # in part, or only when asked for
    GOOD = "good"  # by itself
    EASY = "easy"  # by itself, as one of all


class Attempt(Model):
    """One question answered in one session; `recalled` and `missed` count its key points."""

    session_id: str
    rubric_id: str
    at: datetime
    unaided: float | None
    final: float | None
    recalled: int
    missed: int


class Review(Model):
    """What one attempt says about one key point; no rating: nothing that can be relied on."""

    session_id: str
    rubric_id: str
    key_point: str
    at: datetime
    verdict: Label
    rating: Rating | None


class Memory(Model):
    """How well something is remembered: `stability` in days, `difficulty` 1-10, and when it should be asked again."""

    stability: float
    difficulty: float
    due: datetime
    reviewed: datetime


class Card(Model):
    """Where a key point stands; `recent` are its last verdicts, oldest first. No memory: never asked reliably."""

    rubric_id: str
    key_point: str
    memory: Memory | None
    asked: datetime
    reviews: int
    misses: int
    recent: tuple[Label, ...]


class MasteryChange(Model):
    """A key point mastered (+1) or lost again (-1)."""

    rubric_id: str
    key_point: str
    at: datetime
    mastered: int


class Shift(Model):
    """How many more key points (of a rubric; None: of all) were mastered at the end of a day, in local time."""

    rubric_id: str | None
    day: date
    mastered: int


class AskedRubric(Model):
    """A rubric as it was asked last."""

    at: datetime
    rubric: Rubric


class Day(Model):
    """One day of practice, in local time; `score` is the mean after follow-ups."""

    day: date
    questions: int
    recalled: int
    missed: int
    score: float | None


class Practised(Model):
    """A question answered several times: how it went first and last."""

    rubric_id: str
    times: int
    first: Attempt
    last: Attempt


class Reviews:
    """The tables that follow from the grades. Every method raises SessionError when the database cannot do it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- following the grades -----------------------------------------------------------------------------------------

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Let no other process write meanwhile; everything in the block is stored, or nothing."""
        with self._connection.transaction():
            yield

    def stale(self, limit: int) -> tuple[str, ...]:
        """Return sessions whose grades changed since they were followed; some may be deleted by now."""
        # A damaged row is followed anew.
        wanted = "SELECT session_id FROM stale UNION SELECT session_id FROM attempts WHERE date(at) IS NULL"
        rows = self._connection.rows(f"{wanted} ORDER BY session_id LIMIT ?", (limit,))
        return tuple(row["session_id"] for row in rows)

    def replace(self, session_id: str, attempts: Sequence[Attempt], reviews: Sequence[Review]) -> None:
        """Store what a session's grades say, instead of what they said before; its key points are unsettled then."""
        rows = self._connection.rows
        old = rows("SELECT rubric_id, key_point FROM reviews WHERE session_id = ?", (session_id,))
        for table in ("attempts", "reviews", "stale"):
            rows(f"DELETE FROM {table} WHERE session_id = ?", (session_id,))  # noqa: S608 - no input
        for attempt in attempts:
            values = (attempt.unaided, attempt.final, attempt.recalled, attempt.missed)
            key = (session_id, attempt.rubric_id, _iso(attempt.at))
            rows("INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?)", (*key, *values))
        for review in reviews:
            point = (review.rubric_id, review.key_point)
            rows(
                "INSERT INTO reviews VALUES (?, ?, ?, ?, ?, ?)",
                (*point, _iso(review.at), session_id, review.verdict, review.rating),
            )
        touched = {(row["rubric_id"], row["key_point"]) for row in old}
        for point in touched | {(it.rubric_id, it.key_point) for it in reviews}:
            rows("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", point)

    def unsettled(self, limit: int) -> tuple[PointKey, ...]:
        """Return key points whose reviews changed since `keep` was told where they stand."""
        rows = self._connection.rows("SELECT rubric_id, key_point FROM unsettled LIMIT ?", (limit,))
        return tuple((row["rubric_id"], row["key_point"]) for row in rows)

    def of(self, point: PointKey) -> tuple[Review, ...]:
        """Return all reviews of a key point, oldest first."""
        sql = "SELECT * FROM reviews WHERE rubric_id = ? AND key_point = ? ORDER BY at, session_id"
        return tuple(self._read(Review, self._connection.rows(sql, point)))

    def keep(self, point: PointKey, card: Card | None, changes: Sequence[MasteryChange]) -> None:
        """Store where a key point stands and when it was mastered or lost; None: it has no reviews left."""
        rows = self._connection.rows
        for table in ("cards", "changes", "unsettled"):
            rows(f"DELETE FROM {table} WHERE rubric_id = ? AND key_point = ?", point)  # noqa: S608 - no input
        if card:
            known = card.memory
            memory = (
                (known.stability, known.difficulty, _iso(known.due), _iso(known.reviewed)) if known else (None,) * 4
            )
            counts = (_iso(card.asked), card.reviews, card.misses, " ".join(card.recent))
            rows("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*point, *memory, *counts))
        for change in changes:
            # Two sessions at the very same moment: the later one stands.
            rows("INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?)", (*point, _iso(change.at), change.mastered))

    def know(self, asked: AskedRubric) -> None:
        """Keep a rubric as it was asked, unless a later copy is known."""
        self._connection.rows(
            "INSERT INTO asked VALUES (?, ?, ?) ON CONFLICT (rubric_id) DO UPDATE"
            " SET at = excluded.at, rubric = excluded.rubric WHERE excluded.at >= at",
            (asked.rubric.id, _iso(asked.at), asked.rubric.model_dump_json()),
        )

    # --- reading ------------------------------------------------------------------------------------------------------

    def cards(self) -> tuple[Card, ...]:
        """Return every key point that was ever asked."""
        return tuple(self._read(Card, self._connection.rows("SELECT * FROM cards")))

    def asked(self) -> dict[str, Rubric]:
        """Return every rubric that was ever asked, as it was asked last, by id."""
        found: dict[str, Rubric] = {}
        for row in self._connection.rows("SELECT rubric FROM asked ORDER BY rubric_id"):
            # The next session that asks it writes it anew.
            with suppress(ValidationError):
                rubric = Rubric.model_validate_json(row["rubric"])
                found[rubric.id] = rubric
        return found

    def shifts(self, *, apart: bool, since: date = date.min) -> tuple[Shift, ...]:
        """Return on which days key points were mastered or lost that their rubrics still have, oldest first.

        `apart`: each rubric's by themselves.
        """
        rubric, group = ("rubric_id", "day, rubric_id") if apart else ("NULL", "day")
        sql = f"""
            WITH known AS MATERIALIZED (
                SELECT rubric_id, json_extract(value, '$.id') AS key_point
                FROM (SELECT * FROM asked WHERE json_valid(rubric)), json_each(rubric, '$.key_points')
            )
            SELECT {rubric} AS rubric_id, date(at, 'localtime') AS day, sum(mastered) AS mastered
            FROM changes JOIN known USING (rubric_id, key_point) WHERE at >= ?
            GROUP BY {group} ORDER BY {group}"""  # noqa: S608
        return tuple(Shift.model_validate(dict(row)) for row in self._connection.rows(sql, (_begin(since),)))

    def dates(self) -> tuple[date, ...]:
        """Return on which days there was practice, in local time, oldest first."""
        rows = self._connection.rows("SELECT DISTINCT date(at, 'localtime') AS day FROM attempts ORDER BY day")
        return tuple(date.fromisoformat(row["day"]) for row in rows)

    def days(self, *, since: date = date.min) -> tuple[Day, ...]:
        """Return the days of practice, oldest first."""
        sql = (
            "SELECT date(at, 'localtime') AS day, count(*) AS questions, sum(recalled) AS recalled,"
            " sum(missed) AS missed, avg(final) AS score"
            " FROM attempts WHERE at >= ? GROUP BY day ORDER BY day"
        )
        rows = self._connection.rows(sql, (_begin(since),))
        return tuple(Day.model_validate(dict(row) | {"score": mean([row["score"]])}) for row in rows)

    def practised(self) -> tuple[Practised, ...]:
        """Return the questions that were answered more than once, the latest first."""
        often = "SELECT rubric_id, count(*) AS times FROM attempts GROUP BY rubric_id HAVING times > 1"
        found = [
            Practised(
                rubric_id=row["rubric_id"],
                times=row["times"],
                first=self._attempt(row["rubric_id"], "ASC"),
                last=self._attempt(row["rubric_id"], "DESC"),
            )
            for row in self._connection.rows(often)
        ]
        return tuple(sorted(found, key=lambda it: it.last.at, reverse=True))

    def _read(self, kind: type[Kind], rows: Iterable[sqlite3.Row]) -> Iterator[Kind]:
        """Yield what rows say. All of it follows from the grades: a damaged row is followed anew at the next time."""
        for row in rows:
            try:
                yield kind.model_validate(_card(dict(row)) if kind is Card else dict(row))
            except (ValidationError, AttributeError):
                if kind is Card:
                    point = (row["rubric_id"], row["key_point"])
                    self._connection.rows("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", point)
                else:
                    self._connection.rows("INSERT OR IGNORE INTO stale VALUES (?)", (row["session_id"],))

    def _attempt(self, rubric_id: str, order: str) -> Attempt:
        sql = f"SELECT * FROM attempts WHERE rubric_id = ? ORDER BY at {order}, session_id {order} LIMIT 1"  # noqa: S608
        return Attempt.model_validate(dict(self._connection.rows(sql, (rubric_id,))[0]))


def _begin(day: date) -> str:
    """Return when a day begins in local time, as times are stored."""
    return _iso(datetime.combine(day, time.min)) if day > date.min else ""


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _card(row: dict[str, Any]) -> dict[str, Any]:
    memory = {name: row.pop(name) for name in ("stability", "difficulty", "due", "reviewed")}
    return row | {"memory": memory if memory["due"] else None, "recent": row["recent"].split()}
