"""Which questions an interview asks: chosen by topic, id, language and number; the same seed chooses the same."""

import random
from collections.abc import Mapping, Sequence

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
    questions: int | None = None,
    seed: int = 0,
) -> tuple[Rubric, ...]:
    """Return the rubrics to ask, none twice. Named ids come in their order, all others in the seed's.

    Raises InputError when an id or a topic matches nothing.
    """
    if ids:
        return tuple(rubrics.choose(bank, ids).values())[:questions]
    found = [bank[rubric_id] for rubric_id in sorted(bank)]
    if topics:
        found = _on_topics(found, topics)
    if language and any(rubric.language == language for rubric in found):
        found = [rubric for rubric in found if rubric.language == language]
    random.Random(seed).shuffle(found)  # noqa: S311 - an order of questions, not a secret
    return tuple(found[: questions or QUESTIONS])


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
