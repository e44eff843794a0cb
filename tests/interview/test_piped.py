"""Entries through a pipe: an empty line ends an answer, a command is a line of its own."""

import io

import pytest

from kaoguan.errors import InputError
from kaoguan.interview.talk.commands import Answered, Command, Commanded, Entry, Left, Unknown
from kaoguan.interview.talk.piped import PipedReader

SKIP, QUIT = Commanded(Command.SKIP), Commanded(Command.QUIT)


def read(data: bytes) -> list[Entry]:
    reader = PipedReader(io.BytesIO(data))
    entries: list[Entry] = []
    while not isinstance(entry := reader.read(""), Left):
        entries.append(entry)
    return entries


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("", []),
        ("\n\n\n", []),
        ("甲\n乙\n\n丙", [Answered("甲\n乙"), Answered("丙")]),
        ("甲\r\n乙\r\n\r\n丙\r\n", [Answered("甲\n乙"), Answered("丙")]),
        ("\ufeff甲\n", [Answered("甲")]),
        ("/skip\n甲\n", [SKIP, Answered("甲")]),
        ("甲\n/quit\n", [Answered("甲"), QUIT]),
        ("/skip\n/skip\n", [SKIP, SKIP]),
        ("/foo\n甲\n/foo\n", [Unknown("/foo"), Answered("甲\n/foo")]),
        ("//skip\n", [Answered("/skip")]),
        ("x = 1\n// 注释\n", [Answered("x = 1\n// 注释")]),
        ("skip\n\n跳过\n", [Answered("skip"), Answered("跳过")]),
        ("  缩进\n\ttab\n", [Answered("  缩进\n\ttab")]),
    ],
)
def test_entries_of_a_pipe(typed: str, entries: list[Entry]) -> None:
    assert read(typed.encode()) == entries


def test_bytes_that_are_no_utf8_are_refused_with_their_place() -> None:
    reader = PipedReader(io.BytesIO("好\n\n".encode() + "梯度".encode("gbk")))
    assert reader.read("") == Answered("好")
    with pytest.raises(InputError, match=r"line 3: is not UTF-8 .*iconv"):
        reader.read("")
