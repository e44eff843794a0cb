"""What `kaoguan interview` will ask: its options turned into a plan."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kaoguan.errors import SettingError

if TYPE_CHECKING:
    from kaoguan.config import Settings
    from kaoguan.interview import Plan
    from kaoguan.models import Language, Rubric


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


def draw_up(wanted: Wanted, settings: "Settings") -> "Plan":
    """Return the plan, and say on stderr where it falls short of what was wanted. Raises InputError, SettingError."""
    from kaoguan import prompts
    from kaoguan.interview import Plan, choose
    from kaoguan.interview.planning import QUESTIONS
    from kaoguan.rubrics import load_bundled, load_folder

    bank = load_folder(wanted.folder) if wanted.folder else load_bundled()
    seed = int.from_bytes(os.urandom(2)) if wanted.seed is None else wanted.seed
    language = wanted.language or (None if settings.language == "auto" else settings.language)
    levels = _levels(wanted.difficulty)
    count = wanted.questions or (len(wanted.ids) or QUESTIONS)
    chosen = choose(
        bank,
        ids=wanted.ids,
        topics=wanted.topics,
        language=language,
        # An adaptive interview starts at a difficulty and may leave it.
        difficulties=None if wanted.adaptive else levels,
        questions=len(bank) if wanted.adaptive else count,
        seed=seed,
    )
    plan = Plan(
        rubrics=chosen,
        questions=count,
        adaptive=(levels[0] + levels[-1]) / 2 if wanted.adaptive else None,
        language=language or _common_language(chosen),
        seed=seed,
    )
    wording = prompts.load("interview", plan.language)
    if language and not wanted.ids and all(rubric.language != language for rubric in chosen):
        typer.echo(wording.say("only_language", wanted=language), err=True)
    if wanted.questions and plan.length < wanted.questions:
        typer.echo(wording.say("fewer_questions", count=str(plan.length)), err=True)
    return plan


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
