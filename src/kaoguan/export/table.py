"""Verdicts as CSV: one row per session, question and key point."""

import csv
import io
from collections.abc import Iterable

from kaoguan.interview import Report
from kaoguan.text import inert

COLUMNS = (
    "session", "started_at", "rubric_id", "topic", "question", "unaided_score", "final_score", "answers", "follow_ups",
    "hints", "key_point", "text", "weight", "unaided", "final", "confidence", "evidence",
    "overruled_by", "judged",
)  # fmt: skip


def verdict_table(reports: Iterable[Report]) -> str:
    """Return the table: UTF-8 with a byte order mark, which spreadsheets need to read Chinese, and no formulas."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for report in reports:
        for row in _rows(report):
            writer.writerow(["" if value is None else inert(str(value)) for value in row])
    return "\ufeff" + out.getvalue()


def _rows(report: Report) -> Iterable[tuple[object, ...]]:
    for question in report.questions:
        about = (report.session, report.started_at.isoformat(), question.rubric_id, question.topic, question.question)
        went = (question.score.unaided, question.score.final, question.answers, question.follow_ups, question.hints)
        for point in question.points:
            ruled = (point.key_point, point.text, point.weight, point.unaided, point.final, point.confidence)
            otherwise = (point.overruled.who, point.overruled.was) if point.overruled else ("", "")
            yield (*about, *went, *ruled, point.quote.text if point.quote else "", *otherwise)
