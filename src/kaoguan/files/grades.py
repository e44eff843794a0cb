"""Grades as lines of JSON and as a table.

A JSON line is the grade as DESIGN and README give it, followed by `extra`: the other columns of the answers file,
untouched. The nesting keeps a column called `score` from passing for ours. The table flattens the same names:

    id, rubric_id, extra.<column> …, score, range, needs_review, review_reasons, verdict.<key point>,
    evidence.<key point> …, misconceptions, feedback, judge, model, fingerprint.<name> …

Key points are those that occur in the file; the cell is empty where a rubric has no such point.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kaoguan.models import Grade

_encode = json.JSONEncoder(ensure_ascii=False).encode
Cells = Mapping[str, str | float | bool | None]


def to_json(grade: Grade, extra: Mapping[str, Any]) -> str:
    """Return one line, without its end: the same grade gives the same bytes."""
    content = grade.model_dump(mode="json")
    if extra:
        content["extra"] = dict(extra)
    return _encode(content)


def columns(rows: Iterable[Cells]) -> list[str]:
    """Return every column that occurs, groups in the order of the first row, new columns at the end of their group."""
    groups: dict[str, dict[str, None]] = {
        "id": {}, "rubric_id": {}, "extra": {}, "score": {}, "range": {}, "needs_review": {}, "review_reasons": {},
        "verdict": {},
    }  # fmt: skip
    for row in rows:
        for column in row:
            group = column.partition(".")[0]
            # Each point's evidence stands beside its verdict.
            groups.setdefault("verdict" if group == "evidence" else group, {})[column] = None
    return [column for group in groups.values() for column in group]


def cells(line: str) -> Cells:
    """Return the cells of a JSON line by column; texts, but for score and needs_review."""
    grade = json.loads(line)
    row = {name: grade[name] for name in ("id", "rubric_id")}
    row |= {f"extra.{name}": _text(value) for name, value in grade.get("extra", {}).items()}
    # With a dash that no spreadsheet takes for a date's.
    likely = grade.get("range")
    row |= {"score": grade["score"], "range": f"{likely[0]}–{likely[1]}" if likely else ""}
    row |= {"needs_review": grade["needs_review"]}
    row["review_reasons"] = "; ".join(grade["review_reasons"])
    for verdict in grade["verdicts"]:
        row[f"verdict.{verdict['key_point']}"] = verdict["verdict"]
        row[f"evidence.{verdict['key_point']}"] = verdict["evidence"]
    row["misconceptions"] = "; ".join(dict.fromkeys(stated["id"] for stated in grade["misconceptions"]))
    row |= {name: grade[name] or "" for name in ("feedback", "judge", "model")}
    row |= {f"fingerprint.{name}": value or "" for name, value in grade["fingerprints"].items()}
    return row


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
