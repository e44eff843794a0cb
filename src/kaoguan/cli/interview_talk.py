"""An interview held on the process's own streams.

stdout is the result: the report, or with --json the finished session as one object. On a terminal the conversation is
there too, unless stdout goes somewhere else. Through a pipe the interviewer speaks on stdout, with --json on stderr.
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

import typer

from kaoguan.assembly.judges import bench
from kaoguan.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import Console

    from kaoguan.config import Settings
    from kaoguan.grading import Grader
    from kaoguan.interview import Interview, Plan, Report
    from kaoguan.interview.background import BackgroundGrader
    from kaoguan.interview.decide.state import Exchange
    from kaoguan.interview.talk.conversation import Reader
    from kaoguan.interview.words.interviewer import Voice
    from kaoguan.prompts import Wording
    from kaoguan.store import Store


def begin(store: "Store", plan: "Plan", settings: "Settings", *, as_json: bool) -> None:
    """Hold a new interview and print its result. Raises ProviderError where a model is wanted but not configured."""
    from kaoguan.interview import Interview

    _introduce(plan)
    grader, voice = background_grader(plan, settings), _voice(plan, settings)
    hold(Interview.start(plan, grader, store=store, voice=voice), grader.start, as_json=as_json, resumed=False)


def go_on(store: "Store", session_id: str, settings: "Settings", *, as_json: bool, judge: str | None = None) -> None:
    """Go on with a stored interview and print its result; `judge` rules from now on in the planned one's place.

    Raises SessionError when it is finished.
    """
    from kaoguan.interview import Interview
    from kaoguan.models import JudgeName

    plan = store.session(session_id).plan
    if judge:
        ruling = bench(judge, plan.embedder, model=plan.model)
        voiced = plan.voiced and ruling.judge is not JudgeName.OFFLINE
        plan = plan.model_copy(update={"judge": ruling.judge, "model": ruling.settings.model, "voiced": voiced})
    _introduce(plan)
    grader, voice = background_grader(plan, settings), _voice(plan, settings)
    hold(Interview.resume(session_id, grader, store, voice=voice), grader.start, as_json=as_json, resumed=True)


def background_grader(plan: "Plan", settings: "Settings") -> "BackgroundGrader":
    """Return the grader that was planned; it is loaded when it is started or first needed."""
    from kaoguan.interview.background import BackgroundGrader
    from kaoguan.models import JudgeName

    def load() -> "Grader":
        # Someone is waiting: a call that fails is tried once more, not until a provider is well again.
        return bench(plan.judge, plan.embedder, model=plan.model, retries=1).make()

    # To get ready for a rubric is to grade something, and that costs money where a language model does it.
    return BackgroundGrader(load, plan.rubrics if plan.judge is JudgeName.OFFLINE else ())


def _introduce(plan: "Plan") -> None:
    bench(plan.judge, plan.embedder, model=plan.model).introduce(plan.language)


def _voice(plan: "Plan", settings: "Settings") -> "Voice | None":
    """Return the planned voice; its model is opened when there is something to say, the guard when it is needed."""
    if not plan.voiced:
        return None
    from kaoguan import config, llm, prompts
    from kaoguan.grading import Grader
    from kaoguan.interview.background import BackgroundGrader
    from kaoguan.interview.words.model_voice import ModelVoice

    folders, wording = config.folders(), prompts.load("interview", plan.language)
    chosen = replace(settings, model=plan.model or settings.model)
    guard = BackgroundGrader(lambda: Grader.offline(plan.embedder, settings=settings, folders=folders))
    return ModelVoice(
        lambda: llm.open_model(chosen, folders, retries=0),
        llm.Loop(),
        guard,
        lambda why: typer.echo(wording.say("voice_lost", why=why), err=True),
    )


def hold(interview: "Interview", start_loading: Callable[[], None], *, as_json: bool, resumed: bool) -> None:
    """Talk on the process's own streams until the interview ends or is left, then print the result on stdout."""
    from rich.console import Console

    from kaoguan import prompts
    from kaoguan.interview.talk.conversation import Conversation, Ending
    from kaoguan.interview.talk.screen import Screen

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
    scored = ending is Ending.PAUSED or _show_report(interview, as_json=as_json)
    if ending is not Ending.FINISHED:
        screen.note(ending.value, session=session)
    if not scored:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _show_report(interview: "Interview", *, as_json: bool) -> bool:
    """Print the report and return whether every answer in it has a score."""
    report = interview.report()
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        _draw_report(interview, report)
    return all(question.score.final is not None for question in report.questions if question.answers)


def _draw_report(interview: "Interview", report: "Report") -> None:
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
    from kaoguan.interview.talk.screen import without_echo

    return without_echo(sys.stdin) if on_terminal else nullcontext()


def _reader(interview: "Interview", wording: "Wording", stream: TextIO) -> "Reader":
    from kaoguan.interview.talk.terminal import TerminalReader  # prompt_toolkit: 0.16 s

    def time() -> str:
        spent = int(interview.spent.total_seconds())
        if interview.plan.minutes is None:
            return wording.say("time_spent", minutes=str(spent // 60))
        left = interview.plan.minutes * 60 - spent
        if left <= 0:
            return wording.say("time_over")
        return wording.say("time_left", minutes=str(left // 60)) if left >= 60 else wording.say("time_nearly_over")

    return TerminalReader(wording, stream, interview.keep_draft, time)


def _piped() -> "Reader":
    from kaoguan.interview.talk.piped import PipedReader

    return PipedReader(sys.stdin.buffer)


def _feedback(interview: "Interview", console: "Console") -> "Callable[[Exchange], None] | None":
    """Return what shows a question's grade when it is over: in practice mode only."""
    from kaoguan.interview import Mode
    from kaoguan.report import terminal

    def show(over: "Exchange") -> None:
        question = next(one for one in interview.report().questions if one.rubric_id == over.rubric_id)
        terminal.draw_feedback(console, question, interview.plan.language)

    return show if interview.plan.mode is Mode.PRACTICE else None
