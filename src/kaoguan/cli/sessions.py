"""`kaoguan sessions`: the interviews you sat. Where no id is given, the latest is meant."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaoguan.errors import SettingError

if TYPE_CHECKING:
    from rich.console import Console

    from kaoguan.models import Language
    from kaoguan.store import Session, Store

app = typer.Typer(help="Interviews you sat: list, show, resume, report.", no_args_is_help=True)

Id = Annotated[str | None, typer.Argument(metavar="[ID]", help="A session, or the beginning of its id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_sessions(as_json: AsJson = False) -> None:
    """List all interviews, latest first."""
    with _store() as store:
        summaries = store.summaries()
    if as_json:
        rows = [summary.model_dump(mode="json") for summary in summaries]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from kaoguan.report.transcript import draw_list

    draw_list(_console(), summaries, _language())


@app.command()
def show(session_id: Id = None, as_json: AsJson = False) -> None:
    """Show what was said, in order."""
    with _store() as store:
        session = _find(store, session_id)
        turns = store.turns(session.id)
    if as_json:
        fields = session.model_dump(mode="json", exclude={"plan"})
        said = [turn.model_dump(mode="json") for turn in turns]
        typer.echo(json.dumps(fields | {"turns": said}, ensure_ascii=False, indent=2))
        return
    from kaoguan.report.transcript import draw_transcript

    draw_transcript(_console(), session, turns)


@app.command()
def resume(session_id: Id = None, as_json: AsJson = False) -> None:
    """Go on with an interview at the very question where it was left (the latest unfinished one)."""
    from kaoguan import config
    from kaoguan.cli.sitting import go_on

    with _store() as store:
        session = store.session(session_id) if session_id else store.latest(unfinished=True)
        go_on(store, session.id, config.load(), as_json=as_json)


@app.command()
def report(
    session_id: Id = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print one HTML page that needs nothing else.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to FILE.")] = None,
) -> None:
    """Show the report of an interview, finished or not."""
    if as_json + as_markdown + as_html > 1:
        raise SettingError("--json, --md and --html", "cannot be combined", "choose one")
    from kaoguan import config
    from kaoguan.cli.sitting import background_grader
    from kaoguan.interview import Interview

    with _store() as store:
        session = _find(store, session_id)
        found = Interview.open(session.id, background_grader(session.plan, config.load()), store).report()
        sessions = store.summaries() if as_html else ()
    from kaoguan.report import markdown, terminal

    if as_json:
        text = found.model_dump_json(indent=2) + "\n"
    elif as_markdown:
        text = markdown.render(found)
    elif as_html:
        # Its templates' engine costs 0.05 s; no other report needs it.
        from kaoguan.report import html

        text = html.render(found, sessions)
    else:
        text = terminal.plain(found) if out else ""
    if out:
        _write(text, out)
    elif text:
        typer.echo(text, nl=False)
    else:
        terminal.draw(_console(), found)


def _write(text: str, out: Path) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingError(f"-o {out}", f"cannot be written ({error.strerror})", "name a file that can") from error
    typer.echo(str(out), err=True)


@contextmanager
def _store() -> "Iterator[Store]":
    # pydantic and sqlite cost 0.1 s: --help must not pay them.
    from kaoguan import config
    from kaoguan.store import Store

    with Store.open(config.folders().database) as store:
        yield store


def _find(store: "Store", session_id: str | None) -> "Session":
    return store.session(session_id) if session_id else store.latest()


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False)


def _language() -> "Language":
    from kaoguan import config

    chosen = config.load().language
    return "zh" if chosen == "auto" else chosen
