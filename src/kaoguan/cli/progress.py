"""`kaoguan progress`: how far you have come."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kaoguan.cli.history import followed
from kaoguan.cli.options import AsJson, Everything
from kaoguan.cli.pager import paged
from kaoguan.cli.screen import console, language
from kaoguan.cli.streams import print_data
from kaoguan.errors import SettingError
from kaoguan.files.replacing import replacing
from kaoguan.learning import progress as find
from kaoguan.report.html.progress import render_progress
from kaoguan.report.progress import draw_progress


def command(
    everything: Everything = False,
    as_json: AsJson = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print one HTML page that needs nothing else.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to FILE.")] = None,
) -> None:
    """Show how far you have come: mastery by topic and key point over time, streaks, before and after on retries.

    A key point is mastered when three weeks after its last review it would still be recalled nine times in ten.
    """
    if as_json and as_html:
        raise SettingError("--json and --html", "cannot be combined", "choose one")
    if out and not (as_json or as_html):
        raise SettingError("--out", "writes a page or JSON", "add --html or --json")
    with followed() as store:
        found = find(store.reviews, datetime.now(UTC), histories=as_json or as_html)
        sessions = store.summaries() if as_html else ()
    if not (as_json or as_html):
        paged(console(), lambda screen: draw_progress(screen, found, language(), everything=everything), language())
        return
    text = render_progress(found, sessions, language()) if as_html else found.model_dump_json(indent=2)
    if out is None:
        print_data(text)
        return
    with replacing(out, private=True) as file:
        file.write(text + "\n")
    typer.echo(str(out), err=True)
