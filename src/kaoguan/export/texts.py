"""What of a session becomes a text for other programs: verdicts as CSV, a graded sample, notes in Markdown.

CSV has one row per session, question and key point. The sample has a JSON line for every answer with a verdict that a
person ruled on, for `kaoguan calibrate` and `kaoguan evaluate`:

    {"id": "k3f9qa/optimizer", "rubric_id": "optimizer", "answer": "…", "labels": {"p1": "covered", …},
     "misconceptions": ["m1"], "score": 6.3, "overruled": ["p1"]}

Labels that nobody overruled are the judge's: whoever looks at one verdict has usually looked at all of them, but check.
Overruling a verdict with the same label confirms it.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator

import yaml

from kaoguan.interview import Report
from kaoguan.interview.answers import join
from kaoguan.interview.decide.state import replay
from kaoguan.models import JudgeName, Label
from kaoguan.report import markdown
from kaoguan.session import Record, Stage
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


def sample_lines(record: Record) -> Iterator[str]:
    """Yield a line, without its end, for every answer of a session with a verdict by a person."""
    final = {graded.rubric_id: graded.grade for graded in record.grades if graded.stage is Stage.FINAL}
    for exchange in replay(record.turns).exchanges:
        grade = final.get(exchange.rubric_id)
        if grade is None or grade.score is None or not exchange.answers:
            continue
        labels = {verdict.key_point: verdict.verdict for verdict in grade.verdicts}
        overruled = [verdict.key_point for verdict in grade.verdicts if verdict.judge is JudgeName.PERSON]
        if not overruled or Label.UNSCORED in labels.values():
            continue
        content = {
            "id": f"{record.session.id}/{exchange.rubric_id}",
            "rubric_id": exchange.rubric_id,
            "answer": join(exchange.answers),
            "labels": labels,
            "misconceptions": sorted({stated.id for stated in grade.misconceptions}),
            "score": round(grade.score / 10, 2),
            "overruled": overruled,
        }
        yield json.dumps(content, ensure_ascii=False)


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
