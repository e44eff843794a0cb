"""Values by key in one SQLite file that only this user may read: what was made once is not made again.

It survives kill -9 at any moment; what a power cut takes is only made again. Keys are hashes, so that a store says
nothing about what was asked. Several processes and threads may use one file at once.
"""

import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from kaoguan import private

# SQLite allows 999 variables in a statement of its oldest builds.
_AT_ONCE = 500
# How many seconds to wait for another process's write, which takes milliseconds.
_PATIENCE = 30.0

StoredValue = str | bytes


class KeyValueStore:
    """One table of values. Every method raises sqlite3.Error or OSError when the file cannot be used."""

    def __init__(self, path: Path, table: str, *, patience: float = _PATIENCE) -> None:
        """Open `table` in `path`, created 0600 when it is not there."""
        self._table = table
        # Threads take turns.
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            private.file(path), timeout=patience, check_same_thread=False, isolation_level=None
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (key BLOB PRIMARY KEY, value NOT NULL)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def get(self, key: bytes) -> StoredValue | None:
        """Return the value under this key; None when there is none."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, StoredValue]:
        """Return the values there are, by key."""
        found: dict[bytes, StoredValue] = {}
        with self._lock:
            for start in range(0, len(keys), _AT_ONCE):
                some = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT * FROM {self._table} WHERE key IN ({marks})"  # noqa: S608 - ours, and question marks
                found |= {bytes(key): value for key, value in self._connection.execute(query, some)}
        return found

    def put(self, key: bytes, value: StoredValue) -> None:
        """Store a value, in the place of an earlier one."""
        self.put_many({key: value})

    def put_many(self, values: Mapping[bytes, StoredValue] | Iterable[tuple[bytes, StoredValue]]) -> None:
        """Store values, all of them or none."""
        rows = list(values.items() if isinstance(values, Mapping) else values)
        statement = f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)"  # noqa: S608 - ours
        with self._lock, self._connection as connection:
            connection.executemany(statement, rows)
