"""`kaoguan sessions list`: what was when, and how it went."""

from typing import Annotated

import typer

from kaoguan.cli.history import opened
from kaoguan.cli.options import AsJson
from kaoguan.cli.screen import console, echo_all, language
from kaoguan.cli.streams import tell_fault
from kaoguan.report.transcript import draw_list
from kaoguan.store.database import damage

# A screenful; drawing 5 000 rows takes seconds.
_LATEST = 20


def command(
    everything: Annotated[bool, typer.Option("--all", help="Not only the latest 20.")] = False, as_json: AsJson = False
) -> None:
    """List interviews, latest first; with --json all of them."""
    with opened() as store:
        summaries = store.summaries(None if everything or as_json else _LATEST)
        more = store.count() - len(summaries)
        damaged = store.damaged(None if everything or as_json else _LATEST)
    if as_json:
        echo_all(summaries)
    else:
        draw_list(console(), summaries, language(), more)
    for session_id in damaged:
        tell_fault(damage(session_id))
