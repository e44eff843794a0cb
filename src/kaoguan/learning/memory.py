"""What a review does to a memory: FSRS-6 with its published default parameters, by the library `fsrs`.

Nothing here is random and no day is split: the same reviews always give the same memory, in every time zone.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kaoguan.store import Memory, Rating

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION = 0.9
"""A key point is due when the odds of recalling it have fallen to this."""

MASTERED_DAYS = 21.0
"""Mastered: three weeks after the last review it would still be recalled nine times in ten."""


_DAY = timedelta(days=1)


def mastered(memory: Memory | None) -> bool:
    """Return whether a memory is stable enough to call it mastered."""
    return memory is not None and memory.stability >= MASTERED_DAYS


def is_due(memory: Memory | None, now: datetime) -> bool:
    """Return whether to ask again by now; what is due in the next half day counts, for who practises a bit earlier."""
    return memory is not None and due_from(memory) <= now


def due_from(memory: Memory) -> datetime:
    """Return from when on a key point counts as due."""
    return memory.due - _DAY / 2


class MemoryModel:
    """FSRS: `after` is what a review makes of a memory, `recall` the odds of recalling it."""

    def after(self, memory: Memory | None, rating: Rating, at: datetime) -> Memory:
        """Return the memory after a review; None: it is the first."""
        from fsrs import Rating as Fsrs

        at = at.astimezone(UTC).replace(tzinfo=UTC)  # fsrs compares with UTC itself
        card, _ = self._scheduler.review_card(_card(memory, at), Fsrs[rating.name.capitalize()], at)
        assert card.stability is not None and card.difficulty is not None  # noqa: S101 - it was reviewed
        return Memory(stability=card.stability, difficulty=card.difficulty, due=card.due, reviewed=at)

    def recall(self, memory: Memory, at: datetime) -> float:
        """Return the odds, 0-1, of recalling it then."""
        return self._scheduler.get_card_retrievability(_card(memory, at), at)

    @cached_property
    def _scheduler(self) -> "Scheduler":
        # 0.03 s: only those who look at their progress pay it. Without learning steps everything is in whole days;
        # without fuzz making the reviews anew gives the same.
        from fsrs import Scheduler

        return Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _card(memory: Memory | None, at: datetime) -> "Card":
    from fsrs import Card, State

    # An id of our own: asking the library for one waits a millisecond.
    if memory is None:
        return Card(card_id=0, due=at)
    # Half past eight today and eight tomorrow are a day apart; fsrs would count whole days only and call it none.
    days = max(0, round((at - memory.reviewed) / _DAY))
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=at - days * _DAY,
    )
