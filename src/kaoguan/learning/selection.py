"""Which questions `interview --due` asks: what is about to be forgotten first, and something new in every interview.

A question asks for all its key points at once, so questions compete by what asking them now would save: the weight of
each key point that is due, times the odds that it is already forgotten, and a little for the point being due at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from kaoguan.learning.memory import Model, is_due
from kaoguan.models import Rubric
from kaoguan.store import Card

NEW_SHARE = 3
"""One question in so many is new while anything new is left; the rest too, where nothing is due."""


def select(bank: Mapping[str, Rubric], cards: Iterable[Card], now: datetime, questions: int) -> tuple[str, ...]:
    """Return the ids of at most `questions` rubrics, the most urgent first; new ones in the bank's order.

    Where nothing is due and nothing new is left, those asked longest ago.
    """
    by_rubric: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_rubric[card.rubric_id].append(card)
    new = [rubric_id for rubric_id in bank if rubric_id not in by_rubric]
    asked = [rubric_id for rubric_id in bank if rubric_id in by_rubric]
    gains = {rubric_id: gain(bank[rubric_id], by_rubric[rubric_id], now) for rubric_id in asked}
    due = sorted((rubric_id for rubric_id in asked if gains[rubric_id]), key=lambda it: (-gains[it], it))
    rest = [rubric_id for rubric_id in asked if not gains[rubric_id]]
    rest.sort(key=lambda it: (max(card.asked for card in by_rubric[it]), it))
    room = max(questions // NEW_SHARE, questions - len(due))
    chosen = [*due[: questions - min(room, len(new))], *new[:room]]
    return tuple([*chosen, *rest][:questions])


def gain(rubric: Rubric, cards: Sequence[Card], now: datetime) -> float:
    """Return what asking a question now would save; 0 when none of its key points is due."""
    model = Model()
    weights = {point.id: point.weight for point in rubric.key_points}
    return sum(
        weights[card.key_point] * (1 - model.recall(card.memory, now))
        for card in cards
        if card.key_point in weights and card.memory and is_due(card.memory, now)
    )
