"""Long texts on a terminal, a screen at a time."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kaoguan import prompts
from kaoguan.models import Language

if TYPE_CHECKING:
    from rich.console import Console


def paged(console: "Console", draw: Callable[["Console"], None], language: Language) -> None:
    """Draw on the console: what is longer than the screen in the user's PAGER, else a screen at a time.

    Not by less where nobody asked for it: it cannot say in Chinese which key goes on.
    """
    if not console.is_terminal or not sys.stdin.isatty():
        draw(console)
        return
    with console.capture() as captured:
        draw(console)
    text = captured.get()
    own = shlex.split(os.environ.get("PAGER", ""))
    if own and text.count("\n") >= console.height:
        try:
            subprocess.run(own, input=text.encode(), check=False)  # noqa: S603 - the user's own setting
        except OSError:  # it is not there
            console.file.write(text)
        return
    _show(console, text.splitlines(keepends=True), prompts.load("report", language).say("pager"))


def _show(console: "Console", lines: list[str], ask: str) -> None:
    """Print a screen of lines, wait for Enter, print the next; `q` leaves the rest out."""
    room = max(5, console.height - 1)
    while lines:
        console.file.write("".join(lines[:room]))
        lines = lines[room:]
        console.file.flush()
        if lines:
            try:
                if console.input(ask, markup=False).strip().casefold().startswith("q"):
                    return
            except (EOFError, KeyboardInterrupt):
                return
