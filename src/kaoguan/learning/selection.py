"""Which questions `interview --due` asks: of what is due those that are ripe, and something new in every interview.

A question asks for all its key points at once. It is ripe when asking now is likely to bring key points to mastery in
one step. Asking earlier earns less and starts the clock anew: on simulated learners (benchmarks/learning) the most
nearly forgotten first, which is what flash cards do, teaches less than chance when there is more to learn than time.
Two things do better: waiting until recall means something, and meeting new questions early, so that there is time left
to let them ripen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from kaoguan.learning.memory import MemoryModel, is_due, mastered
from kaoguan.models import Rubric
from kaoguan.store import Card, Memory, Rating

_WAIT = 0.1
"""What a day of waiting counts for, in key points of weight 1 mastered: lets nothing wait for ever."""


def select(
    bank: Mapping[str, Rubric],
    cards: Iterable[Card],
    now: datetime,
    questions: int,
    among: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Return the ids of at most `questions` rubrics: due ones, the ripest first, then new ones in their order.

    `among` are the ids to choose from, in their order (default: all). Of what was never asked no rubric is looked at.

    Half of them are new, rounded up, while anything new is left; more where less is due, fewer where less is new. Where
    neither is left, those asked longest ago. A single question is a due one.
    """
    by_rubric: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_rubric[card.rubric_id].append(card)
    ids = dict.fromkeys(bank if among is None else among)
    new = [rubric_id for rubric_id in ids if rubric_id not in by_rubric]
    model = MemoryModel()
    due: dict[str, tuple[float, float]] = {}
    rest: dict[str, datetime] = {}
    for rubric_id, those in by_rubric.items():
        if rubric_id not in ids:
            continue
        if any(is_due(card.memory, now) for card in those):
            due[rubric_id] = ripeness(bank[rubric_id], those, now, model), lost(bank[rubric_id], those, now, model)
        else:
            rest[rubric_id] = max(card.asked for card in those)
    ripest = sorted(due, key=lambda it: (-due[it][0], -due[it][1], it))
    mix = (questions + 1) // 2 if questions > 1 else 0
    room = min(len(new), max(mix, questions - len(ripest)))
    chosen = [*ripest[: questions - room], *new[:room], *sorted(rest, key=lambda it: (rest[it], it))]
    return tuple(chosen[:questions])


def ripeness(rubric: Rubric, cards: Sequence[Card], now: datetime, model: MemoryModel) -> float:
    """Return the weight of key points that asking now is expected to bring to mastery, less what it may lose.

    Days of waiting count a little, to the day: two questions asked in one interview wait equally long.
    """
    weights = {point.id: point.weight for point in rubric.key_points}
    waited = round((now - max(card.asked for card in cards)) / timedelta(days=1))
    return _WAIT * waited + sum(
        weights[card.key_point] * _gain(card.memory, now, model)
        for card in cards
        if card.memory and card.key_point in weights
    )


def lost(rubric: Rubric, cards: Sequence[Card], now: datetime, model: MemoryModel) -> float:
    """Return the weight of key points that are forgotten by now, as far as can be told."""
    weights = {point.id: point.weight for point in rubric.key_points}
    return sum(weights.get(card.key_point, 0) * (1 - model.recall(card.memory, now)) for card in cards if card.memory)


def _gain(memory: Memory, now: datetime, model: MemoryModel) -> float:
    odds = model.recall(memory, now)
    recalled, missed = (mastered(model.after(memory, rating, now)) for rating in (Rating.GOOD, Rating.AGAIN))
    return odds * recalled + (1 - odds) * missed - mastered(memory)
