"""Commands, told apart from answers.

A command is a whole line of its own that starts with `/`. Words like "skip", 跳过 or "next" in an answer are words.
`//text` is an answer that starts with `/`. `/usr/bin` or `/\\d+/` do not look like commands: they are answers.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_SHAPE = re.compile(r"/[A-Za-z?]+(\s.*)?")


class Command(StrEnum):
    """What a candidate can ask for instead of answering."""

    HINT = "hint"
    SKIP = "skip"
    ANSWER = "answer"
    RETRY = "retry"
    NEXT = "next"
    UNDO = "undo"
    EDIT = "edit"
    PAUSE = "pause"
    QUIT = "quit"
    HELP = "help"


@dataclass(frozen=True)
class Said:
    """An answer, as typed."""

    text: str


@dataclass(frozen=True)
class Asked:
    """A command, and the answer that was begun above it."""

    command: Command
    draft: str = ""


@dataclass(frozen=True)
class Unknown:
    """A line that looks like a command and is none."""

    line: str


@dataclass(frozen=True)
class Left:
    """The end of the input: nothing more will come."""


Entry = Said | Asked | Unknown | Left


def command(line: str) -> Command | None:
    """Return the command that this line is; None when it is anything else."""
    name = line.strip().removeprefix("/").casefold()
    return Command(name) if line.startswith("/") and name in set(Command) else None


def parse(text: str) -> Said | Asked | Unknown:
    """Return what an entry is. In one of several lines only a last line that is a command counts as one."""
    *above, last = text.split("\n")
    known = command(last)
    if above:
        return Asked(known, "\n".join(above)) if known else Said(text)
    if known:
        return Asked(known)
    if text.startswith("//"):
        return Said(text[1:])
    return Unknown(text.rstrip()) if _SHAPE.fullmatch(text.rstrip()) else Said(text)
