"""A hook of MkDocs: the pages `en/commands.md` and `zh/commands.md`, every command as the program explains it."""

import os
from collections.abc import Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from typer.main import get_command
from typer.testing import CliRunner

from kaoguan.cli.main import app

TITLES = {"en": "Commands", "zh": "命令"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page of commands in each language."""
    for language in TITLES:
        files.append(File.generated(config, f"{language}/commands.md", content=page(language)))
    return files


def page(language: str) -> str:
    """Return the help of every command as one page."""
    os.environ |= {"KAOGUAN_LANGUAGE": language, "COLUMNS": "80"}
    shown = [f"# {TITLES[language]}"]
    for path in paths(get_command(app)):
        said = CliRunner().invoke(app, [*path, "--help"]).output.rstrip()
        shown.append(f"{'##' if len(path) < 2 else '###'} {' '.join(['kaoguan', *path])}\n\n```text\n{said}\n```")
    return "\n\n".join(shown) + "\n"


def paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups before what is in them."""
    yield path
    for name in getattr(command, "commands", ()):
        yield from paths(command.commands[name], (*path, name))
