"""What is about to be forgotten, and what keeps being missed."""

from collections.abc import Mapping
from datetime import datetime

from kaoguan.grading.scoring import CREDIT
from kaoguan.learning.memory import MemoryModel, due_from, is_due, mastered
from kaoguan.models import KeyPoint, Label, Model, Rubric, Source
from kaoguan.store import Card, Reviews

LEECH = 4
"""Missed so often without being mastered: asking again does not help, reading does."""


class DuePoint(Model):
    """A key point to ask again; `recall` are the odds, 0-1, that it would be said now."""

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
                recall=recall(card, model, now) or 0.0,
                reviews=card.reviews,
                misses=card.misses,
                leech=is_leech(card),
                note=point.note,
                source=point.source or rubric.source,
            )
        )
    return tuple(sorted(found, key=lambda it: (it.recall, it.rubric_id, it.key_point)))


class Coming(Model):
    """When the next key points are due, and how many are by the end of that day."""

    at: datetime
    count: int

    @property
    def when(self) -> str:
        """Return the time on the user's clock: 11-30 08:15."""
        return f"{self.at.astimezone():%m-%d %H:%M}"


def coming(reviews: Reviews, now: datetime) -> Coming | None:
    """Return when key points are due next that are not due now; None: nothing was ever asked. `catch_up` first."""
    rubrics = reviews.asked()
    waiting = [card.memory for card in reviews.cards() if card.memory and find_point(rubrics, card)]
    later = [due_from(memory) for memory in waiting if not is_due(memory, now)]
    if not later:
        return None
    first = min(later)
    day = first.astimezone().date()
    return Coming(at=first, count=sum(at.astimezone().date() <= day for at in later))


def recall(card: Card, model: MemoryModel, now: datetime) -> float | None:
    """Return the odds, 0-1, of saying a key point in full now; None where nothing reliable is known.

    The odds of remembering what was made of it, times what that earned: who missed it knows nothing of it yet, however
    fresh the miss is.
    """
    if card.memory is None:
        return None
    last = next((label for label in reversed(card.recent) if label is not Label.UNSCORED), Label.COVERED)
    return round(model.recall(card.memory, now) * max(0.0, CREDIT[last]), 3)


def is_leech(card: Card) -> bool:
    """Return whether a key point keeps being missed: time to read the source."""
    return card.misses >= LEECH and not mastered(card.memory) and card.recent[-1] is not Label.COVERED


def find_point(rubrics: Mapping[str, Rubric], card: Card) -> tuple[Rubric, KeyPoint] | None:
    """Return the rubric and the key point of a card; None when the rubric no longer has it."""
    rubric = rubrics.get(card.rubric_id)
    if rubric is None:
        return None
    return next(((rubric, point) for point in rubric.key_points if point.id == card.key_point), None)
