"""Grades as lines of JSON and as rows of a table.

A JSON line is the grade as DESIGN and README give it, followed by `extra`: the other columns of the answers file,
untouched. A table has the file's own columns first, in their order and under their names, then ours: score, likely
range, whether and why to look, a comment. What a program wants of a grade (verdicts, evidence, fingerprints) is its
detail.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kaoguan.models import Grade, Submission

_encode = json.JSONEncoder(ensure_ascii=False).encode
Cell = str | float | bool | None
Cells = Mapping[str, Cell]


class Words(NamedTuple):
    """What a person reads in a table: `say` is of words/<language>/grades.yaml, `reason` of a reason for a review."""

    say: Callable[..., str]
    reason: Callable[[str], str]


class Graded(NamedTuple):
    """One answer with its grade, as a table needs it."""

    grade: Mapping[str, Any]
    row: Mapping[str, Any]
    student: str
    name: str
    answered: bool
    """Whether there is anything in the answer."""


def to_json(grade: Grade, extra: Mapping[str, Any]) -> str:
    """Return one line, without its end: the same grade gives the same bytes."""
    content = grade.model_dump(mode="json")
    if extra:
        content["extra"] = dict(extra)
    return _encode(content)


def to_line(grade: Grade, submission: Submission) -> str:
    """Return a line, without its end, of which a table is made; see `from_lines`."""
    answered = bool(submission.answer.strip())
    whole = grade.model_dump(mode="json")
    return _encode([whole, dict(submission.row), submission.student, submission.name, answered])


def from_lines(lines: Iterable[str]) -> Iterator[Graded]:
    """Yield what `to_line` has written."""
    for line in lines:
        yield Graded(*json.loads(line))


def own_cells(graded: Graded) -> Cells:
    """Return the file's own cells: texts and numbers as they came, what is nested as JSON."""
    return {name: _own(value) for name, value in graded.row.items()}


def our_cells(graded: Graded, words: Words) -> Cells:
    """Return what was found out about the answer, in words, by our names."""
    grade = graded.grade
    look = grade["needs_review"] or grade["score"] is None
    reasons = words.say("separator").join(map(words.reason, grade["review_reasons"]))
    return {
        words.say("score"): grade["score"],
        words.say("range"): _range(grade),
        words.say("look"): words.say("yes") if look else "",
        words.say("why"): reasons or (words.say("unscored") if grade["score"] is None else ""),
        words.say("comment"): grade["feedback"],
    }


def verdict_cells(graded: Graded, words: Words) -> Cells:
    """Return question, verdicts and evidence; those of key points that a rubric does not have are not there."""
    row: dict[str, Cell] = {words.say("question_id"): graded.grade["rubric_id"]}
    for verdict in graded.grade["verdicts"]:
        row[words.say("verdict", point=verdict["key_point"])] = verdict["verdict"]
        row[words.say("evidence", point=verdict["key_point"])] = verdict["evidence"]
    return row


def source_cells(graded: Graded, words: Words) -> Cells:
    """Return misconceptions, and who has judged, by which rubric, model and so on."""
    grade = graded.grade
    row: dict[str, Cell] = {}
    row[words.say("misconceptions")] = "; ".join(dict.fromkeys(stated["id"] for stated in grade["misconceptions"]))
    row |= {words.say(name): grade[name] or "" for name in ("judge", "model")}
    return row | {words.say("fingerprint", name=name): value or "" for name, value in grade["fingerprints"].items()}


def machine_cells(graded: Graded) -> Cells:
    """Return all that is known of an answer, by names that do not depend on a language."""
    grade = graded.grade
    row: dict[str, Cell] = {
        "grade.id": grade["id"],
        "grade.rubric_id": grade["rubric_id"],
        "grade.score": grade["score"],
        "grade.range": _range(grade),
        "grade.needs_review": grade["needs_review"],
        "grade.review_reasons": "; ".join(grade["review_reasons"]),
        "grade.feedback": grade["feedback"],
    }
    for verdict in grade["verdicts"]:
        row[f"grade.verdict.{verdict['key_point']}"] = verdict["verdict"]
        row[f"grade.evidence.{verdict['key_point']}"] = verdict["evidence"]
    row["grade.misconceptions"] = "; ".join(dict.fromkeys(stated["id"] for stated in grade["misconceptions"]))
    row |= {f"grade.{name}": grade[name] or "" for name in ("judge", "model")}
    return row | {f"grade.fingerprint.{name}": value or "" for name, value in grade["fingerprints"].items()}


class Header:
    """The columns of a table, in groups: own, ours, detail; no two of them have the same name."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self.titles: list[str] = []
        self._places: list[list[tuple[str, int]]] = []
        for group in groups:
            places = []
            for name in group:
                places.append((name, len(self.titles)))
                self.titles.append(self._free(name))
            self._places.append(places)

    def row(self, groups: Iterable[Cells]) -> list[Cell]:
        """Return the cells in the order of the titles."""
        cells: list[Cell] = [None] * len(self.titles)
        for places, group in zip(self._places, groups, strict=True):
            for name, at in places:
                cells[at] = group.get(name)
        return cells

    def _free(self, name: str) -> str:
        taken = {title.casefold() for title in self.titles}
        free, number = name, 1
        while free.casefold() in taken:
            free = f"{name} (kaoguan)" if number == 1 else f"{name} (kaoguan {number})"
            number += 1
        return free


def _range(grade: Mapping[str, Any]) -> str:
    # With a dash that no spreadsheet takes for a date's.
    return f"{grade['range'][0]}–{grade['range'][1]}" if grade.get("range") else ""


def _own(value: object) -> Cell:
    if value is None or isinstance(value, str | bool | float | int):
        return value
    return json.dumps(value, ensure_ascii=False)
