"""`kaoguan rubrics packs`, `add`, `update`, `remove`: packs of rubrics beside those that came with kaoguan."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from kaoguan import config, prompts, resources, rubrics
from kaoguan.cli.options import AsJson
from kaoguan.cli.screen import console, language
from kaoguan.errors import InputError, RubricError, SettingError
from kaoguan.models import LANGUAGES
from kaoguan.report.table import Column, table
from kaoguan.rubrics.bank import Shelf

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_REMOTE = re.compile(r"(?:https?|ssh|git|file)://|[\w.-]+@[\w.-]+:")
# Long enough for a slow line, short enough to be noticed.
_PATIENCE = 300

Name = Annotated[str, typer.Argument(metavar="NAME", help="The pack's name, as kaoguan rubrics packs lists it.")]


def command(as_json: AsJson = False) -> None:
    """List the topics of the bank, and your own packs: how many questions each has in which language."""
    rows = [row for name, folder in _packs() for row in _rows(name, folder)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    say = prompts.load("rubrics", language()).say
    shown = table(*(Column(say(f"column_{name}")) for name in ("topic", "name", *LANGUAGES, "pack")))
    for row in rows:
        shown.add_row(row["topic"], row["name"], *(str(row[one]) for one in LANGUAGES), row["pack"])
    console(soft_wrap=True).print(shown)
    typer.echo(say("packs_next"), err=True)


def add(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A folder, or the address of a git repository.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Default: the last part.")] = None,
) -> None:
    """Add a pack of rubrics beside the bank: its questions are asked and graded like those that came with kaoguan.

    A folder is copied, a git repository is cloned. Where it has a folder `rubrics`, that is the pack. Rubrics with
    faults are refused, and nothing is added. A rubric with the id of one that came with kaoguan takes its place.
    """
    say = prompts.load("rubrics", language()).say
    called = name or re.sub(r"\.git$", "", re.split(r"[/\\:]", source.rstrip("/\\"))[-1])
    if not _NAME.fullmatch(called):
        raise SettingError("NAME", f"{called!r} is none", "use --name with letters, digits, `_`, `-` or `.`")
    place = config.folders().packs / called
    if place.exists():
        raise SettingError(f"pack {called}", "is there already", "update or remove it, or use --name")
    part = place.with_name(f".{called}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        _fetch(source, part)
        count = len(rubrics.load_folder(part))
        part.rename(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    typer.echo(say("added", pack=called, count=str(count)))


def update(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Default: all from git.")] = None,
) -> None:
    """Fetch what is new in your packs that came from git. Where the new state has faults, the old one stays."""
    say = prompts.load("rubrics", language()).say
    chosen = [_own(name)] if name else [pack for pack in rubrics.packs() if (pack / ".git").is_dir()]
    for pack in chosen:
        if not (pack / ".git").is_dir():
            raise SettingError(f"pack {pack.name}", "did not come from git", "remove it and add it again")
        before = _git("-C", str(pack), "rev-parse", "HEAD").strip()
        _git("-C", str(pack), "fetch", "--quiet", "--depth", "1", "origin")
        _git("-C", str(pack), "reset", "--quiet", "--hard", "FETCH_HEAD")
        try:
            count = len(rubrics.load_folder(pack))
        except (RubricError, InputError):
            _git("-C", str(pack), "reset", "--quiet", "--hard", before)
            raise
        typer.echo(say("updated", pack=pack.name, count=str(count)))
    if not chosen:
        typer.echo(say("nothing_to_update"))


def remove(name: Name) -> None:
    """Remove a pack of yours. Interviews that asked its questions stay."""
    pack = _own(name)
    shutil.rmtree(pack)
    typer.echo(prompts.load("rubrics", language()).say("removed", pack=pack.name))


def _packs() -> Iterator[tuple[str, Path]]:
    yield "kaoguan", resources.folder("rubrics")
    for pack in rubrics.packs():
        yield pack.name, pack


def _rows(name: str, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield one row for each topic of a pack, those of the bank in its order and then the others."""
    count = Counter[tuple[str, str]]()
    for head in rubrics.heads(Shelf(rubrics.files(folder))).values():
        count[rubrics.topic_id(head.topic) or head.topic, head.language] += 1
    present = {topic for topic, _ in count}
    for topic in [*(one for one in rubrics.topics() if one in present), *sorted(present - set(rubrics.topics()))]:
        named = rubrics.topics().get(topic, {}).get(language(), topic)
        yield {"topic": topic, "name": named, **{one: count[topic, one] for one in LANGUAGES}, "pack": name}


def _own(name: str) -> Path:
    """Return the folder of a pack. Raises SettingError naming those there are."""
    known = {pack.name: pack for pack in rubrics.packs()}
    if name not in known:
        mend = f"use one of: {', '.join(known)}" if known else "add one with kaoguan rubrics add"
        raise SettingError(f"pack {name!r}", "there is none of yours", mend)
    return known[name]


def _fetch(source: str, into: Path) -> None:
    """Copy or clone a pack. Raises InputError, SettingError."""
    folder = Path(source).expanduser()
    if folder.is_dir() and not (folder / ".git").is_dir():
        shutil.copytree(folder, into, symlinks=True)
    elif folder.is_dir() or _REMOTE.match(source):
        _git("clone", "--quiet", "--depth", "1", "--", source if _REMOTE.match(source) else str(folder), str(into))
    else:
        raise InputError(source, "is neither a folder nor an address", "name a folder, or https://… of a repository")


def _git(*arguments: str) -> str:
    """Return what git prints. Raises SettingError."""
    try:
        run = subprocess.run(  # noqa: S603 - our own arguments, an address only after `--`
            ["git", *arguments],  # noqa: S607 - whatever git the user has
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
            # Nobody would see git ask for a password.
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
        )
    except FileNotFoundError:
        raise SettingError("git", "is not installed", "install it, or add the pack as a folder") from None
    except subprocess.TimeoutExpired:
        raise SettingError("git", f"gave no answer in {_PATIENCE} seconds", "try again") from None
    if run.returncode:
        why = run.stderr.strip().splitlines()[-1:] or [f"it left with code {run.returncode}"]
        raise SettingError("git", why[0], "check the address and your rights")
    return run.stdout
