"""`kaoguan due` and `kaoguan progress`: what is about to be forgotten, and how far you have come."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from kaoguan.cli.history import AsJson, Everything, console, echo_all, followed, language


def due(
    topic: Annotated[str | None, typer.Option(help="Only topics with these words.")] = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List the key points that are about to be forgotten, the most nearly forgotten first.

    Every graded answer is a review of each of its key points; when to ask again is computed by FSRS. What was missed
    four times is pointed out with the lines to read. `kaoguan interview --due` asks about them.
    """
    from kaoguan.learning import due as find

    with followed() as store:
        points = find(store.reviews, datetime.now(UTC))
    if topic:
        points = tuple(point for point in points if topic.casefold() in point.topic.casefold())
    if as_json:
        echo_all(points)
        return
    from kaoguan.report.progress import draw_due

    draw_due(console(), points, language(), everything=everything)


def progress(everything: Everything = False, as_json: AsJson = False) -> None:
    """Show how far you have come: mastery by topic and key point over time, streaks, before and after on retries.

    A key point is mastered when three weeks after its last review it would still be recalled nine times in ten.
    """
    from kaoguan.learning import progress as find

    with followed() as store:
        found = find(store.reviews, datetime.now(UTC), histories=as_json)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    from kaoguan.report.progress import draw

    draw(console(), found, language(), everything=everything)
