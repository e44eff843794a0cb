"""Replies kept by content: the same question to the same model is paid for once."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ValidationError

from kaoguan.key_value_store import KeyValueStore
from kaoguan.llm import wire
from kaoguan.llm.messages import Asked, Located, Message, Said, Value
from kaoguan.models import Usage

# Somebody waits for the reply: no longer than this for another process's write.
_PATIENCE = 5.0


class Cached:
    """A model whose usable replies are kept in a small database. Implements `ChatModel`."""

    def __init__(self, model: Located, path: Path) -> None:
        """Keep replies in `path`, created 0600 when it is not there; what was asked is kept as a hash only."""
        self._model = model
        self._path = path
        self._store: KeyValueStore | None = None

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._model.name

    async def ask(
        self, messages: Sequence[Message], schema: type[Value], *, max_tokens: int | None = None
    ) -> Asked[Value]:
        """Return a reply of this schema, at no cost where it is known. Raises Unanswered, ProviderError."""
        key = self._key(messages, schema)
        if (kept := self._get(key)) is not None:
            with contextlib.suppress(ValidationError):
                return Asked(schema.model_validate_json(kept), Usage())
        asked = await self._model.ask(messages, schema, max_tokens=max_tokens)
        self._put(key, asked.value.model_dump_json())
        return asked

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        """Return a reply in plain text, at no cost where it is known. Raises Unanswered, ProviderError."""
        key = self._key(messages, None)
        if (kept := self._get(key)) is not None:
            return Said(kept, Usage())
        said = await self._model.say(messages, max_tokens=max_tokens)
        self._put(key, said.text)
        return said

    def _key(self, messages: Sequence[Message], schema: type[BaseModel] | None) -> bytes:
        digest = _begun(self._model.where, schema, messages[0]).copy()
        for message in messages[1:]:
            _update(digest, message.role, message.content)
        return digest.digest()

    def _get(self, key: bytes) -> str | None:
        found = None
        with self._tolerant():
            found = self._opened().get(key)
        return found if isinstance(found, str) else None

    def _put(self, key: bytes, reply: str) -> None:
        with self._tolerant():
            self._opened().put(key, reply)

    def _opened(self) -> KeyValueStore:
        if self._store is None:
            self._store = KeyValueStore(self._path, "replies", patience=_PATIENCE)
        return self._store

    @staticmethod
    def _tolerant() -> contextlib.AbstractContextManager[None]:
        """Go on: a cache that cannot be used (disk full, read-only, broken) costs money, not the run."""
        return contextlib.suppress(sqlite3.Error, OSError)


@lru_cache(maxsize=256)  # the same few questions, asked of some thousand answers
def _begun(where: str, schema: type[BaseModel] | None, first: Message) -> "hashlib._Hash":
    digest = hashlib.sha256()
    _update(digest, where, wire.shape(schema) if schema else "", first.role, first.content)
    return digest


def _update(digest: "hashlib._Hash", *parts: str) -> None:
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%b" % (len(content), content))  # with its length, so that nothing can move between parts
