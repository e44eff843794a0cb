"""A session as Markdown with YAML front matter, for notes that are kept in files."""

import yaml

from kaoguan.interview import Report
from kaoguan.report import markdown


def session_markdown(report: Report) -> str:
    """Return front matter (what a notes program can sort by) and the report with its transcript."""
    facts = {
        "session": report.session,
        "started_at": report.started_at.isoformat(timespec="seconds"),
        "finished": report.finished_at is not None,
        "language": report.language,
        "judge": str(report.judge),
        "unaided": report.score.unaided,
        "final": report.score.final,
        "topics": sorted({question.topic for question in report.questions}),
        "rubrics": [question.rubric_id for question in report.questions],
        "tags": ["kaoguan"],
    }
    return f"---\n{yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)}---\n\n{markdown.render_markdown(report)}"
