"""Three versions of a rubric become one: as last distilled, as edited by hand, as distilled now.

What only the document changed is taken over; what was edited by hand stays; where both changed, the hand wins and the
conflict is named. What was deleted by hand stays deleted. An id never comes to mean something else.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kaoguan.models import Rubric

_FIELDS = ("language", "state", "topic", "difficulty", "question", "reference_answer", "source", "other_sources")


class Merged(NamedTuple):
    """The rubric to keep, and the places where the document says something else than the hand edit that was kept."""

    rubric: Rubric
    conflicts: tuple[str, ...]


def merge(base: Rubric, ours: Rubric, theirs: Rubric) -> Merged:
    """Return `ours` with what changed from `base` to `theirs`, in so far as no hand edit stands there."""
    conflicts: list[str] = []
    fields: dict[str, Any] = {field: _pick(base, ours, theirs, field, field, conflicts) for field in _FIELDS}
    fields["key_points"] = _items(base.key_points, ours.key_points, theirs.key_points, conflicts) or ours.key_points
    fields["misconceptions"] = _items(base.misconceptions, ours.misconceptions, theirs.misconceptions, conflicts)
    fields["notes"] = _texts(base.notes, ours.notes, theirs.notes)
    return Merged(ours.model_copy(update=fields), tuple(conflicts))


def _pick(base: Any, ours: Any, theirs: Any, field: str, where: str, conflicts: list[str]) -> Any:
    before, mine, new = (getattr(version, field) for version in (base, ours, theirs))
    if mine in (before, new):
        return new
    if new != before and field not in {"source", "other_sources"}:
        conflicts.append(where)
    return mine


def _items(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], conflicts: list[str]) -> tuple[Any, ...]:
    """Merge lists of items with ids: our order, then what is new in theirs."""
    before, new = {item.id: item for item in base}, {item.id: item for item in theirs}
    merged: list[Any] = []
    for item in ours:
        if item.id not in before:
            merged.append(item)  # written by hand
        elif item.id in new:
            merged.append(_item(before[item.id], item, new[item.id], conflicts))
        elif item != before[item.id]:
            conflicts.append(item.id)  # edited by hand, gone from the document
            merged.append(item)
    kept = {item.id for item in ours} | set(before)
    return (*merged, *(item for item in theirs if item.id not in kept))


def _item(base: Any, ours: Any, theirs: Any, conflicts: list[str]) -> Any:
    fields: dict[str, Any] = {}
    for field in type(ours).model_fields:
        if field == "paraphrases":
            fields[field] = _texts(base.paraphrases, ours.paraphrases, theirs.paraphrases)
        elif field != "id":
            fields[field] = _pick(base, ours, theirs, field, f"{ours.id}.{field}", conflicts)
    return ours.model_copy(update=fields)


def _texts(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    kept = [text for text in ours if text not in base or text in theirs]
    return (*kept, *(text for text in theirs if text not in base and text not in ours))
