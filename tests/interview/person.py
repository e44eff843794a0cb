"""A person at a real terminal: keys go in, and what the screen shows comes out."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import traceback
from collections.abc import Callable, Mapping
from typing import NoReturn, Self

import pyte

from tests.interview import sit

ENTER, CTRL_C, CTRL_D, CTRL_J, ALT_ENTER, BACKSPACE = "\r", "\x03", "\x04", "\n", "\x1b\r", "\x7f"
UP, DOWN = "\x1b[A", "\x1b[B"


class Screen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is, as real terminals do."""

    def __init__(self, columns: int, lines: int, master: int) -> None:
        super().__init__(columns, lines)
        self._master = master

    def write_process_input(self, data: str) -> None:
        os.write(self._master, data.encode())


class Person:
    """Types into an interview and reads its screen.

    The interview is a process of its own on a pty of its own, forked from this one so that it imports nothing anew.
    """

    def __init__(
        self, *arguments: str, columns: int = 80, lines: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        self._code: int | None = None
        self.process, self.master = pty.fork()
        if self.process == 0:
            size = struct.pack("HHHH", lines, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.environ.update({"TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})})
            _sit(arguments)
        self.screen = Screen(columns, lines, self.master)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._ended():
            self.kill()
        os.close(self.master)

    def type(self, keys: str) -> Self:
        os.write(self.master, keys.encode())
        return self

    def paste(self, text: str) -> Self:
        """Paste as terminals do: bracketed, line ends as carriage returns, in more than one piece."""
        data = b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~"
        for start in range(0, len(data), 1000):
            os.write(self.master, data[start : start + 1000])
            self._take(0.01)
        return self

    def see(self, text: str, seconds: float = 10.0) -> Self:
        """Wait until the screen shows `text`."""
        self._until(lambda: text in self.shown, seconds, f"{text!r} never showed")
        return self

    def miss(self, text: str, seconds: float = 10.0) -> Self:
        """Wait until the screen no longer shows `text`."""
        self._until(lambda: text not in self.shown, seconds, f"{text!r} stayed")
        return self

    def until(self, done: Callable[[], bool], seconds: float = 10.0) -> Self:
        """Wait until something is so."""
        self._until(done, seconds, "it never came to be")
        return self

    def settle(self) -> Self:
        """Wait until nothing more is drawn for a moment."""
        while self._take(0.15):
            pass
        return self

    def leave(self, seconds: float = 10.0) -> int:
        """Return the exit code once the process has ended."""
        self._until(self._ended, seconds, "the process goes on")
        self.settle()
        assert self._code is not None
        return self._code

    def kill(self) -> None:
        """End it the hard way, at once."""
        os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        self._code = os.waitstatus_to_exitcode(status)

    @property
    def shown(self) -> str:
        # A wide character takes two cells, of which pyte leaves the second one empty.
        return "\n".join(
            "".join(self.screen.buffer[y][x].data for x in range(self.screen.columns)).rstrip()
            for y in range(self.screen.lines)
        )

    def _ended(self) -> bool:
        if self._code is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if process else None
        return self._code is not None

    def _until(self, done: Callable[[], bool], seconds: float, complaint: str) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, f"{complaint}:\n{self.shown}"
            if not self._take(0.05) and self._ended():
                assert done(), f"{complaint}; the process ended:\n{self.shown}"

    def _take(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # Linux says so when the other side of a pty is gone
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def _sit(arguments: tuple[str, ...]) -> NoReturn:
    """Run the interview in the forked process; nothing of pytest may run there any more."""
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - the process's own streams
    sys.stdout = open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8")  # noqa: SIM115
    code = 1
    try:
        sit.main(list(arguments))
        code = 0
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # noqa: BLE001 - pytest must not see it: this process is not pytest any more
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
