"""What is about to be forgotten, and what keeps being missed."""

from collections.abc import Mapping
from datetime import datetime

from kaoguan.learning.memory import MemoryModel, is_due, mastered
from kaoguan.models import KeyPoint, Label, Model, Rubric, Source
from kaoguan.store import Card, Reviews

LEECH = 4
"""Missed so often without being mastered: asking again does not help, reading does."""


class DuePoint(Model):
    """A key point to ask again; `recall` are the odds, 0-1, that it would be recalled now."""

    rubric_id: str
    key_point: str
    topic: str
    text: str
    due: datetime
    recall: float
    reviews: int
    misses: int
    leech: bool
    note: str | None = None
    source: Source | None


def due(reviews: Reviews, now: datetime) -> tuple[DuePoint, ...]:
    """Return the key points that are due, the most nearly forgotten first. `catch_up` first."""
    rubrics = reviews.asked()
    model = MemoryModel()
    found = []
    for card in reviews.cards():
        known = find_point(rubrics, card)
        if known is None or not is_due(card.memory, now):
            continue
        rubric, point = known
        assert card.memory  # noqa: S101 - is_due
        found.append(
            DuePoint(
                rubric_id=card.rubric_id,
                key_point=card.key_point,
                topic=rubric.topic,
                text=point.text,
                due=card.memory.due,
                recall=round(model.recall(card.memory, now), 3),
                reviews=card.reviews,
                misses=card.misses,
                leech=is_leech(card),
                note=point.note,
                source=point.source or rubric.source,
            )
        )
    return tuple(sorted(found, key=lambda it: (it.recall, it.rubric_id, it.key_point)))


def is_leech(card: Card) -> bool:
    """Return whether a key point keeps being missed: time to read the source."""
    return card.misses >= LEECH and not mastered(card.memory) and card.recent[-1] is not Label.COVERED


def find_point(rubrics: Mapping[str, Rubric], card: Card) -> tuple[Rubric, KeyPoint] | None:
    """Return the rubric and the key point of a card; None when the rubric no longer has it."""
    rubric = rubrics.get(card.rubric_id)
    if rubric is None:
        return None
    return next(((rubric, point) for point in rubric.key_points if point.id == card.key_point), None)
