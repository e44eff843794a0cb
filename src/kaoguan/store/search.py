"""Search in everything that was said: words of three and more characters by index, shorter ones by reading."""

import re
from datetime import datetime

from kaoguan.models import Model
from kaoguan.session import Kind, Speaker
from kaoguan.store.connection import Connection

# The index holds runs of three characters; two-character words, most of Chinese, are looked for in the text itself.
_INDEXED = 3


class Hit(Model):
    """A turn in which all words were said."""

    session_id: str
    seq: int
    speaker: Speaker
    kind: Kind
    rubric_id: str | None
    text: str
    at: datetime


def search(connection: Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Return the turns that hold all `words` (separated by spaces, in any order, any case), latest first."""
    wanted = words.split()
    if not wanted:
        return ()
    indexed = [word for word in wanted if len(word) >= _INDEXED] if _has_index(connection) else []
    conditions = ["turns.text LIKE ? ESCAPE '\\'" for _ in wanted]
    values: list[object] = [f"%{_literal(word)}%" for word in wanted]
    source = "turns"
    if indexed:
        source = "said JOIN turns ON turns.session_id = said.session_id AND turns.seq = said.seq"
        conditions.insert(0, "said MATCH ?")
        values.insert(0, " AND ".join('"' + word.replace('"', '""') + '"' for word in indexed))
    fields = ", ".join(f"turns.{name}" for name in Hit.model_fields)
    sql = f"SELECT {fields} FROM {source} WHERE {' AND '.join(conditions)} ORDER BY turns.at DESC, turns.seq LIMIT ?"  # noqa: S608 - no input
    return tuple(Hit.model_validate(dict(row)) for row in connection.rows(sql, (*values, limit)))


def _has_index(connection: Connection) -> bool:
    return bool(connection.rows("SELECT 1 FROM sqlite_master WHERE name = 'said'"))


def _literal(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
