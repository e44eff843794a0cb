"""The words of the program, filled with `$name`.

    wording = prompts.load("interview", "zh")
    wording.say("follow_up_count", number="1", limit="2")   -> "追问 1/2"

What a language model is told stands in `prompts/<language>/<name>.yaml` at the top of the repository, what a person
reads in `words/<language>/<name>.yaml` of this package; no name is in both.

Files are edited by hand, so a missing text or an unknown `$name` is an error that names file and key. A user's own file
of the same name, in a folder of their own, replaces single texts of the shipped one.
"""

import hashlib
import json
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kaoguan import resources
from kaoguan.errors import InputError
from kaoguan.models import Language

Texts = Mapping[str, str | list[str]]

# libyaml where PyYAML was built with it (all its wheels are): ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Wording:
    """The texts of one file, by key."""

    def __init__(self, where: str, texts: Texts) -> None:
        self._where = where
        self._texts = texts

    def say(self, key: str, /, **values: str) -> str:
        """Return the text of `key` with each `$name` replaced, once. Raises InputError when either is missing."""
        text = self._texts.get(key)
        if not isinstance(text, str):
            raise self._missing(key, "a text")
        return self._fill(key, text, values)

    def options(self, key: str, /, **values: str) -> tuple[str, ...]:
        """Return all texts of a key that has several ways to say one thing. Raises InputError."""
        texts = self._texts.get(key)
        if not isinstance(texts, list):
            raise self._missing(key, "a list of texts")
        return tuple(self._fill(key, text, values) for text in texts)

    @property
    def texts(self) -> Texts:
        """Return the texts as they stand in the file."""
        return self._texts

    @property
    def fingerprint(self) -> str:
        """Return sixteen hex digits that change when any text does."""
        content = json.dumps(dict(self._texts), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def _missing(self, key: str, kind: str) -> InputError:
        return InputError(self._where, f"{key} is missing or not {kind}", "restore it from a fresh copy")

    def _fill(self, key: str, text: str, values: Mapping[str, str]) -> str:
        try:
            return string.Template(text).substitute(values)
        except (KeyError, ValueError) as error:
            known = ", ".join(f"${name}" for name in values) or "none"
            raise InputError(self._where, f"{key}: unknown placeholder {error}", f"use only: {known}") from error


def load(name: str, language: Language, *, own: Path | None = None) -> Wording:
    """Return the texts of `<name>.yaml`, those in the folder `own` before the shipped ones.

    Raises InputError when a file is no table of texts, or has a text that the shipped one does not know.
    """
    place = Path(language) / f"{name}.yaml"
    shipped = resources.WORDS / place
    if not shipped.exists():
        shipped = resources.folder("prompts") / place
    texts = _read(shipped, "restore it from a fresh copy")
    if own is None or not (own / place).exists():
        return Wording(str(shipped), texts)
    mine = _read(own / place, "mend or delete it")
    if unknown := sorted(set(mine) - set(texts)):
        raise InputError(str(own / place), f"unknown text {unknown[0]!r}", f"use some of: {', '.join(texts)}")
    return Wording(str(own / place), texts | mine)


def _read(path: Path, mend: str) -> dict[str, str | list[str]]:
    try:
        texts = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - _Loader is a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(str(path), f"cannot be read ({error})", mend) from error
    if not isinstance(texts, dict):
        raise InputError(str(path), "is not a table of texts", mend)
    return texts
