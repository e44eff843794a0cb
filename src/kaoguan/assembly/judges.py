"""Who rules: from --judge, the settings and what is configured to a way of making graders, and a line that says so."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

if TYPE_CHECKING:
    from kaoguan.calibration import Calibration
    from kaoguan.config import Settings
    from kaoguan.grading import Grader
    from kaoguan.models import JudgeName, Language

Judge = Annotated[
    Literal["auto", "offline", "llm", "hybrid"] | None,
    typer.Option("--judge", help="Who rules (default: your setting, else auto: hybrid with an endpoint, or offline)."),
]
Embedder = Annotated[
    str | None,
    typer.Option("--embedder", metavar="NAME", help="bundled, a sentence-transformers model, or openai:MODEL."),
]
Model = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="The language model (default: your setting).")
]
Calls = Annotated[
    Literal["per-answer", "per-point"],
    typer.Option("--calls", help="Ask the language model once for an answer, or once for each key point."),
]
LLMWhen = Annotated[
    Literal["always", "uncertain"],
    typer.Option("--llm-when", help="uncertain: ask only about key points of which the offline judge is not sure."),
]


class Bench(NamedTuple):
    """Who rules, and how graders are made; `make` can be sent to other processes."""

    judge: "JudgeName"
    make: "Callable[..., Grader]"
    settings: "Settings"
    alone: "Callable[[], Grader]"
    """Makes graders of the offline judge's part."""

    def introduce(self, language: "Language | None" = None) -> None:
        """Say on stderr, in the language of the settings by default, who rules and what that judge cannot see."""
        from kaoguan import prompts

        wording = prompts.load("interview", language or self.settings.screen)
        model = self.settings.model or ""
        typer.echo(wording.say(f"judge_{self.judge}", embedder=self.settings.embedder, model=model), err=True)


def bench(
    judge: str | None,
    embedder: str | None,
    *,
    model: str | None = None,
    calls: str = "per-answer",
    when: str = "always",
    calibration: "Calibration | None" = None,
    retries: int | None = None,
) -> Bench:
    """Return who rules; `retries` of one call of a language model, None is the usual number.

    Raises SettingError, and ProviderError where a language model is wanted but not configured.
    """
    from dataclasses import replace

    from kaoguan import config  # pydantic and platformdirs come with these: --help must not pay them
    from kaoguan.grading import Grader
    from kaoguan.models import JudgeName

    settings, folders = config.load(), config.folders()
    settings = replace(settings, model=model or settings.model, embedder=embedder or settings.embedder)
    chosen = judge or settings.judge
    if chosen == "auto":
        chosen = "hybrid" if settings.has_endpoint else "offline"
    alone = partial(Grader.offline, settings.embedder, settings=settings, folders=folders)
    if chosen == "offline":
        scaled = partial(alone, calibration=calibration)
        return Bench(JudgeName.OFFLINE, scaled, settings, scaled)
    from kaoguan import llm

    settings = llm.with_model(settings)
    asking = partial(
        Grader.online,
        hybrid=chosen == "hybrid",
        embedder=settings.embedder,
        settings=settings,
        folders=folders,
        calibration=calibration,
        per_point=calls == "per-point",
        only_uncertain=when == "uncertain",
        retries=retries,
    )
    return Bench(JudgeName(chosen), asking, settings, alone)
