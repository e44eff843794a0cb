"""`kaoguan due`: what is about to be forgotten."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from kaoguan.cli.history import followed
from kaoguan.cli.options import AsJson, Everything
from kaoguan.cli.screen import console, echo_all, language
from kaoguan.learning import due as find
from kaoguan.learning.due import coming
from kaoguan.report.progress import draw_due


def command(
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", help="Only topics with these words.")] = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List the key points that are about to be forgotten, the most nearly forgotten first.

    Every graded answer is a review of each of its key points; when to ask again is computed by FSRS. What was missed
    four times is pointed out with the lines to read. `kaoguan interview --due` asks about them.
    """
    with followed() as store:
        now = datetime.now(UTC)
        points, following = find(store.reviews, now), coming(store.reviews, now)
    if topic:
        points = tuple(point for point in points if topic.casefold() in point.topic.casefold())
    if as_json:
        echo_all(points)
        return
    draw_due(console(), points, language(), following=following, everything=everything)
