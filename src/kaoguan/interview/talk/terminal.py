"""Entries from a person at a terminal, by prompt_toolkit: Chinese, many lines, paste, $EDITOR, and no accidents.

Enter submits; Alt-Enter and Ctrl-J make a new line, and so does every line end of a paste. An Enter that comes in the
same moment as the words before it is part of a paste, or confirms a word of an input method that lets it through: it
submits nothing. With the setting `enter = "newline"` Enter makes a new line, and Alt-Enter or an empty line submits.
Ctrl-D always submits.
"""

import asyncio
import time
from collections.abc import Callable
from enum import StrEnum
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from kaoguan.errors import SessionError
from kaoguan.interview.talk.commands import Answered, Command, Commanded, Entry, Unknown, parse
from kaoguan.prompts import Wording

# The toolbar counts whole minutes: drawn anew more often it would only keep screen readers talking.
_REFRESH_SECONDS = 20.0

# Nobody reads feedback so fast, in seconds: an Enter so soon is one too many, behind the answer.
_READS = 0.5

_STYLE = Style.from_dict({"prompt": "bold", "bottom-toolbar": "noreverse", "bottom-toolbar.text": "reverse"})


class Enter(StrEnum):
    """What the Enter key does."""

    NOTHING = "nothing"
    NEW_LINE = "new_line"
    SUBMIT = "submit"


def on_enter(text: str, *, at_end: bool, pasting: bool, submits: bool = True) -> Enter:
    """Return the effect of Enter on this text; `pasting` when it came together with other keys.

    `submits` is the user's setting: whether Enter submits, or an empty line.
    """
    if not text.strip():
        return Enter.NOTHING
    if pasting:
        return Enter.NEW_LINE
    if submits:
        return Enter.SUBMIT
    if at_end and (isinstance(parse(text), Commanded | Unknown) or ends_in_empty_line(text)):
        return Enter.SUBMIT
    return Enter.NEW_LINE


def ends_in_empty_line(text: str) -> bool:
    """Return whether Enter has been pressed twice since the last words."""
    *_, above, last = ("", *text.split("\n"))
    return bool(text.strip()) and "\n" in text and not above.strip() and not last.strip()


