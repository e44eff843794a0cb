"""`kaoguan sessions report`: how an interview went, on the terminal, as Markdown, a page or JSON."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kaoguan.assembly.interviews import background_grader
from kaoguan.cli.history import chosen_session, opened
from kaoguan.cli.options import AsJson, SessionArgument
from kaoguan.cli.pager import paged
from kaoguan.cli.screen import console
from kaoguan.errors import SettingError
from kaoguan.files.replacing import replacing
from kaoguan.interview import Interview
from kaoguan.report import html, markdown, terminal


def command(
    session_id: SessionArgument = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print one HTML page that needs nothing else.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="All of it: quotations, explanations, reference answers.")
    ] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to FILE.")] = None,
) -> None:
    """Show the report of an interview, finished or not: short on the screen, all of it with --full or in a file.

    It holds this interview and nothing of any other: it can be sent to friends. `kaoguan progress` shows them all.
    """
    if as_json + as_markdown + as_html > 1:
        raise SettingError("--json, --md and --html", "cannot be combined", "choose one")
    with opened() as store:
        session = chosen_session(store, session_id)
        found = Interview.open(session.id, background_grader(session.plan), store).report()
    if as_json:
        text = found.model_dump_json(indent=2) + "\n"
    elif as_markdown:
        text = markdown.render_markdown(found)
    elif as_html:
        text = html.render(found)
    else:
        text = terminal.plain_report(found) if out else ""
    if out:
        _write(text, out)
    elif text:
        typer.echo(text, nl=False)
    else:
        paged(console(), partial(terminal.draw_report, report=found, full=full), found.language)


def _write(text: str, out: Path) -> None:
    with replacing(out, private=True) as file:
        file.write(text)
    typer.echo(str(out), err=True)
