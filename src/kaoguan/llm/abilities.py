"""What an endpoint can do, found out once and remembered: the rungs of the structured-output ladder, and two quirks."""

import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

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


class Abilities(Model):
    """What requests to one model of one endpoint may contain."""

    rung: Rung = Rung.JSON_SCHEMA
    temperature: bool = True
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"

    def after(self, complaint: str) -> "Abilities | None":
        """Return the abilities to try after a request was rejected with this message; None when nothing helps."""
        complaint = complaint.lower()
        if self.temperature and "temperature" in complaint:
            return self.model_copy(update={"temperature": False})
        if self.limit == "max_tokens" and "max_completion_tokens" in complaint:
            return self.model_copy(update={"limit": "max_completion_tokens"})
        structured = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured")
        if self.rung.below and any(word in complaint for word in structured):
            return self.model_copy(update={"rung": self.rung.below})
        return None


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
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(self._path) as file:
                file.write(text)

    def _read(self) -> dict[str, Abilities]:
        try:
            found = json.loads((self._path or Path()).read_text(encoding="utf-8"))
            return {name: Abilities.model_validate(known) for name, known in found.items()}
        except (OSError, ValueError, AttributeError, ValidationError):
            return {}
