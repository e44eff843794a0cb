"""Files that only this user may read."""

import sqlite3
from pathlib import Path


def file(path: Path) -> Path:
    """Return `path`, made (0600, in a folder 0700) when it is not there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    return path


def cache(path: Path, table: str, *, patience: float, shared: bool = False) -> sqlite3.Connection:
    """Return a database in which `table`, a CREATE statement, has been executed. Raises sqlite3.Error, OSError.

    Autocommit, and no waiting for the disk: what a power cut takes is only made again. `patience`: how many seconds to
    wait for another process's write. `shared`: the caller sees to it that threads take turns.
    """
    connection = sqlite3.connect(file(path), timeout=patience, check_same_thread=not shared, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(table)
    return connection
