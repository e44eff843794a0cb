"""Which questions an interview asks: chosen by topic, id, language, difficulty, number and seed."""

import math
import random
from collections.abc import Collection, Iterable, Mapping, Sequence

from kaoguan import rubrics
from kaoguan.errors import InputError
from kaoguan.models import Language, Rubric

QUESTIONS = 3
"""How many questions an interview has when nobody says."""


def choose(
    bank: Mapping[str, Rubric],
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
    found = [bank[rubric_id] for rubric_id in sorted(bank)]
    if topics:
        found = _on_topics(found, topics)
    if language and any(rubric.language == language for rubric in found):
        found = [rubric for rubric in found if rubric.language == language]
    if difficulties:
        found = _of_difficulty(found, difficulties)
    random.Random(seed).shuffle(found)  # noqa: S311 - an order of questions, not a secret
    place = {rubric_id: index for index, rubric_id in enumerate(first)}
    # sort() is stable: the rest stays in the seed's order.
    found.sort(key=lambda rubric: place.get(rubric.id, len(place)))
    return tuple(found[: questions or QUESTIONS])


def _of_difficulty(candidates: Sequence[Rubric], difficulties: Collection[int]) -> list[Rubric]:
    found = [rubric for rubric in candidates if rubric.difficulty in difficulties]
    if not found:
        known = ", ".join(str(level) for level in sorted({rubric.difficulty for rubric in candidates}))
        wanted = "-".join(str(level) for level in sorted({min(difficulties), max(difficulties)}))
        raise InputError(f"difficulty {wanted}", "no rubric that matches has it", f"use one of: {known}")
    return found


def _on_topics(candidates: Sequence[Rubric], topics: Sequence[str]) -> list[Rubric]:
    chosen = []
    for topic in topics:
        wanted = topic.strip().casefold()
        found = [rubric for rubric in candidates if wanted and wanted in rubric.topic.casefold()]
        if not found:
            known = ", ".join(sorted({rubric.topic for rubric in candidates}))
            raise InputError(f"topic {topic!r}", "no rubric has it", f"use (part of) one of: {known}")
        chosen += [rubric for rubric in found if rubric not in chosen]
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
