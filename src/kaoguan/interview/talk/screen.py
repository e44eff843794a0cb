"""What the interviewer's side looks like, in a terminal of any width and in a pipe."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.text import Text

from kaoguan.interview.interview import Interview
from kaoguan.interview.talk.commands import Command
from kaoguan.interview.words import hints
from kaoguan.models import Label
from kaoguan.prompts import Wording
from kaoguan.session import Kind, Mode, Turn
from kaoguan.text import printable
from kaoguan.text.numbers import number
from kaoguan.text.wrap import line_width, wrap

try:
    import termios
except ImportError:  # Windows: what is typed ahead shows, and is kept
    termios = None  # type: ignore[assignment]


class Screen:
    """Shows turns and notes. Everything that comes from outside is stripped of control characters."""

    def __init__(self, console: Console, wording: Wording) -> None:
        self._console = console
        self._wording = wording

    def open(self, interview: Interview, *, resumed: bool) -> None:
        """Show what is to come, and the question to answer now."""
        plan = interview.plan
        self.note("welcome", questions=str(plan.length), follow_ups=str(plan.follow_ups))
        if plan.mode is Mode.PRACTICE:
            self.note("welcome_practice")
        if plan.minutes is not None:
            self.note("welcome_minutes", minutes=str(plan.minutes))
        if resumed:
            self.note("resumed")
        if interview.finished:  # it was left between the last answer and the closing words
            self.say(interview, interview.turns[-1])
        else:
            self.again(interview)

    def again(self, interview: Interview) -> None:
        """Show what is to be answered now, with the question it belongs to."""
        exchange = interview.exchange
        self.say(interview, exchange.question)
        if exchange.prompt != exchange.question:
            self.say(interview, exchange.prompt)

    def say(self, interview: Interview, turn: Turn) -> None:
        """Show one of the interviewer's turns."""
        title, style = self._title(interview, turn)
        self._line()
        if title:
            self._line(title, style)
        self._line(turn.text)

    def note(self, key: str, *, apart: bool = False, **values: str) -> None:
        """Show a remark of the program, below an empty line where it is to stand `apart`."""
        if apart:
            self._line()
        self.remark(self._wording.say(key, **values))

    def remark(self, text: str) -> None:
        """Show a remark."""
        self._line(text, "dim")

    @property
    def verdicts(self) -> dict[str, Label]:
        """Return the words for verdicts that a candidate may use."""
        ruled = [label for label in Label if label is not Label.UNSCORED]
        return {word: label for label in ruled for word in self._wording.options(f"verdict_{label}")}

    def overruled(self, interview: Interview, point: str, was: Label, verdict: Label) -> None:
        """Show that a verdict was replaced, and what the question earns now."""
        question = next(one for one in interview.report().questions if one.rubric_id == interview.rubric.id)
        before, after = (self._wording.options(f"verdict_{label}")[0] for label in (was, verdict))
        score = number(question.score.final)
        self.note("overruled", point=point, was=before, verdict=after, score=score)

    def help(self, mode: Mode, way: str) -> None:
        """Show the commands and how to submit; `way` is how entries are made: terminal, newline or piped."""
        self._line()
        self._line(self._wording.say(f"help_{way}"))
        first, second, third = (f"{share:.0%}" for share in hints.SHARES)
        for command in Command:
            if command in (Command.RETRY, Command.NEXT, Command.OVERRIDE) and mode is Mode.MOCK:
                continue
            key = "answer_mock" if command is Command.ANSWER and mode is Mode.MOCK else command.value
            if command is not Command.EDIT or way != "piped":
                told = self._wording.say(f"help_{key}", first=first, second=second, third=third)
                self._line(wrap(told, self._width, " " * 12, f"  /{command.value:<9}"), raw=True)
        self._line(self._wording.say("help_asking"))
        self._line(self._wording.say("help_literal"))

    def _title(self, interview: Interview, turn: Turn) -> tuple[str, str]:
        say, state = self._wording.say, interview.state
        match turn.kind:
            case Kind.QUESTION:
                number = 1 + [exchange.question for exchange in state.exchanges].index(turn)
                topic = interview.plan.rubric(turn.rubric_id or "").topic
                count = str(interview.plan.length)
                return say("question_title", number=str(number), count=count, topic=topic), "bold cyan"
            case Kind.FOLLOW_UP:
                number = 1 + interview.exchange.follow_ups.index(turn)
                title = say("follow_up_title", number=str(number), limit=str(interview.plan.follow_ups))
                return title, "bold yellow"
            case Kind.HINT:
                return self._hint_title(interview, turn), "bold magenta"
            case Kind.REPLY:
                return say("reply_title"), "bold green"
            case Kind.REFERENCE:
                return say("reference_title"), "bold green"
            case _:
                return "", ""

    def _hint_title(self, interview: Interview, turn: Turn) -> str:
        given = hints.of(interview.plan.rubric(turn.rubric_id or ""), interview.turns)
        step = (
            [one.seq for one in hints.steps(given).get(turn.key_point or "", ())].index(turn.seq) + 1
            if turn.key_point
            else 0
        )
        if not step:
            return self._wording.say("hint_title")
        share = f"{hints.SHARES[step - 1]:.0%}"
        return self._wording.say("hint_step_title", step=str(step), steps=str(len(hints.SHARES)), share=share)

    @property
    def _width(self) -> int | None:
        return line_width(self._console)

    def _line(self, text: str = "", style: str = "", *, raw: bool = False) -> None:
        shown = printable(text)
        self._console.print(Text(shown if raw else wrap(shown, self._width), style), soft_wrap=True)


@contextmanager
def without_echo(terminal: TextIO) -> Iterator[None]:
    """Keep what is typed between two prompts for the next one; else it would show amid the interviewer's words."""
    if termios is None:
        yield
        return
    descriptor = terminal.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[0] &= ~termios.ICRNL  # Enter stays Enter: the prompt tells it from the line feeds of a paste
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
