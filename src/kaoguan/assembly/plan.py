"""What an interview will ask: the words of the command line turned into a plan."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kaoguan import learning, prompts
from kaoguan.config import Settings
from kaoguan.errors import SettingError
from kaoguan.interview.decide.planning import QUESTIONS, choose
from kaoguan.learning.memory import is_due
from kaoguan.models import Language, Rubric
from kaoguan.rubrics import bank
from kaoguan.session import Plan
from kaoguan.store import Card


@dataclass(frozen=True)
class PlanOptions:
    """The options that choose questions."""

    folder: Path | None = None
    ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    difficulty: str | None = None
    adaptive: bool = False
    questions: int | None = None
    language: Language | None = None
    seed: int | None = None
    # With --due: where every key point stands that was ever asked.
    cards: tuple[Card, ...] | None = None


def draw_up(wanted: PlanOptions, settings: Settings, tell: Callable[[str], None] = lambda text: None) -> Plan:
    """Return the plan, and tell where it falls short of what was wanted. Raises InputError, SettingError."""
    known = bank(wanted.folder)
    seed = int.from_bytes(os.urandom(2)) if wanted.seed is None else wanted.seed
    language = wanted.language or (None if settings.language == "auto" else settings.language)
    levels = _levels(wanted.difficulty)
    count = wanted.questions or (len(wanted.ids) or QUESTIONS)
    choice = partial(
        choose,
        known,
        ids=wanted.ids,
        topics=wanted.topics,
        language=language,
        # An adaptive interview starts at a difficulty and may leave it.
        difficulties=None if wanted.adaptive else levels,
        seed=seed,
    )
    first = _first(choice(questions=len(known)), count, wanted.cards)
    chosen = choice(first=first, questions=len(known) if wanted.adaptive else count)
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
        tell(prompts.load("progress", plan.language).say("due_asked", **told))
    return plan


def _first(found: Sequence[Rubric], count: int, cards: Sequence[Card] | None) -> tuple[str, ...]:
    """Return which questions --due asks first, of those that match the other options."""
    if cards is None:
        return ()
    return learning.select({rubric.id: rubric for rubric in found}, cards, datetime.now(UTC), count)


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


def _common_language(chosen: tuple[Rubric, ...]) -> Language:
    """Return the language of the questions; where they differ, that of the locale, Chinese in doubt."""
    if len({rubric.language for rubric in chosen}) == 1:
        return chosen[0].language
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if locale.startswith("en") else "zh"
