"""Which questions an interview asks: chosen by topic, id, language and number; the same seed chooses the same."""

import random
from collections.abc import Mapping, Sequence

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
        named = tuple(_named(bank, rubric_id) for rubric_id in dict.fromkeys(ids))
        return named[:questions]
    rubrics = [bank[rubric_id] for rubric_id in sorted(bank)]
    if topics:
        rubrics = _on_topics(rubrics, topics)
    if language and any(rubric.language == language for rubric in rubrics):
        rubrics = [rubric for rubric in rubrics if rubric.language == language]
    random.Random(seed).shuffle(rubrics)  # noqa: S311 - an order of questions, not a secret
    return tuple(rubrics[: questions or QUESTIONS])


def _named(bank: Mapping[str, Rubric], rubric_id: str) -> Rubric:
    if rubric_id not in bank:
        raise InputError(f"rubric {rubric_id!r}", "there is none with this id", f"use one of {', '.join(sorted(bank))}")
    return bank[rubric_id]


def _on_topics(rubrics: Sequence[Rubric], topics: Sequence[str]) -> list[Rubric]:
    chosen = []
    for topic in topics:
        wanted = topic.strip().casefold()
        found = [rubric for rubric in rubrics if wanted and wanted in rubric.topic.casefold()]
        if not found:
            known = ", ".join(sorted({rubric.topic for rubric in rubrics}))
            raise InputError(f"topic {topic!r}", "no rubric has it", f"use (part of) one of: {known}")
        chosen += [rubric for rubric in found if rubric not in chosen]
    return chosen
