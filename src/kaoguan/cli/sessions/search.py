"""`kaoguan sessions search`: where something was said."""

from typing import Annotated

import typer

from kaoguan.cli.history import opened
from kaoguan.cli.options import AsJson
from kaoguan.cli.screen import console, echo_all, language
from kaoguan.report.transcript import draw_hits


def command(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them, in one turn.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find where something was said, latest first."""
    wanted = " ".join(words)
    with opened() as store:
        hits = store.search(wanted, limit)
    if as_json:
        echo_all(hits)
        return
    draw_hits(console(), hits, wanted, language())
