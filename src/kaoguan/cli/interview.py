"""`kaoguan interview`: a mock interview on a terminal or through a pipe.

stdout is the result: the report, or with --json the finished session as one object. On a terminal the conversation is
there too, unless stdout goes somewhere else. Through a pipe the interviewer speaks on stdout, with --json on stderr.
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from kaoguan.errors import SettingError

if TYPE_CHECKING:
    from rich.console import Console

    from kaoguan.config import Settings
    from kaoguan.interview import Interview, Plan
    from kaoguan.interview.background import BackgroundGrader
    from kaoguan.interview.conversation import Reader
    from kaoguan.interview.state import Exchange
    from kaoguan.models import Language, Rubric
    from kaoguan.prompts import Wording
    from kaoguan.store import Store


def interview(  # noqa: PLR0913, PLR0917 - one parameter per option
    topic: Annotated[list[str] | None, typer.Option(help="Ask about this topic (repeatable).")] = None,
    rubric: Annotated[list[str] | None, typer.Option(metavar="ID", help="Ask this question (repeatable).")] = None,
    questions: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many questions (default: 3).")] = None,
    minutes: Annotated[int | None, typer.Option(min=1, metavar="M", help="Ask nothing new after this time.")] = None,
    follow_ups: Annotated[int, typer.Option(min=0, max=9, metavar="N", help="At most this many per question.")] = 2,
    mode: Annotated[
        Literal["mock", "practice"], typer.Option(help="practice shows feedback after each question.")
    ] = "mock",
    judge: Annotated[
        Literal["auto", "offline", "llm", "hybrid"] | None,
        typer.Option(help="Who rules (default: your setting, else auto)."),
    ] = None,
    embedder: Annotated[str | None, typer.Option(metavar="NAME", help="bundled, or another embedder.")] = None,
    rubrics: Annotated[Path | None, typer.Option(metavar="DIR", help="Ask from this folder of rubric files.")] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Of questions and screen (default: the questions').")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="The same seed asks the same questions.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the latest unfinished interview.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the session as JSON instead of the report.")] = False,
) -> None:
    """Sit a mock interview: questions, follow-ups on what you missed, and a report that quotes your own words.

    Through a pipe, an empty line ends an answer and a /command is a line of its own. The interviewer then speaks on
    stdout, with --json on stderr; the report or the JSON is always on stdout.
    """
    # pydantic, yaml and rich cost 0.2 s together: --help must not pay them.
    from kaoguan import config
    from kaoguan.interview import Mode
    from kaoguan.store import Store

    settings = config.load()
    _only_offline(judge or settings.judge)
    with Store.open(config.folders().database) as store:
        if resume:
            if any((topic, rubric, questions, minutes, rubrics, language, embedder)) or seed is not None:
                mend = "leave the other options away; it goes on as it was planned"
                raise SettingError("--resume", "cannot be combined with a new plan", mend)
            go_on(store, store.latest(unfinished=True).id, settings, as_json=as_json)
            return
        chosen = _choose(rubrics, topic, rubric, questions, language, settings, seed)
        plan = chosen.model_copy(
            update={
                "mode": Mode(mode),
                "follow_ups": follow_ups,
                "minutes": minutes,
                "embedder": embedder or settings.embedder,
            }
        )
        begin(store, plan, settings, as_json=as_json)


def begin(store: "Store", plan: "Plan", settings: "Settings", *, as_json: bool) -> None:
    """Hold a new interview and print its result."""
    from kaoguan.interview import Interview

    grader = background_grader(plan, settings)
    say_who_judges(plan)
    hold(Interview.start(plan, grader, store=store), grader.start, as_json=as_json, resumed=False)


def go_on(store: "Store", session_id: str, settings: "Settings", *, as_json: bool) -> None:
    """Go on with a stored interview and print its result. Raises SessionError when it is finished."""
    from kaoguan.interview import Interview

    plan = store.session(session_id).plan
    grader = background_grader(plan, settings)
    say_who_judges(plan)
    hold(Interview.resume(session_id, grader, store), grader.start, as_json=as_json, resumed=True)


def background_grader(plan: "Plan", settings: "Settings") -> "BackgroundGrader":
    """Return the grader that was planned; it is loaded when it is started or first needed."""
    from kaoguan import config
    from kaoguan.grading import Grader
    from kaoguan.interview.background import BackgroundGrader

    def load() -> Grader:
        return Grader.offline(plan.embedder, settings=settings, folders=config.folders())

    return BackgroundGrader(load, plan.rubrics)


def say_who_judges(plan: "Plan") -> None:
    """Say on stderr which judge rules and what it cannot see."""
    from kaoguan import prompts

    wording = prompts.load("interview", plan.language)
    typer.echo(wording.say(f"judge_{plan.judge}", embedder=plan.embedder), err=True)


def hold(interview: "Interview", start_loading: Callable[[], None], *, as_json: bool, resumed: bool) -> None:
    """Talk on the process's own streams until the interview ends or is left, then print the result on stdout."""
    from rich.console import Console

    from kaoguan import prompts
    from kaoguan.interview.conversation import Conversation, Ending
    from kaoguan.interview.screen import Screen

    stream, on_terminal = _stage(as_json=as_json)
    console = Console(file=stream, highlight=False)
    wording = prompts.load("interview", interview.plan.language)
    screen = Screen(console, wording)
    session = interview.session.id
    with _typing_ahead(on_terminal):
        # The question first: the prompt's library and the model take longer to load than it takes to read a line.
        screen.open(interview, resumed=resumed)
        reader = _reader(interview, wording, stream) if on_terminal else _piped()
        if on_terminal:  # through a pipe the answers are there already: nothing to do meanwhile
            start_loading()
        try:
            ending = Conversation(interview, reader, screen, _feedback(interview, console)).hold()
        except KeyboardInterrupt:
            screen.note("left", session=session)
            raise
    if ending is not Ending.PAUSED:
        _show_report(interview, as_json=as_json)
    if ending is not Ending.FINISHED:
        screen.note(ending.value, session=session)


