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
import re
import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from kaoguan import resources
from kaoguan.errors import InputError, KaoguanError
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


def translated(text: str, language: Language, *, name: Literal["errors", "places"] = "errors") -> str:
    """Return an English sentence of the code, as errors say it, in a language; one that is not known stays.

    The sentences stand in `words/<language>/translations/errors.yaml`, with {1} for what is filled in, and those that
    say where something is wrong in `places.yaml`.
    """
    if language == "en":
        return text
    exact, patterns = _translations(name, language)
    if text in exact:
        return exact[text]
    for begin, end, template in patterns:
        if text.startswith(begin) and text.endswith(end) and (found := template.pattern.fullmatch(text)):
            return _REFERENCE.sub(lambda place: _part(place, found.groups(), language), template.text)
    return text


def said(error: KaoguanError, language: Language) -> str:
    """Return what an error says in a language, one fault a line, each with its code where it has one."""
    faults = getattr(error, "faults", None)
    if faults is not None:
        return "\n".join(said(fault, language) for fault in faults)
    if not hasattr(error, "where"):
        return str(error)
    code = f"{error.code} " if hasattr(error, "code") else ""
    if language == "en":
        return f"{error.where}: {code}{error.what}; {error.mend}"
    where = translated(error.where, language, name="places")
    return f"{where}：{code}{translated(error.what, language)}；{translated(error.mend, language)}"


class _Template(NamedTuple):
    pattern: re.Pattern[str]
    text: str


# {1}: the first thing filled in; {1:t}: the same, translated too.
_REFERENCE = re.compile(r"\{(\d)(:t)?\}")


def _part(place: re.Match[str], values: tuple[str, ...], language: Language) -> str:
    value = values[int(place[1]) - 1]
    return translated(value, language) if place[2] else value


@cache
def _translations(name: str, language: Language) -> tuple[Mapping[str, str], list[tuple[str, str, _Template]]]:
    """Return the sentences without and those with something filled in, the most telling ones first."""
    texts = {key: str(text) for key, text in load(f"translations/{name}", language).texts.items()}
    filled = sorted((key for key in texts if _REFERENCE.search(key)), key=lambda key: -len(_REFERENCE.sub("", key)))
    patterns = []
    for key in filled:
        parts = _REFERENCE.split(key)[::3]
        pattern = re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL)
        patterns.append((parts[0], parts[-1], _Template(pattern, texts[key])))
    return {key: text for key, text in texts.items() if key not in filled}, patterns


def _read(path: Path, mend: str) -> dict[str, str | list[str]]:
    try:
        texts = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - _Loader is a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(str(path), f"cannot be read ({error})", mend) from error
    if not isinstance(texts, dict):
        raise InputError(str(path), "is not a table of texts", mend)
    return texts
