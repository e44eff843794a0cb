"""What an endpoint can do, found out once and remembered: the rungs of the structured-output ladder, and quirks."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import ValidationError

from kaoguan import private
from kaoguan.errors import SettingError
from kaoguan.files.replacing import replacing
from kaoguan.models import Model


class Rung(StrEnum):
    """How a reply of a given shape is asked for; the first is the surest."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"

    @property
    def below(self) -> "Rung | None":
        """Return the next rung down; None at the bottom."""
        rungs = list(Rung)
        place = rungs.index(self) + 1
        return rungs[place] if place < len(rungs) else None


class Thinking(StrEnum):
    """How a model that thinks is told not to, where an endpoint insists."""

    FREE = "free"
    ENABLE = "enable_thinking"
    TEMPLATE = "chat_template_kwargs"
    EFFORT = "reasoning_effort"
    TYPE = "thinking"


NO_THINKING: Mapping[Thinking, Mapping[str, Any]] = MappingProxyType(
    {
        Thinking.FREE: {},
        Thinking.ENABLE: {"enable_thinking": False},
        Thinking.TEMPLATE: {"chat_template_kwargs": {"enable_thinking": False}},
        Thinking.EFFORT: {"reasoning_effort": "none"},
        Thinking.TYPE: {"thinking": {"type": "disabled"}},
    }
)
"""What goes with a request."""

Limit = Literal["max_tokens", "max_completion_tokens"]
_LIMITS: Mapping[Limit, Limit] = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
# Smaller limits that are tried; a grade fits into the last one.
_SMALLER = (2048, 1024, 512)


class Abilities(Model):
    """What requests to one model of one endpoint may contain."""

    rung: Rung = Rung.JSON_SCHEMA
    bounded: bool = False
    """Whether a schema may say how long its texts and lists are at most."""
    temperature: bool = True
    limit: Limit = "max_tokens"
    most: int | None = None
    """The largest limit that it takes; None where none was found."""
    system: bool = True
    """Whether it knows messages of the system."""
    thinking: Thinking = Thinking.FREE
    stream: bool = False
    """Whether it only streams."""
    prefix: str = ""
    """What the base URL lacks."""

    def named(self, param: str) -> Iterator["Abilities"]:
        """Yield what to try when the endpoint names the parameter it does not take."""
        if "temperature" in param and self.temperature:
            yield self.changed(temperature=False)
        elif "response_format" in param or "schema" in param:
            yield from self.unbounded()
            yield from self.lower()
        elif "max_tokens" in param or "max_completion_tokens" in param:
            yield self.changed(limit=_LIMITS[self.limit])
            yield from self.smaller()
        elif "role" in param or param.startswith("messages"):
            yield self.changed(system=False)
        elif param == "stream" and not self.stream:
            yield self.changed(stream=True)
        elif any(part in param for part in ("thinking", "reasoning", "template")):
            yield from self.silent()

    def single(self) -> Iterator["Abilities"]:
        """Yield all that differs in one thing: where nothing is named, one of them may be what it takes."""
        yield from self.unbounded()
        yield from self.lower()
        if self.system:
            yield self.changed(system=False)
        yield self.changed(thinking=Thinking.ENABLE)
        if not self.stream:
            yield self.changed(stream=True)
        yield from self.smaller()
        if self.temperature:
            yield self.changed(temperature=False)
        yield self.changed(limit=_LIMITS[self.limit])
        yield from (one for one in self.silent() if one.thinking is not Thinking.ENABLE)

    def least(self) -> Iterator["Abilities"]:
        """Yield what asks for as little as possible, at once and as a stream."""
        little = self.changed(rung=Rung.TEXT, bounded=False, temperature=False, most=_SMALLER[-1], system=False)
        yield little
        yield little.changed(stream=not self.stream)

    def unbounded(self) -> Iterator["Abilities"]:
        """Yield the same without bounds in the schema, where it has any."""
        if self.bounded:
            yield self.changed(bounded=False)

    def lower(self) -> Iterator["Abilities"]:
        """Yield the lower rungs."""
        below = self.rung.below
        while below:
            yield self.changed(rung=below)
            below = below.below

    def smaller(self) -> Iterator["Abilities"]:
        """Yield smaller limits."""
        yield from (self.changed(most=most) for most in _SMALLER if self.most is None or most < self.most)

    def silent(self) -> Iterator["Abilities"]:
        """Yield the other ways to switch thinking off."""
        yield from (self.changed(thinking=one) for one in Thinking if one is not self.thinking)

    def changed(self, **fields: Any) -> "Abilities":
        """Return the same with these fields changed."""
        return self.model_copy(update=fields)


class Remembered:
    """The abilities of every endpoint this user has asked, in one small file."""

    def __init__(self, path: Path | None) -> None:
        """Remember in `path`; None forgets with the process."""
        self._path = path
        self._known: dict[str, Abilities] = {}

    def get(self, endpoint: str) -> Abilities | None:
        """Return the known abilities of `endpoint` (base URL and model); None when there are none."""
        if endpoint not in self._known:
            self._known |= self._read()
        return self._known.get(endpoint)

    def put(self, endpoint: str, abilities: Abilities) -> None:
        """Remember; a file that cannot be written only means finding out again next time."""
        self._known[endpoint] = abilities
        if self._path is None:
            return
        everything = self._read() | {endpoint: abilities}
        text = json.dumps({name: known.model_dump(mode="json") for name, known in everything.items()}, indent=1)
        with suppress(OSError, SettingError):
            private.folder(self._path.parent)
            with replacing(self._path, private=True) as file:
                file.write(text)

    def _read(self) -> dict[str, Abilities]:
        try:
            found = json.loads((self._path or Path()).read_text(encoding="utf-8"))
            return {name: Abilities.model_validate(known) for name, known in found.items()}
        except (OSError, ValueError, AttributeError, ValidationError):
            return {}
