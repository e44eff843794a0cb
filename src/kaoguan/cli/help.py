"""`kaoguan help`: short texts on how things work, `words/<language>/help/<topic>.md`."""

import sys
from typing import Annotated

import typer

from kaoguan import config, resources
from kaoguan.cli.screen import console
from kaoguan.errors import InputError


def command(
    topic: Annotated[str | None, typer.Argument(metavar="[TOPIC]", help="Without one, all topics.")] = None,
) -> None:
    """Explain one topic: start, learning, sessions, judges, files, settings, privacy, completion."""
    # Also where the settings cannot be read.
    folder = resources.WORDS / config.spoken() / "help"
    texts = {file.stem: file for file in sorted(folder.glob("*.md"))}
    if topic is None:
        for name, file in texts.items():
            typer.echo(f"{name:<12} {file.read_text(encoding='utf-8').splitlines()[0].lstrip('# ')}")
        return
    if topic not in texts:
        raise InputError(f"topic {topic!r}", "there is none", f"use one of {', '.join(texts)}; for a command: --help")
    text = texts[topic].read_text(encoding="utf-8")
    if not sys.stdout.isatty():
        typer.echo(text, nl=False)
        return
    # 0.1 s: only those who read on a terminal pay.
    from rich.markdown import Markdown

    screen = console()
    screen.print(Markdown(text), width=min(screen.width, 100))
