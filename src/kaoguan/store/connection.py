"""One SQLite file: opened privately, written durably, and never deleted, whatever is wrong with it.

A file that is no database any more is kept aside under another name, and a fresh one takes its place: `aside` says
where. Damage that shows only later is an error; the file is left as it is.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from kaoguan import private
from kaoguan.errors import SessionError
from kaoguan.store.migrations import MIGRATIONS, migrate, version

# How long a process waits for another one's write, which takes milliseconds.
_PATIENCE_SECONDS = 5.0

_UNWRITABLE = "make the file and its folder writable, or set KAOGUAN_HOME to a folder that is"
_MEND = {
    "readonly": _UNWRITABLE,
    "read-only": _UNWRITABLE,
    "unable to open": "make its folder writable, or set KAOGUAN_HOME to a folder that is",
    "full": "free some space; everything submitted before is safe",
    "disk I/O": "the disk may be full or broken: free some space; everything submitted before is safe",
    "locked": "another kaoguan is writing; try again in a moment",
    "malformed": "move it away to start a new one, or rescue it with `sqlite3 FILE .recover`; it was left as it is",
}
# What sqlite says of a file that it cannot read at all.
_NO_DATABASE = ("not a database", "malformed", "unsupported file format")


class Connection:
    """A database with the current schema. Every method raises SessionError when the database cannot do it.

    Any thread may use it; threads take turns, a transaction at a time.
    """

    def __init__(self, connection: sqlite3.Connection, where: str, aside: Path | None = None) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.where = where
        self.aside = aside

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the database in `path`, made (0600, in a 0700 folder) or migrated as needed. Raises SessionError."""
        for attempt in ("as it is", "as another process may have left it in the meantime"):
            try:
                return cls._open(path)
            except sqlite3.DatabaseError as error:
                if not any(sign in str(error) for sign in _NO_DATABASE):
                    raise _explained(error, str(path)) from error
                broken = f"{attempt}: {error}"
        aside = _set_aside(path)
        try:
            fresh = cls._open(path)
        except sqlite3.DatabaseError as error:
            raise _explained(error, f"{path} ({broken})") from error
        fresh.aside = aside
        return fresh

    @classmethod
    def in_memory(cls) -> Self:
        """Return a database that forgets everything when it is closed."""
        return cls._prepared(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False), "memory")

    @classmethod
    def _open(cls, path: Path) -> Self:
        try:
            private.file(path)
        except OSError as error:
            raise SessionError(str(path), f"cannot be opened ({error.strerror})", _MEND["unable to open"]) from error
        connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return cls._prepared(connection, str(path))
        except (sqlite3.Error, SessionError):
            connection.close()
            raise

    @classmethod
    def _prepared(cls, connection: sqlite3.Connection, where: str) -> Self:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")  # on disk, not on its way there, when a commit returns
        connection.execute("PRAGMA foreign_keys = ON")
        if version(connection) > len(MIGRATIONS):
            raise SessionError(where, "was written by a newer kaoguan", "upgrade: pip install -U kaoguan")
        migrate(connection)
        return cls(connection, where)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        with self._lock, self._translated():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do everything in the block or nothing; one process at a time. Broken integrity is the caller's to explain."""
        with self._lock, self._translated(), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def forget_deleted(self) -> None:
        """Write the file anew, so that nothing of what was deleted can be read from the disk."""
        with self._lock, self._translated():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise _explained(error, self.where) from error


def _explained(error: sqlite3.Error, where: str) -> SessionError:
    what = str(error)
    mend = next((mend for sign, mend in _MEND.items() if sign in what), "try again; it was left as it is")
    return SessionError(where, what, mend)


def _set_aside(path: Path) -> Path:
    """Return the new name of a broken database and of what belongs to it."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    try:
        path.rename(aside)
        for end in ("-wal", "-shm"):
            log = path.with_name(path.name + end)
            if log.exists():
                log.rename(aside.with_name(aside.name + end))
    except OSError as error:
        raise SessionError(str(path), f"is damaged and cannot be kept aside ({error.strerror})", _UNWRITABLE) from error
    return aside
