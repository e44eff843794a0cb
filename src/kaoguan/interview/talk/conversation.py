"""The talk between a candidate and an interview: entries in, turns out, until one of them ends it."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from kaoguan import prompts
from kaoguan.errors import SessionError
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.state import Exchange
from kaoguan.interview.interview import Interview
from kaoguan.interview.rulings import login
from kaoguan.interview.talk.commands import Answered, Command, Commanded, Entry, Left, Unknown, meant
from kaoguan.interview.talk.screen import Screen
from kaoguan.models import JudgeName
from kaoguan.rulings.overruling import typed
from kaoguan.session import Kind, Mode, Turn


class Reader(Protocol):
    """Where entries come from: a terminal or a pipe."""

    on_terminal: bool
    way: str
    """How an entry is made, as the help names it: terminal, newline (Enter makes one) or piped."""

    def read(self, draft: str, *, reviewing: bool = False) -> Entry:
        """Return the next entry; `draft` is what was typed before, `reviewing` whether feedback is being read.

        A terminal reader handles /edit itself.
        """


class Ending(StrEnum):
    """How a talk ended."""

    FINISHED = "finished"
    QUIT = "quit"
    PAUSED = "paused"
    INPUT_ENDED = "input_ended"


class Conversation:
    """Carries an interview through to its end or to where the candidate leaves.

    `feedback` is shown after each question in practice mode, where the candidate then goes on or tries again. On a
    terminal what is typed then is another try; through a pipe, where answers follow one another, only after /retry.
    """

    def __init__(
        self, interview: Interview, reader: Reader, screen: Screen, feedback: Callable[[Exchange], None] | None = None
    ) -> None:
        self._interview = interview
        self._reader = reader
        self._screen = screen
        self._feedback = feedback
        self._retrying = False
        self._without_slash = ""

    def hold(self) -> Ending:
        """Talk, and return how it ended."""
        draft = self._interview.session.draft
        while not self._interview.finished:
            entry = self._reader.read(draft, reviewing=self._interview.reviewing)
            draft = ""
            if self._moves_on(entry):
                self._reply(self._interview.go_on())
                if self._interview.finished:
                    break
            match entry:
                case Answered(text):
                    draft = self._answer(text)
                case Commanded(Command.QUIT, begun):
                    self._interview.leave(Kind.QUIT, begun)
                    return Ending.QUIT
                case Commanded(Command.PAUSE, begun):
                    self._interview.leave(Kind.PAUSE, begun)
                    return Ending.PAUSED
                case Commanded(Command.OVERRIDE, begun, words):
                    self._override(words)
                    draft = begun
                case Commanded(command, begun):
                    draft = self._command(command, begun)
                case Unknown(line):
                    self._screen.note("unknown_command", line=line)
                case Left():
                    return Ending.INPUT_ENDED
        return Ending.FINISHED

    def _moves_on(self, entry: Entry) -> bool:
        """Return whether an entry from a pipe is meant for the next question."""
        piped = self._interview.reviewing and not self._reader.on_terminal and not self._retrying
        return piped and isinstance(entry, Answered | Left)

    def _answer(self, text: str) -> str:
        """Submit an answer; return it as the draft to go on with where it could not be stored."""
        self._retrying = False
        if not text.strip():
            self._screen.note("empty_answer")
            return ""
        if self._is_none(text):
            return ""
        if self._interview.plan.judge is not JudgeName.OFFLINE and not hear(text).asks:
            self._screen.note("judging")  # a language model takes its seconds
        before = self._interview.turns
        try:
            self._reply(self._interview.submit(text))
        except SessionError as error:
            if self._interview.turns != before or not self._reader.on_terminal:
                raise  # it is stored, and what failed comes again on resume; or nobody is there to free some space
            self._screen.note("not_saved", error=prompts.said(error, self._interview.plan.language))
            return text
        return ""

    def _is_none(self, text: str) -> bool:
        """Say so, and return True, where what was submitted is no answer but a command without its slash, or said on
        feedback ("好的", "还是不会")."""
        again, self._without_slash = text == self._without_slash, text
        if (command := meant(text)) and not again:
            self._screen.note("without_slash", command=command.value)
            return True
        return self._interview.reviewing and self._reader.on_terminal and self._is_said_on_feedback(text)

    def _is_said_on_feedback(self, text: str) -> bool:
        heard = hear(text)
        if heard.over:
            self._next()
        elif heard.asks and heard.asks.about_the_interview:
            self._screen.remark(self._interview.aside(text))
        elif heard.asks or heard.unknown:
            self._screen.note("reviewing_only")
        else:
            return False
        return True

    def _command(self, command: Command, draft: str) -> str:
        """Carry out a command and return the draft to go on with."""
        match command:
            case Command.HELP:
                self._screen.help(self._interview.plan.mode, self._reader.way)
            case Command.HINT:
                self._hint()
            case Command.RETRY:
                self._retry()
            case Command.EDIT:
                self._screen.note("edit_needs_terminal")
            case _ if draft:
                self._screen.note("draft_first", command=command.value)
            case Command.SKIP:
                self._reply(self._interview.skip())
            case Command.NEXT:
                self._next()
            case Command.ANSWER:
                self._reveal()
            case Command.UNDO:
                return self._undo()
        return draft

    def _hint(self) -> None:
        if turn := self._interview.hint():
            self._screen.say(self._interview, turn)
        else:
            self._screen.note("no_more_hints")

    def _retry(self) -> None:
        if self._interview.reviewing:
            self._retrying = True
            self._screen.again(self._interview)
        else:
            mock = self._interview.plan.mode is Mode.MOCK
            self._screen.note("retry_in_practice" if mock else "retry_after_feedback")

    def _next(self) -> None:
        if self._interview.reviewing:
            self._reply(self._interview.go_on())
        else:
            self._screen.note("next_after_feedback")

    def _override(self, words: str) -> None:
        """Put the candidate's verdict on a key point in the place of the judge's."""
        if self._interview.plan.mode is Mode.MOCK:
            self._screen.note("override_in_practice", session=self._interview.session.id)
        elif not self._interview.reviewing or not self._interview.exchange.answers:
            self._screen.note("override_after_feedback")
        elif ruling := typed(words, [point.id for point in self._interview.rubric.key_points], self._screen.verdicts):
            point, verdict, why = ruling
            try:
                was = self._interview.override(point, verdict, who=login(), why=why)
            except SessionError as error:  # the disk is full: nothing was changed
                self._screen.note("not_overruled", error=prompts.said(error, self._interview.plan.language))
                return
            self._screen.overruled(self._interview, point, was, verdict)
        else:
            points = ", ".join(point.id for point in self._interview.rubric.key_points)
            self._screen.note("override_how", points=points)

    def _reveal(self) -> None:
        if self._interview.plan.mode is Mode.MOCK:
            self._screen.note("answer_in_report")
        elif not self._interview.exchange.answers and not self._interview.reviewing:
            self._screen.note("answer_after_attempt")
        else:
            self._reply(self._interview.reveal())

    def _undo(self) -> str:
        text = self._interview.undo()
        if text is None:
            self._screen.note("nothing_to_undo")
            return ""
        # In a pipe the next lines are the new answer; on a terminal the old one is there to be mended.
        given_back = text if self._reader.on_terminal else ""
        self._screen.again(self._interview)
        self._screen.note("undone_text" if given_back else "undone", apart=True)
        return given_back

    def _asked_barely(self) -> bool:
        """Return whether what was replied to can be no answer."""
        asks = hear(self._interview.exchange.asked_back[-1].text).asks
        return asks is not None and asks.bare

    def _reply(self, turns: Sequence[Turn]) -> None:
        for turn in turns:
            if turn.kind is not Kind.FEEDBACK:
                self._screen.say(self._interview, turn)
                if turn.kind is Kind.REPLY and not self._asked_barely():
                    self._screen.note("asked_back" if self._reader.on_terminal else "asked_back_piped")
            elif self._feedback:
                self._retrying = False
                if self._interview.exchange.gave_up and not self._interview.exchange.retries:
                    self._screen.note("kind_feedback", apart=True)
                self._feedback(self._interview.exchange)
                self._screen.note("reviewing" if self._reader.on_terminal else "reviewing_piped", apart=True)
