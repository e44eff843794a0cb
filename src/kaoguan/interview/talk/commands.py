"""Commands, told apart from answers.

A command is a whole line of its own that starts with `/`, or with what an input method makes of that key: `／` or `、`.
Its name is English or Chinese (`/hint`, `/提示`). Words like "skip", 跳过 or "next" in an answer are words.
Only /override has words behind it: the key point, the verdict and why.
`//text` is an answer that starts with `/`. `/usr/bin` or `/\\d+/` do not look like commands: they are answers.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kaoguan import prompts
from kaoguan.models import LANGUAGES

_SHAPE = re.compile(r"[/／][A-Za-z?Ａ-Ｚａ-ｚ？]+(\s.*)?")
_SIGNS = ("/", "／", "、")


class Command(StrEnum):
    """What a candidate can ask for instead of answering."""

    HINT = "hint"
    SKIP = "skip"
    ANSWER = "answer"
    RETRY = "retry"
    NEXT = "next"
    OVERRIDE = "override"
    UNDO = "undo"
    EDIT = "edit"
    PAUSE = "pause"
    QUIT = "quit"
    HELP = "help"


@dataclass(frozen=True)
class Answered:
    """An answer, as typed."""

    text: str


@dataclass(frozen=True)
class Commanded:
    """A command, the answer that was begun above it, and the words behind it."""

    command: Command
    draft: str = ""
    words: str = ""


@dataclass(frozen=True)
class Unknown:
    """A line that looks like a command and is none."""

    line: str


@dataclass(frozen=True)
class Left:
    """The end of the input: nothing more will come."""


Entry = Answered | Commanded | Unknown | Left


def command(line: str, draft: str = "") -> Commanded | None:
    """Return the command that this line is, below that draft; None when it is anything else."""
    if not line.startswith(_SIGNS):
        return None
    name, _, words = line[1:].strip().replace("\u3000", " ").partition(" ")
    known, words = _names().get(unicodedata.normalize("NFKC", name).casefold()), words.strip()
    if known is None or (words and known is not Command.OVERRIDE):
        return None
    return Commanded(known, draft, words)


def meant(text: str) -> Command | None:
    """Return the command whose name this is without its slash: 退出, help; only of those that are no answer."""
    known = _names().get(unicodedata.normalize("NFKC", text.strip(" 。.!！")).casefold())
    return known if known in (Command.HELP, Command.QUIT, Command.PAUSE) and text[:1].isalpha() else None


@cache
def _names() -> Mapping[str, Command]:
    """Return every name of every command, in all languages."""
    words = [prompts.load("commands", language) for language in LANGUAGES]
    return {name: one for one in Command for name in (one, *(name for those in words for name in those.options(one)))}


def parse(text: str) -> Answered | Commanded | Unknown:
    """Return the answer or the command that an entry is; of several lines only the last one can be a command."""
    *above, last = text.split("\n")
    known = command(last, "\n".join(above))
    if above:
        return known or Answered(text)
    if known:
        return known
    if text.startswith("//"):
        return Answered(text[1:])
    return Unknown(text.rstrip()) if _SHAPE.fullmatch(text.rstrip()) else Answered(text)
