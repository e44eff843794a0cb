"""Which encoding a file is in: a mark at its start, else UTF-8 where that fits, else GB18030 (which contains GBK).

Excel on Chinese Windows writes GBK without saying so. The choice is made line by line over the whole file, because one
damaged byte must not turn a UTF-8 file into ten thousand lines of nonsense in GB18030, which accepts nearly anything.
"""

import codecs
from typing import BinaryIO, NamedTuple

# Longer than any answer by far; what exceeds it is one rejected row, not a full memory.
LONGEST_LINE = 1 << 20

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Encoding(NamedTuple):
    """A Python codec name, and what the user should hear about it ("" when there is nothing to say)."""

    codec: str
    note: str


def detect(stream: BinaryIO) -> Encoding | None:
    """Return the encoding of a whole file, None when it is no text we can read; leaves the stream at its start."""
    start = stream.read(4)
    stream.seek(0)
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return Encoding(codec, "read as UTF-16" if codec == "utf-16" else "")
    fits = _lines_that_fit(stream)
    stream.seek(0)
    if fits.utf8 == fits.lines:
        return Encoding("utf-8", "")
    if fits.utf8 * 2 >= fits.lines:
        return Encoding("utf-8", f"read as UTF-8, although {fits.lines - fits.utf8} lines are not")
    if fits.gb18030 * 2 >= fits.lines:
        return Encoding("gb18030", "read as GB18030 (GBK), because it is not UTF-8")
    return None


class _Fits(NamedTuple):
    lines: int
    utf8: int
    gb18030: int


def _lines_that_fit(stream: BinaryIO) -> _Fits:
    """Count the lines beyond ASCII, and how many of them each encoding can read."""
    lines = utf8 = gb18030 = 0
    while line := stream.readline(LONGEST_LINE):
        # A piece of an overlong line may be cut inside a character; such a line is rejected later anyway.
        if line.isascii() or len(line) == LONGEST_LINE:
            continue
        lines += 1
        utf8 += _decodes(line, "utf-8")
        gb18030 += _decodes(line, "gb18030")
    return _Fits(lines, utf8, gb18030)


def _decodes(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
