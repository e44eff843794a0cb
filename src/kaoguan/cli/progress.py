"""`kaoguan progress`: how far you have come."""

from datetime import UTC, datetime

from kaoguan.cli.history import followed
from kaoguan.cli.options import AsJson, Everything
from kaoguan.cli.screen import console, language
from kaoguan.cli.streams import print_data
from kaoguan.learning import progress as find
from kaoguan.report.progress import draw_progress


def command(everything: Everything = False, as_json: AsJson = False) -> None:
    """Show how far you have come: mastery by topic and key point over time, streaks, before and after on retries.

    A key point is mastered when three weeks after its last review it would still be recalled nine times in ten.
    """
    with followed() as store:
        found = find(store.reviews, datetime.now(UTC), histories=as_json)
    if as_json:
        print_data(found.model_dump_json(indent=2))
        return
    draw_progress(console(), found, language(), everything=everything)
