"""`kaoguan interview`: a mock interview on a terminal or through a pipe."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from kaoguan import config
from kaoguan.assembly.judges import judging
from kaoguan.assembly.plan import PlanOptions, draw_up
from kaoguan.cli.embedders import ready
from kaoguan.cli.history import opened, retain, where_points_stand
from kaoguan.cli.interview_talk import begin, go_on
from kaoguan.cli.lazy import speak
from kaoguan.cli.options import EmbedderOption, JudgeOption, ModelOption
from kaoguan.errors import SettingError
from kaoguan.interview import Mode, Style
from kaoguan.learning.due import coming
from kaoguan.models import JudgeName


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    topic: Annotated[
        list[str] | None,
        typer.Option(metavar="TOPIC", help="Ask about this topic (repeatable): kaoguan rubrics packs lists them."),
    ] = None,
    role: Annotated[
        Literal["nlp", "cv", "recsys", "mle", "infra"] | None,
        typer.Option(help="Ask what this job is asked: its topics more often than others."),
    ] = None,
    rubric: Annotated[list[str] | None, typer.Option(metavar="ID", help="Ask this question (repeatable).")] = None,
    questions: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many questions (default: 3).")] = None,
    difficulty: Annotated[
        str | None, typer.Option(metavar="N[-M]", help="Ask questions of this difficulty, 1-5: 3 or 2-4.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Ask what you are about to forget, and something new.")] = False,
    adaptive: Annotated[bool, typer.Option("--adaptive", help="Harder or easier next, as your answers go.")] = False,
    minutes: Annotated[int | None, typer.Option(min=1, metavar="M", help="Ask nothing new after this time.")] = None,
    follow_ups: Annotated[int, typer.Option(min=0, max=9, metavar="N", help="At most this many per question.")] = 2,
    mode: Annotated[
        Literal["mock", "practice"], typer.Option(help="practice shows feedback after each question.")
    ] = "mock",
    style: Annotated[
        Literal["friendly", "neutral", "strict"], typer.Option(help="How the interviewer speaks.")
    ] = "neutral",
    own_words: Annotated[
        bool, typer.Option("--own-words", help="Ask in the rubric's own words, not a model's.")
    ] = False,
    judge: JudgeOption = None,
    model: ModelOption = None,
    embedder: EmbedderOption = None,
    rubrics: Annotated[Path | None, typer.Option(metavar="DIR", help="Ask from this folder of rubric files.")] = None,
    language: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(callback=speak, help="Of questions and screen (default: the questions')."),
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="The same seed asks the same questions.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the latest unfinished interview.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the session as JSON instead of the report.")] = False,
) -> None:
    """Sit a mock interview: questions, follow-ups on what you missed, and a report that quotes your own words.

    Through a pipe, an empty line ends an answer and a /command is a line of its own. The interviewer then speaks on
    stdout, with --json on stderr; the report or the JSON is always on stdout.
    """
    settings = config.load()
    with opened() as store:
        retain(store, settings.keep_days)
        if resume:
            chosen = (
                topic,
                role,
                rubric,
                questions,
                difficulty,
                adaptive,
                minutes,
                rubrics,
                language,
                model,
                embedder,
                due,
            )
            if any(chosen) or seed is not None:
                mend = "leave the other options away; it goes on as it was planned"
                raise SettingError("--resume", "cannot be combined with a new plan", mend)
            go_on(store, store.latest(unfinished=True).id, as_json=as_json, judge=judge)
            return
        wanted = PlanOptions(
            folder=rubrics,
            ids=tuple(rubric or ()),
            topics=tuple(topic or ()),
            role=role,
            difficulty=difficulty,
            adaptive=adaptive,
            questions=questions,
            language=language,
            seed=seed,
            cards=where_points_stand(store) if due else None,
            following=coming(store.reviews, datetime.now(UTC)) if due else None,
        )
        who = ready(judging(judge, embedder, model=model))
        online = who.judge is not JudgeName.OFFLINE
        terms = {
            "judge": who.judge,
            "model": who.settings.model if online else None,
            "voiced": online and not own_words,
            "mode": Mode(mode),
            "style": Style(style),
            "follow_ups": follow_ups,
            "minutes": minutes,
            "embedder": who.settings.embedder,
        }
        plan = draw_up(wanted, settings, partial(typer.echo, err=True)).model_copy(update=terms)
        begin(store, plan, as_json=as_json)