def without_gesture(text: str) -> str:
    """Return the text without the empty lines at its end, which only served to submit it."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def fitting(texts: tuple[str, ...], width: int) -> str:
    """Return the first of `texts`, longest first, that fits in `width` cells."""
    return next((text for text in texts if get_cwidth(text) < width), texts[-1])


def timed(texts: tuple[str, ...], time: str, width: int) -> str:
    """Return the first of `texts` that fits beside the time; without the time where not even the last one does."""
    beside = tuple(f"{text} | {time}" for text in texts) if time else ()
    return next((text for text in beside if get_cwidth(text) < width), None) or fitting(texts, width)


class TerminalReader:
    """Reads entries at a prompt; what is being typed is kept with `keep_draft` line by line."""

    on_terminal = True

    def __init__(
        self,
        wording: Wording,
        stream: TextIO,
        keep_draft: Callable[[str], None],
        spent: Callable[[], str],
        *,
        enter_submits: bool = True,
    ) -> None:
        self._wording = wording
        self._keep_draft = keep_draft
        self._spent = spent
        self._enter_submits = enter_submits
        self.way = "terminal" if enter_submits else "newline"
        self._shown_at = 0.0
        self._together = False  # with the key that is being handled came others before it
        self._remark = ""
        self._leaving = False
        self._reviewing = False
        self._session: PromptSession[str] = PromptSession(
            message=[("class:prompt", "> ")],
            prompt_continuation="  ",
            multiline=True,
            key_bindings=self._bindings(),
            bottom_toolbar=self._toolbar,
            history=InMemoryHistory(),
            style=_STYLE,
            refresh_interval=_REFRESH_SECONDS,
            output=create_output(stdout=stream),
        )
        self._session.default_buffer.on_text_changed += self._typed

    def read(self, draft: str, *, reviewing: bool = False) -> Entry:
        """Return the next entry. Raises KeyboardInterrupt when Ctrl-C was pressed twice; the draft is kept then.

        While feedback is read, submitting nothing goes on to the next question.
        """
        edit = False
        self._reviewing = reviewing
        while True:
            self._remark, self._leaving = "", False
            self._shown_at = time.monotonic()
            text = self._session.prompt(default=draft, pre_run=self._open_editor if edit else None)
            if reviewing and not text.strip():
                return Commanded(Command.NEXT)
            entry = parse(_whole(without_gesture(text)))
            if isinstance(entry, Answered) or not isinstance(entry, Commanded) or entry.command is not Command.EDIT:
                return entry
            draft, edit = entry.draft, True

    def _open_editor(self) -> None:
        # validate_and_handle would submit whatever the editor leaves behind.
        self._session.default_buffer.open_in_editor(validate_and_handle=False)

    def _toolbar(self) -> str:
        text = self._session.default_buffer.text
        width = self._session.output.get_size().columns
        usual = "toolbar" if self._enter_submits else "toolbar_newline"
        if self._reviewing and not text.strip():
            usual = "toolbar_review"
        ready = not self._enter_submits and ends_in_empty_line(text)
        key = self._remark or ("toolbar_ready" if ready else usual)
        return timed(self._wording.options(key), self._spent(), width)

    def _typed(self, _: Buffer) -> None:
        self._remark, self._leaving, self._together = "", False, True
        asyncio.get_running_loop().call_soon(self._alone)

    def _alone(self) -> None:
        # All keys that came at once are handled before the event loop goes on to this.
        self._together = False

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            at_end = not buffer.document.text_after_cursor.strip()
            # Keys behind this one, or right before it, mean a paste in a terminal without bracketed paste.
            pasting = bool(event.app.key_processor.input_queue) or self._together
            match on_enter(buffer.text, at_end=at_end, pasting=pasting, submits=self._enter_submits):
                case Enter.SUBMIT:
                    self._submit(buffer)
                case Enter.NEW_LINE:
                    self._new_line(buffer, keep=not pasting)
                case Enter.NOTHING if time.monotonic() - self._shown_at > _READS:
                    self._submit_or_say(buffer)

        @keys.add("c-j")
        def _(event: KeyPressEvent) -> None:
            self._new_line(event.current_buffer)

        @keys.add("escape", "enter")
        def _(event: KeyPressEvent) -> None:
            if self._enter_submits:
                self._new_line(event.current_buffer)
            else:
                self._submit_or_say(event.current_buffer)

        @keys.add("c-d")
        def _(event: KeyPressEvent) -> None:
            self._submit_or_say(event.current_buffer)

        @keys.add("c-c")
        def _(event: KeyPressEvent) -> None:
            kept = self._keep(event.current_buffer.text)
            if self._leaving:
                event.app.exit(exception=KeyboardInterrupt, style="class:aborting")
            self._remark, self._leaving = ("toolbar_leaving" if kept else "toolbar_leaving_unsaved"), True

        @keys.add("c-x", "c-e")
        def _(event: KeyPressEvent) -> None:
            self._open_editor()

        return keys

    def _keep(self, text: str) -> bool:
        """Keep the draft; where it cannot be, say so in the toolbar: nobody stops typing for that."""
        try:
            self._keep_draft(_whole(text))
        except SessionError:
            self._remark = "toolbar_unsaved"
            return False
        return True

    def _new_line(self, buffer: Buffer, *, keep: bool = True) -> None:
        buffer.newline(copy_margin=False)
        if keep:
            self._keep(buffer.text)

    def _submit_or_say(self, buffer: Buffer) -> None:
        """Submit what is written; submit nothing only while feedback is read."""
        if buffer.text.strip() or self._reviewing:
            self._submit(buffer)
        else:
            self._remark = "toolbar_empty"

    def _submit(self, buffer: Buffer) -> None:
        buffer.text = without_gesture(buffer.text)
        buffer.cursor_position = len(buffer.text)
        buffer.validate_and_handle()


def _whole(text: str) -> str:
    """Return `text` with bytes that were no UTF-8, which a terminal hands over as half characters, as �."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
