"""Entries from a pipe or a dumb terminal: an answer ends at an empty line, at a command or at the end of the input."""

from collections.abc import Iterator
from typing import BinaryIO

from kaoguan.errors import InputError
from kaoguan.interview.talk.commands import Answered, Entry, Left, command, parse


class PipedReader:
    """Reads UTF-8 lines. `/commands` are lines of their own; one directly below an answer also ends the answer."""

    on_terminal = False
    way = "piped"

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = self._decoded(stream)
        self._waiting: Entry | None = None

    def read(self, draft: str, *, reviewing: bool = False) -> Entry:
        """Return the next entry; a draft from an earlier run is left to the person who can see it."""
        if self._waiting:
            entry, self._waiting = self._waiting, None
            return entry
        return self._read()

    def _read(self) -> Entry:
        answer: list[str] = []
        for line in self._lines:
            if not line.strip():
                if answer:
                    break
                continue
            if known := command(line):
                if not answer:
                    return known
                self._waiting = known
                break
            first = parse(line) if not answer else Answered(line)
            if not isinstance(first, Answered):
                return first
            answer.append(first.text)
        return Answered("\n".join(answer)) if answer else Left()

    @staticmethod
    def _decoded(stream: BinaryIO) -> Iterator[str]:
        for number, line in enumerate(iter(stream.readline, b""), start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                what = f"is not UTF-8 (byte {error.object[error.start]:#04x} at position {error.start + 1})"
                mend = "convert it (iconv -f gbk -t utf-8); all answers above are kept"
                raise InputError(f"standard input, line {number}", what, mend) from error
            yield text.rstrip("\r\n")
