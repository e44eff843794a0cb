"""`kaoguan sessions`: the interviews you sat. Where no id is given, the latest is meant."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaoguan.cli import sessions_archive as archive
from kaoguan.cli.history import AsJson, console, echo_all, language, opened
from kaoguan.errors import SessionError, SettingError

if TYPE_CHECKING:
    from kaoguan.interview import Report
    from kaoguan.session import Session
    from kaoguan.store import Store

app = typer.Typer(
    help="Interviews you sat: look at them, go on with them, search, export, delete.", no_args_is_help=True
)

for _command in (archive.search, archive.export, archive.import_, archive.schema, archive.delete, archive.purge):
    app.command(_command.__name__.rstrip("_"))(_command)

Id = Annotated[str | None, typer.Argument(metavar="[ID]", help="A session, or the beginning of its id.")]
# A screenful; drawing 5 000 rows takes seconds.
_LATEST = 20


@app.command("list")
def list_sessions(
    everything: Annotated[bool, typer.Option("--all", help="Not only the latest 20.")] = False, as_json: AsJson = False
) -> None:
    """List interviews, latest first; with --json all of them."""
    with opened() as store:
        summaries = store.summaries(None if everything or as_json else _LATEST)
        more = store.count() - len(summaries)
    if as_json:
        echo_all(summaries)
        return
    from kaoguan.report.transcript import draw_list

    draw_list(console(), summaries, language(), more)


@app.command()
def show(
    session_id: Id = None,
    override: Annotated[
        list[str] | None,
        typer.Option(metavar="RUBRIC/POINT=VERDICT", help="Rule otherwise than the judge did (repeatable)."),
    ] = None,
    because: Annotated[str, typer.Option(metavar="WHY", help="Why you rule otherwise; kept beside it.")] = "",
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who rules (default: your login name).")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was said, in order, and what a person ruled otherwise.

    --override optimizer/p2=covered puts your verdict in the place of the judge's and moves the score by what it is
    worth; the judge's verdict is kept, with who, when and why. What is learned from the session follows.
    """
    from kaoguan.cli.overriding import override as rule

    with opened() as store:
        session = _find(store, session_id)
        for ruling in override or ():
            rule(store, session, ruling, why=because, who=by)
        record = store.record(session.id)
    if as_json:
        fields = session.model_dump(mode="json", exclude={"plan"})
        said = [turn.model_dump(mode="json") for turn in record.turns]
        ruled = [one.model_dump(mode="json") for one in record.overrides]
        typer.echo(json.dumps(fields | {"turns": said, "overrides": ruled}, ensure_ascii=False, indent=2))
        return
    from kaoguan.report.transcript import draw_overrides, draw_transcript

    draw_transcript(console(), session, record.turns)
    draw_overrides(console(), session, record.overrides)


@app.command()
def resume(session_id: Id = None, as_json: AsJson = False) -> None:
    """Go on with an interview at the very question where it was left (the latest unfinished one)."""
    from kaoguan import config
    from kaoguan.cli.interview_talk import go_on

    with opened() as store:
        session = store.session(session_id) if session_id else store.latest(unfinished=True)
        if not session.mine:
            raise SessionError(f"session {session.id}", "it is somebody else's", "start your own: kaoguan interview")
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
    from kaoguan.cli.interview_talk import background_grader
    from kaoguan.interview import Interview

    with opened() as store:
        session = _find(store, session_id)
        found = Interview.open(session.id, background_grader(session.plan, config.load()), store).report()
        page = _page(store, session, found) if as_html else ""
    from kaoguan.report import markdown, terminal

    if as_json:
        text = found.model_dump_json(indent=2) + "\n"
    elif as_markdown:
        text = markdown.render(found)
    elif as_html:
        text = page
    else:
        text = terminal.plain(found) if out else ""
    if out:
        _write(text, out)
    elif text:
        typer.echo(text, nl=False)
    else:
        terminal.draw(console(), found)


def _page(store: "Store", session: "Session", report: "Report") -> str:
    # The templates' engine costs 0.05 s, and what was learned is brought up to date: no other report needs them.
    from datetime import UTC, datetime

    from kaoguan.learning import catch_up, progress
    from kaoguan.report import html

    if not session.mine:
        return html.render(report)
    catch_up(store)
    return html.render(report, store.summaries(), progress(store.reviews, datetime.now(UTC)))


def _write(text: str, out: Path) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingError(f"-o {out}", f"cannot be written ({error.strerror})", "name a file that can") from error
    typer.echo(str(out), err=True)


def _find(store: "Store", session_id: str | None) -> "Session":
    return store.session(session_id) if session_id else store.latest()
