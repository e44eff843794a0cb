"""The page of a candidate's progress over all interviews."""

from collections.abc import Sequence

from kaoguan.learning import Progress
from kaoguan.models import Language
from kaoguan.report.html import charts
from kaoguan.report.html.environment import page
from kaoguan.session import Summary


def render_progress(progress: Progress, sessions: Sequence[Summary], language: Language) -> str:
    """Return how the candidate stands as one HTML file; `sessions` are the stored ones."""
    return page(
        "progress.html.jinja",
        language,
        progress=progress,
        mastery=charts.mastery(progress) if progress.points else (),
        mastered=charts.mastery_chart(progress),
        timeline=charts.timeline(sessions),
    )
