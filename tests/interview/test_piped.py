"""Entries through a pipe: an empty line ends an answer, a command is a line of its own."""

import io

import pytest

from kaoguan.errors import InputError
from kaoguan.interview.talk.commands import Asked, Command, Entry, Left, Said, Unknown
from kaoguan.interview.talk.piped import PipedReader

SKIP, QUIT = Asked(Command.SKIP), Asked(Command.QUIT)


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
        ("甲\n乙\n\n丙", [Said("甲\n乙"), Said("丙")]),
        ("甲\r\n乙\r\n\r\n丙\r\n", [Said("甲\n乙"), Said("丙")]),
        ("\ufeff甲\n", [Said("甲")]),
        ("/skip\n甲\n", [SKIP, Said("甲")]),
        ("甲\n/quit\n", [Said("甲"), QUIT]),
        ("/skip\n/skip\n", [SKIP, SKIP]),
        ("/foo\n甲\n/foo\n", [Unknown("/foo"), Said("甲\n/foo")]),
        ("//skip\n", [Said("/skip")]),
        ("x = 1\n// 注释\n", [Said("x = 1\n// 注释")]),
        ("skip\n\n跳过\n", [Said("skip"), Said("跳过")]),
        ("  缩进\n\ttab\n", [Said("  缩进\n\ttab")]),
    ],
)
def test_entries_of_a_pipe(typed: str, entries: list[Entry]) -> None:
    assert read(typed.encode()) == entries


def test_bytes_that_are_no_utf8_are_refused_with_their_place() -> None:
    reader = PipedReader(io.BytesIO("好\n\n".encode() + "梯度".encode("gbk")))
    assert reader.read("") == Said("好")
    with pytest.raises(InputError, match=r"line 3: is not UTF-8 .*iconv"):
        reader.read("")
