"""What an interview will ask: the words of the command line turned into a plan."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kaoguan import learning, prompts
from kaoguan.config import Settings
from kaoguan.errors import SettingError
from kaoguan.interview.decide.planning import QUESTIONS, matching
from kaoguan.learning.due import Coming
from kaoguan.learning.memory import is_due
from kaoguan.models import LANGUAGES, Language, Rubric
from kaoguan.rubrics import Bank, Head, Role, bank, heads, with_ids
from kaoguan.session import Plan
from kaoguan.store import Card


@dataclass(frozen=True)
class PlanOptions:
    """The options that choose questions."""

    folder: Path | None = None
    ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    role: Role | None = None
    difficulty: str | None = None
    adaptive: bool = False
    questions: int | None = None
    language: Language | None = None
    seed: int | None = None
    # With --due: where every key point stands that was ever asked.
    cards: tuple[Card, ...] | None = None
    # And when key points are due next.
    following: Coming | None = None


def draw_up(wanted: PlanOptions, settings: Settings, tell: Callable[[str], None] = lambda text: None) -> Plan:
    """Return the plan, and tell where it falls short of what was wanted. Raises InputError, SettingError."""
    known = bank(wanted.folder)
    seed = int.from_bytes(os.urandom(2)) if wanted.seed is None else wanted.seed
    language = wanted.language or (None if settings.language == "auto" else settings.language)
    levels = _levels(wanted.difficulty)
    count = wanted.questions or (len(wanted.ids) or QUESTIONS)
    if wanted.ids:
        chosen = tuple(with_ids(known, wanted.ids).values())[: None if wanted.adaptive else count]
    else:
        found = matching(
            known,
            topics=wanted.topics,
            role=wanted.role,
            language=language or _likely_language(known),
            # An adaptive interview starts at a difficulty and may leave it.
            difficulties=None if wanted.adaptive else levels,
            seed=seed,
        )
        chosen = _chosen(known, found, count, wanted)
    plan = Plan(
        rubrics=chosen,
        questions=count,
        adaptive=(levels[0] + levels[-1]) / 2 if wanted.adaptive else None,
        language=language or _common_language(chosen),
        seed=seed,
        due=_due(chosen, wanted.cards),
    )
    wording = prompts.load("interview", plan.language)
    if language and not wanted.ids and all(rubric.language != language for rubric in chosen):
        tell(wording.say("only_language", wanted=language))
    if wanted.questions and plan.length < wanted.questions:
        tell(wording.say("fewer_questions", count=str(plan.length)))
    if wanted.cards is not None:
        asked = {card.rubric_id for card in wanted.cards}
        new = sum(rubric.id not in asked for rubric in chosen)
        told = {"due": str(len(plan.due)), "new": str(new), "questions": str(plan.length)}
        words = prompts.load("progress", plan.language)
        tell(words.say("due_asked" if plan.due else "due_asked_none", **told))
        if not plan.due:
            if wanted.following:
                tell(words.say("due_coming", count=str(wanted.following.count), at=wanted.following.when))
            tell(words.say("due_asked_else"))
    return plan


def _chosen(known: Bank, found: Sequence[Head], count: int, wanted: PlanOptions) -> tuple[Rubric, ...]:
    """Return what is asked of all that matches: in its order, what --due asks first; --adaptive has a choice."""
    levels = {head.id: head.difficulty for head in found}
    ids = list(levels)
    if wanted.cards is not None:
        first = learning.select(known, wanted.cards, datetime.now(UTC), count, ids)
        ids = [*first, *(rubric_id for rubric_id in ids if rubric_id not in first)]
    if wanted.adaptive:
        # As many of every difficulty as there are questions to ask: wherever the answers lead, one is there.
        ids = [one for place, one in enumerate(ids) if _so_far(levels, ids[:place], levels[one]) < count]
    else:
        ids = ids[:count]
    return tuple(known[rubric_id] for rubric_id in ids)


def _so_far(levels: Mapping[str, int], ids: Sequence[str], level: int) -> int:
    return sum(levels[rubric_id] == level for rubric_id in ids)


def _due(chosen: Sequence[Rubric], cards: Sequence[Card] | None) -> tuple[tuple[str, str], ...]:
    """Return the key points to ask about before others."""
    if cards is None:
        return ()
    now = datetime.now(UTC)
    asked = {(rubric.id, point.id) for rubric in chosen for point in rubric.key_points}
    due = [(card.rubric_id, card.key_point) for card in cards if is_due(card.memory, now)]
    return tuple(point for point in due if point in asked)


def _levels(difficulty: str | None) -> range:
    """Return the difficulties that `3` or `2-4` means; all without one."""
    if difficulty is None:
        return range(1, 6)
    found = re.fullmatch(r"([1-5])(?:-([1-5]))?", difficulty.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise SettingError("--difficulty", f"{difficulty!r} is none", "write a number from 1 to 5, or a range like 2-4")
    return range(first, last + 1)


def _likely_language(known: Bank) -> Language | None:
    """Return which questions to ask where nobody says: those of the locale's language; None where all are of one."""
    return _locale() if {head.language for head in heads(known).values()} == set(LANGUAGES) else None


def _common_language(chosen: tuple[Rubric, ...]) -> Language:
    """Return the language of the questions; where they differ, that of the locale."""
    return chosen[0].language if len({rubric.language for rubric in chosen}) == 1 else _locale()


def _locale() -> Language:
    """Return the language of the locale, Chinese in doubt."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if locale.startswith("en") else "zh"