def _show_report(interview: "Interview", *, as_json: bool) -> None:
    report = interview.report()
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
        return
    from rich.console import Console

    from kaoguan.interview import Mode
    from kaoguan.report import terminal

    # Practice mode showed each question when it was over.
    shown = interview.finished and interview.plan.mode is Mode.PRACTICE
    terminal.draw(Console(highlight=False), report, questions=not shown)


def _stage(*, as_json: bool) -> tuple[TextIO, bool]:
    """Return where the interviewer speaks, and whether a person types at a terminal that can do more than lines."""
    stdout_is_free = not as_json and (sys.stdout.isatty() or not sys.stdin.isatty())
    stream = sys.stdout if stdout_is_free else sys.stderr
    able = os.environ.get("TERM", "") not in ("dumb", "")
    return stream, sys.stdin.isatty() and stream.isatty() and able


def _typing_ahead(on_terminal: bool) -> AbstractContextManager[None]:
    from kaoguan.interview.echo import without_echo

    return without_echo(sys.stdin) if on_terminal else nullcontext()


def _reader(interview: "Interview", wording: "Wording", stream: TextIO) -> "Reader":
    from kaoguan.interview.terminal import TerminalReader  # prompt_toolkit: 0.16 s

    return TerminalReader(wording, stream, interview.keep_draft)


def _piped() -> "Reader":
    from kaoguan.interview.piped import PipedReader

    return PipedReader(sys.stdin.buffer)


def _feedback(interview: "Interview", console: "Console") -> "Callable[[Exchange], None] | None":
    """Return what shows a question's grade when it is over: in practice mode only."""
    from kaoguan.interview import Mode
    from kaoguan.report import terminal

    def show(over: "Exchange") -> None:
        question = next(one for one in interview.report().questions if one.rubric_id == over.rubric_id)
        console.print()
        terminal.draw_question(console, question, interview.plan.language)

    return show if interview.plan.mode is Mode.PRACTICE else None


def _choose(
    folder: Path | None,
    topics: list[str] | None,
    ids: list[str] | None,
    questions: int | None,
    language: "Language | None",
    settings: "Settings",
    seed: int | None,
) -> "Plan":
    from kaoguan import prompts
    from kaoguan.interview import Plan, choose
    from kaoguan.rubrics import load_bundled, load_folder

    bank = load_folder(folder) if folder else load_bundled()
    seed = int.from_bytes(os.urandom(2)) if seed is None else seed
    wanted = language or (None if settings.language == "auto" else settings.language)
    chosen = choose(bank, ids=ids or (), topics=topics or (), language=wanted, questions=questions, seed=seed)
    plan = Plan(rubrics=chosen, language=wanted or _common_language(chosen), seed=seed)
    wording = prompts.load("interview", plan.language)
    if wanted and not ids and all(rubric.language != wanted for rubric in chosen):
        typer.echo(wording.say("only_language", wanted=wanted), err=True)
    if questions and len(chosen) < questions:
        typer.echo(wording.say("fewer_questions", count=str(len(chosen))), err=True)
    return plan


def _common_language(chosen: "tuple[Rubric, ...]") -> "Language":
    """Return the language of the questions; where they differ, that of the locale, Chinese in doubt."""
    if len({rubric.language for rubric in chosen}) == 1:
        return chosen[0].language
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if locale.startswith("en") else "zh"


def _only_offline(judge: str) -> None:
    if judge in ("llm", "hybrid"):
        raise SettingError(f"judge {judge}", "not available for interviews in this version", "use --judge offline")
