"""Which questions an interview asks: chosen by topic, role, id, language, difficulty, number and seed."""

import math
import random
from collections.abc import Collection, Iterable, Sequence

from kaoguan import rubrics
from kaoguan.errors import InputError
from kaoguan.models import Language, Rubric
from kaoguan.rubrics import Bank, Head, Role

QUESTIONS = 3
"""How many questions an interview has when nobody says."""


def choose(
    bank: Bank,
    *,
    ids: Sequence[str] = (),
    topics: Sequence[str] = (),
    language: Language | None = None,
    difficulties: Collection[int] | None = None,
    first: Sequence[str] = (),
    questions: int | None = None,
    seed: int = 0,
) -> tuple[Rubric, ...]:
    """Return the rubrics to ask, none twice. Named ids come in their order, all others in the seed's.

    `first` are ids that come before others where they match as well: what is due, or was weak.
    Raises InputError when an id, a topic or the difficulty matches nothing.
    """
    if ids:
        return tuple(rubrics.with_ids(bank, ids).values())[:questions]
    found = matching(bank, topics=topics, language=language, difficulties=difficulties, seed=seed)
    place = {rubric_id: index for index, rubric_id in enumerate(first)}
    # sort() is stable: the rest stays in the seed's order.
    found.sort(key=lambda head: place.get(head.id, len(place)))
    return tuple(bank[head.id] for head in found[: questions or QUESTIONS])


def matching(
    bank: Bank,
    *,
    topics: Sequence[str] = (),
    role: Role | None = None,
    language: Language | None = None,
    difficulties: Collection[int] | None = None,
    seed: int = 0,
) -> list[Head]:
    """Return all questions that match, in the seed's order; a role pulls its topics forward.

    Raises InputError when a topic, the role or the difficulty matches nothing.
    """
    heads = rubrics.heads(bank)
    found = [heads[rubric_id] for rubric_id in sorted(heads)]
    if topics:
        found = _on_topics(found, topics)
    if language and any(head.language == language for head in found):
        found = [head for head in found if head.language == language]
    if difficulties:
        found = _of_difficulty(found, difficulties)
    order = random.Random(seed)  # noqa: S311 - an order of questions, not a secret
    if role:
        return _for_role(found, role, order)
    order.shuffle(found)
    return found


def _for_role(candidates: Sequence[Head], role: Role, order: random.Random) -> list[Head]:
    """Return the questions that a role's interview may ask, in a random order that its weights pull at."""
    weights = rubrics.weights(role, [head.topic for head in candidates])
    # Efraimidis and Spirakis 2006: the largest of u^(1/w) are a weighted sample without replacement.
    keys = [(order.random() ** (1 / weight), head) for head, weight in zip(candidates, weights, strict=True) if weight]
    if not keys:
        raise InputError(f"role {role}", "no rubric that matches is on its topics", "leave --role or --topic away")
    return [head for _, head in sorted(keys, key=lambda entry: -entry[0])]


def _of_difficulty(candidates: Sequence[Head], difficulties: Collection[int]) -> list[Head]:
    found = [head for head in candidates if head.difficulty in difficulties]
    if not found:
        known = ", ".join(str(level) for level in sorted({head.difficulty for head in candidates}))
        wanted = "-".join(str(level) for level in sorted({min(difficulties), max(difficulties)}))
        raise InputError(f"difficulty {wanted}", "no rubric that matches has it", f"use one of: {known}")
    return found


def _on_topics(candidates: Sequence[Head], topics: Sequence[str]) -> list[Head]:
    chosen = []
    for topic in topics:
        found = [head for head in candidates if rubrics.on_topic(head.topic, topic)]
        if not found:
            known = ", ".join(sorted({rubrics.topic_id(head.topic) or head.topic for head in candidates}))
            raise InputError(f"topic {topic!r}", "no rubric has it", f"use (part of) one of: {known}")
        chosen += [head for head in found if head not in chosen]
    return chosen


# A level up for a perfect answer to a question of one's own level, a level down for none.
_STEP = 2.0
# One level of difficulty changes the odds threefold.
_LEVEL = math.log(3)
LOWEST, HIGHEST = 1.0, 5.0


def ability(start: float, results: Iterable[tuple[int, float]]) -> float:
    """Return how able a candidate is, 1-5, after these (difficulty, score 0-100) in order, beginning at `start`.

    What `--adaptive` chooses the next question by. An Elo rating: someone is expected to earn half of a question of
    their own level, three quarters one level below it.
    """
    level = start
    for difficulty, score in results:
        expected = 1 / (1 + math.exp(-_LEVEL * (level - difficulty)))
        level = min(HIGHEST, max(LOWEST, level + _STEP * (score / 100 - expected)))
    return level
