"""Answers that people have graded: what `evaluate` compares with."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from kaoguan.errors import AnswersError
from kaoguan.models import Label, Model, Rubric, Submission

# What a person can say of a key point, in the order of every table. (Unscored is what only a failed judge says.)
GOLD_LABELS = (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED)


class GoldAnswer(Model):
    """One answer with a person's label for every key point and a score from 0 to 10."""

    id: str
    rubric_id: str
    answer: str
    labels: Mapping[str, Label]
    score: float = Field(ge=0, le=10)
    misconceptions: tuple[str, ...] = ()
    # What sort of answer it is (excellent, adv_negated, …): figures are also given per kind.
    kind: str | None = None


def parse_gold(where: str, submission: Submission, rubric: Rubric) -> GoldAnswer:
    """Return the submission with its gold columns read; other columns are ignored. Raises AnswersError at `where`."""
    where = f"{where}: {submission.id}"
    columns = {name: submission.extra[name] for name in ("score", "misconceptions", "kind") if name in submission.extra}
    labels = _from_json(submission.extra.get("labels"))
    if not isinstance(labels, dict):
        raise AnswersError(where, "has no labels", 'write "labels": {"p1": "covered", …}')
    _check_points(where, labels, rubric)
    columns["misconceptions"] = _from_json(columns.get("misconceptions") or [])
    try:
        gold = GoldAnswer(id=submission.id, rubric_id=rubric.id, answer=submission.answer, labels=labels, **columns)
    except ValidationError as error:
        raise _explained(where, error) from error
    known = {misconception.id for misconception in rubric.misconceptions}
    if unknown := [id_ for id_ in gold.misconceptions if id_ not in known]:
        raise AnswersError(
            where, f"no misconception {unknown[0]!r} in rubric {rubric.id}", "mend the gold or the rubric"
        )
    return gold


def _from_json(value: Any) -> Any:
    """Return a CSV cell's JSON as the value a JSON line would have held."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _check_points(where: str, labels: Mapping[str, Any], rubric: Rubric) -> None:
    points = [point.id for point in rubric.key_points]
    if missing := [point for point in points if point not in labels]:
        raise AnswersError(where, f"no label for {', '.join(missing)} of rubric {rubric.id}", "label every key point")
    if surplus := [point for point in labels if point not in points]:
        what = f"labels {', '.join(surplus)}, which rubric {rubric.id} does not have"
        raise AnswersError(where, what, f"its key points are {', '.join(points)}")
    allowed = [str(label) for label in GOLD_LABELS]
    if wrong := [point for point in points if labels[point] not in allowed]:
        what = f"the label of {wrong[0]} is {labels[wrong[0]]!r}"
        raise AnswersError(where, what, f"use {', '.join(allowed[:-1])} or {allowed[-1]}")


def _explained(where: str, error: ValidationError) -> AnswersError:
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    mends = {"score": "write a number from 0 to 10", "misconceptions": 'write a list of ids, such as ["m1"]'}
    mend = mends.get(str(first["loc"][0]), "write a word")
    if first["type"] == "missing":
        return AnswersError(where, f"has no {place}", mend)
    return AnswersError(where, f"{place} is {first['input']!r}", mend)
