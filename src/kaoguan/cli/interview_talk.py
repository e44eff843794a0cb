"""An interview held on the process's own streams.

stdout is the result: the report, or with --json the finished session as one object. On a terminal the conversation is
there too, unless stdout goes somewhere else. Through a pipe the interviewer speaks on stdout, with --json on stderr.
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, TextIO

import typer

from kaoguan import config, prompts
from kaoguan.assembly.interviews import background_grader, planned_judging, planned_voice, with_judge
from kaoguan.cli.pager import paged
from kaoguan.cli.screen import introduce
from kaoguan.cli.streams import print_data
from kaoguan.errors import ExitCode
from kaoguan.interview import Interview, Mode, Plan, Report
from kaoguan.interview.decide.state import Exchange
from kaoguan.interview.talk.conversation import Conversation, Ending, Reader
from kaoguan.interview.talk.piped import PipedReader
from kaoguan.interview.talk.screen import Screen, without_echo
from kaoguan.prompts import Wording
from kaoguan.report import terminal
from kaoguan.store import Store

if TYPE_CHECKING:
    from rich.console import Console


def begin(store: Store, plan: Plan, *, as_json: bool) -> None:
    """Hold a new interview and print its result. Raises ProviderError where a model is wanted but not configured."""
    introduce(planned_judging(plan), plan.language)
    grader, voice = background_grader(plan), planned_voice(plan, partial(typer.echo, err=True))
    hold(Interview.start(plan, grader, store=store, voice=voice), grader.start, as_json=as_json, resumed=False)


def go_on(store: Store, session_id: str, *, as_json: bool, judge: str | None = None) -> None:
    """Go on with a stored interview and print its result; `judge` rules from now on in the planned one's place.

    Raises SessionError when it is finished.
    """
    plan = store.session(session_id).plan
    plan = with_judge(plan, judge) if judge else plan
    introduce(planned_judging(plan), plan.language)
    grader, voice = background_grader(plan), planned_voice(plan, partial(typer.echo, err=True))
    hold(Interview.resume(session_id, grader, store, voice=voice), grader.start, as_json=as_json, resumed=True)


def hold(interview: Interview, start_loading: Callable[[], None], *, as_json: bool, resumed: bool) -> None:
    """Talk on the process's own streams until the interview ends or is left, then print the result on stdout."""
    from rich.console import Console

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
            screen.note("left" if interview.kept else "nothing_kept", session=session)
            raise
    # Who only looked has nothing to be reported on; through a pipe stdout is the result all the same.
    only_looked = on_terminal and not interview.kept
    scored = ending is Ending.PAUSED or only_looked or _show_report(interview, as_json=as_json)
    if ending is not Ending.FINISHED:
        screen.note(ending.value if interview.kept else "nothing_kept", session=session)
    if not scored:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _show_report(interview: Interview, *, as_json: bool) -> bool:
    """Print the report and return whether every answer in it has a score."""
    report = interview.report()
    if as_json:
        print_data(report.model_dump_json(indent=2))
    else:
        _draw_report(interview, report)
    return all(question.score.final is not None for question in report.questions if question.answers)


def _draw_report(interview: Interview, report: Report) -> None:
    from rich.console import Console

    # Practice mode showed each question when it was over.
    shown = interview.finished and interview.plan.mode is Mode.PRACTICE
    draw = partial(terminal.draw_report, report=report, questions=not shown)
    paged(Console(highlight=False), draw, report.language)


def _stage(*, as_json: bool) -> tuple[TextIO, bool]:
    """Return where the interviewer speaks, and whether a person types at a terminal that can do more than lines."""
    stdout_is_free = not as_json and (sys.stdout.isatty() or not sys.stdin.isatty())
    stream = sys.stdout if stdout_is_free else sys.stderr
    # Windows names no terminal, and all of its own can do more.
    able = os.name == "nt" or os.environ.get("TERM", "") not in ("dumb", "")
    return stream, sys.stdin.isatty() and stream.isatty() and able


def _typing_ahead(on_terminal: bool) -> AbstractContextManager[None]:
    return without_echo(sys.stdin) if on_terminal else nullcontext()


def _reader(interview: Interview, wording: Wording, stream: TextIO) -> Reader:
    from kaoguan.interview.talk.terminal import TerminalReader  # prompt_toolkit: 0.16 s

    def time() -> str:
        spent = int(interview.spent.total_seconds())
        if interview.plan.minutes is None:
            return wording.say("time_spent", minutes=str(spent // 60))
        left = interview.plan.minutes * 60 - spent
        if left <= 0:
            return wording.say("time_over")
        return wording.say("time_left", minutes=str(left // 60)) if left >= 60 else wording.say("time_nearly_over")

    submits = config.load().enter == "submit"
    return TerminalReader(wording, stream, interview.keep_draft, time, enter_submits=submits)


def _piped() -> Reader:
    return PipedReader(sys.stdin.buffer)


def _feedback(interview: Interview, console: "Console") -> Callable[[Exchange], None] | None:
    """Return a function that shows a question's grade when it is over: in practice mode only."""

    def show(over: Exchange) -> None:
        question = next(one for one in interview.report().questions if one.rubric_id == over.rubric_id)
        terminal.draw_feedback(console, question, interview.plan.language)

    return show if interview.plan.mode is Mode.PRACTICE else None
