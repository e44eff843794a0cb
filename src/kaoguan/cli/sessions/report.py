"""`kaoguan sessions report`: how an interview went, on the terminal, as Markdown, a page or JSON."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kaoguan.assembly.interviews import background_grader
from kaoguan.cli.history import chosen_session, opened
from kaoguan.cli.options import AsJson, SessionArgument
from kaoguan.cli.screen import console
from kaoguan.errors import SettingError
from kaoguan.files.replacing import replacing
from kaoguan.interview import Interview, Report
from kaoguan.learning import catch_up, progress
from kaoguan.report import html, markdown, terminal
from kaoguan.session import Session
from kaoguan.store import Store


def command(
    session_id: SessionArgument = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print one HTML page that needs nothing else.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to FILE.")] = None,
) -> None:
    """Show the report of an interview, finished or not."""
    if as_json + as_markdown + as_html > 1:
        raise SettingError("--json, --md and --html", "cannot be combined", "choose one")
    with opened() as store:
        session = chosen_session(store, session_id)
        found = Interview.open(session.id, background_grader(session.plan), store).report()
        page = _page(store, session, found) if as_html else ""
    if as_json:
        text = found.model_dump_json(indent=2) + "\n"
    elif as_markdown:
        text = markdown.render_markdown(found)
    elif as_html:
        text = page
    else:
        text = terminal.plain_report(found) if out else ""
    if out:
        _write(text, out)
    elif text:
        typer.echo(text, nl=False)
    else:
        terminal.draw_report(console(), found)


def _page(store: Store, session: Session, report: Report) -> str:
    if not session.mine:
        return html.render(report)
    catch_up(store)
    return html.render(report, store.summaries(), progress(store.reviews, datetime.now(UTC)))


def _write(text: str, out: Path) -> None:
    with replacing(out) as file:
        file.write(text)
    typer.echo(str(out), err=True)
