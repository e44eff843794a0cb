"""What commands print: a console on stdout, JSON lists, the language, and the line that says who rules."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer
from pydantic import BaseModel, TypeAdapter

from kaoguan import config, prompts
from kaoguan.cli.streams import print_data
from kaoguan.cli.usage import usage_words
from kaoguan.models import Language
from kaoguan.prompts import Wording

if TYPE_CHECKING:
    from rich.console import Console

    from kaoguan.assembly import Judging

# Piped, rich would cut a table at 80 columns.
_WIDE = 200


def echo_all(values: Sequence[BaseModel]) -> None:
    """Print values as one JSON list."""
    kind = type(values[0]) if values else Any  # one kind in each list
    print_data(TypeAdapter(list[kind]).dump_json(list(values), indent=2).decode())  # type: ignore[valid-type]


def console(*, stderr: bool = False, wide: bool = False, soft_wrap: bool = False) -> "Console":
    """Return a console on stdout, or on stderr; `wide`: piped, it has room for a table of any width.

    `soft_wrap`: the terminal breaks Chinese lines where they are full; rich would break them at spaces only.
    """
    from rich.console import Console  # 0.05 s: --json and plain lines do without

    made = Console(highlight=False, stderr=stderr, soft_wrap=soft_wrap)
    if wide and not made.is_terminal:
        made.width = _WIDE
    return made


def language() -> Language:
    """Return the language of the screen."""
    return config.load().screen


def words(name: str) -> Wording:
    """Return the texts of `words/<language>/<name>.yaml` in the language of the screen."""
    return prompts.load(name, language())


def confirmed(question: str, *, default: bool = False) -> bool:
    """Ask on the terminal; nothing typed means the default."""
    typer.echo(usage_words().say("or_no" if default else "or_yes", question=question), err=True, nl=False)
    said = sys.stdin.readline().strip().casefold()
    return said in {"y", "yes", "是", "好", "对"} if said else default


def introduce(who: "Judging", language: Language | None = None) -> None:
    """Say on stderr, in the language of the settings by default, who rules and what that judge cannot see."""
    wording = prompts.load("interview", language or who.settings.screen)
    model = who.settings.model or ""
    told = wording.say(f"judge_{who.judge}", embedder=who.settings.embedder, model=model)
    if sys.stderr.isatty():
        from kaoguan.text.wrap import line_width, wrap  # rich, as above

        told = wrap(told, line_width(console(stderr=True)))
    typer.echo(told, err=True)
