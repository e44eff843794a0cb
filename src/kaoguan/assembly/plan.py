"""What `kaoguan interview` will ask: its options turned into a plan."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kaoguan.errors import SettingError

if TYPE_CHECKING:
    from kaoguan.config import Settings
    from kaoguan.interview import Plan
    from kaoguan.models import Language, Rubric
    from kaoguan.store import Card


@dataclass(frozen=True)
class Wanted:
    """The options that choose questions."""

    folder: Path | None = None
    ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    difficulty: str | None = None
    adaptive: bool = False
    questions: int | None = None
    language: "Language | None" = None
    seed: int | None = None
    # With --due: where every key point stands that was ever asked.
    cards: "tuple[Card, ...] | None" = None


def draw_up(wanted: Wanted, settings: "Settings") -> "Plan":
    """Return the plan, and say on stderr where it falls short of what was wanted. Raises InputError, SettingError."""
    from kaoguan import prompts
    from kaoguan.interview import Plan, choose
    from kaoguan.interview.decide.planning import QUESTIONS
    from kaoguan.rubrics import load_bundled, load_folder

    bank = load_folder(wanted.folder) if wanted.folder else load_bundled()
    seed = int.from_bytes(os.urandom(2)) if wanted.seed is None else wanted.seed
    language = wanted.language or (None if settings.language == "auto" else settings.language)
    levels = _levels(wanted.difficulty)
    count = wanted.questions or (len(wanted.ids) or QUESTIONS)
    choice = partial(
        choose,
        bank,
        ids=wanted.ids,
        topics=wanted.topics,
        language=language,
        # An adaptive interview starts at a difficulty and may leave it.
        difficulties=None if wanted.adaptive else levels,
        seed=seed,
    )
    first = _first(choice(questions=len(bank)), count, wanted.cards)
    chosen = choice(first=first, questions=len(bank) if wanted.adaptive else count)
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
        typer.echo(wording.say("only_language", wanted=language), err=True)
    if wanted.questions and plan.length < wanted.questions:
        typer.echo(wording.say("fewer_questions", count=str(plan.length)), err=True)
    if wanted.cards is not None:
        known = {card.rubric_id for card in wanted.cards}
        new = sum(rubric.id not in known for rubric in chosen)
        told = {"due": str(len(plan.due)), "new": str(new), "questions": str(plan.length)}
        typer.echo(prompts.load("progress", plan.language).say("due_asked", **told), err=True)
    return plan


def _first(found: "Sequence[Rubric]", count: int, cards: "Sequence[Card] | None") -> tuple[str, ...]:
    """Return which questions --due asks first, of those that match the other options."""
    if cards is None:
        return ()
    from kaoguan.learning import select  # fsrs: 0.03 s

    return select({rubric.id: rubric for rubric in found}, cards, datetime.now(UTC), count)


def _due(chosen: "Sequence[Rubric]", cards: "Sequence[Card] | None") -> tuple[tuple[str, str], ...]:
    """Return the key points to ask about before others."""
    if cards is None:
        return ()
    from kaoguan.learning.memory import is_due

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


def _common_language(chosen: "tuple[Rubric, ...]") -> "Language":
    """Return the language of the questions; where they differ, that of the locale, Chinese in doubt."""
    if len({rubric.language for rubric in chosen}) == 1:
        return chosen[0].language
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if locale.startswith("en") else "zh"
