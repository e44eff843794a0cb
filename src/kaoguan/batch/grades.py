"""Grades as lines of JSON and as a table.

A JSON line is the grade as DESIGN and README give it, followed by `extra`: the other columns of the answers file,
untouched. The nesting keeps a column called `score` from passing for ours. The table flattens the same names:

    id, rubric_id, extra.<column> …, score, needs_review, review_reasons, verdict.<key point>, evidence.<key point> …,
    misconceptions, feedback, judge, model, fingerprint.<name> …

Key points are those that occur in the file; the cell is empty where a rubric has no such point.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from kaoguan.models import Grade

# A spreadsheet runs a cell that starts like this as a formula; the full-width signs count as the plain ones in some.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

Cells = Mapping[str, str]


def to_json(grade: Grade, extra: Mapping[str, Any]) -> str:
    """Return one line, without its end: the same grade gives the same bytes."""
    content = grade.model_dump(mode="json")
    if extra:
        content["extra"] = dict(extra)
    return json.dumps(content, ensure_ascii=False)


def write_table(read: Callable[[], Iterable[str]], out: TextIO) -> None:
    """Write JSON lines as CSV; `read` gives them anew each time, as the columns are known only after a first pass."""
    columns = _columns(_cells(line) for line in read())
    writer = csv.writer(out)
    writer.writerow(columns)
    for line in read():
        cells = _cells(line)
        writer.writerow([_inert(cells.get(column, "")) for column in columns])


def _columns(rows: Iterable[Cells]) -> list[str]:
    """Return every column that occurs, groups in the order of the first row, new columns at the end of their group."""
    groups: dict[str, dict[str, None]] = {
        "id": {}, "rubric_id": {}, "extra": {}, "score": {}, "needs_review": {}, "review_reasons": {}, "verdict": {},
    }  # fmt: skip
    for cells in rows:
        for column in cells:
            group = column.partition(".")[0]
            # Each point's evidence stands beside its verdict.
            groups.setdefault("verdict" if group == "evidence" else group, {})[column] = None
    return [column for group in groups.values() for column in group]


def _cells(line: str) -> Cells:
    grade = json.loads(line)
    cells = {name: grade[name] for name in ("id", "rubric_id")}
    cells |= {f"extra.{name}": value for name, value in grade.get("extra", {}).items()}
    cells |= {"score": grade["score"], "needs_review": grade["needs_review"]}
    cells["review_reasons"] = "; ".join(grade["review_reasons"])
    for verdict in grade["verdicts"]:
        cells[f"verdict.{verdict['key_point']}"] = verdict["verdict"]
        cells[f"evidence.{verdict['key_point']}"] = verdict["evidence"]
    cells["misconceptions"] = "; ".join(dict.fromkeys(stated["id"] for stated in grade["misconceptions"]))
    cells |= {name: grade[name] for name in ("feedback", "judge", "model")}
    cells |= {f"fingerprint.{name}": value for name, value in grade["fingerprints"].items()}
    return {name: _text(value) for name, value in cells.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _inert(cell: str) -> str:
    """Return the cell as text that no spreadsheet runs. Numbers below zero stay numbers."""
    if not cell.lstrip(" ").startswith(_FORMULA_STARTS) or _is_number(cell):
        return cell
    return "'" + cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii()
