"""Text from outside, made safe to show: answers, documents and model replies are never trusted by a terminal."""

import re

# C0 and C1 controls but tab and newline, plus the bidirectional overrides that can reorder a line on screen.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """Return `text` without the characters that could move the cursor, colour the screen or reorder a line."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return `text` printable and on a single line, runs of white space as one space."""
    return " ".join(printable(text).split())


# A spreadsheet runs a cell that starts like this as a formula; the full-width signs count as the plain ones in some.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def inert(cell: str) -> str:
    """Return a table's cell as text that no spreadsheet runs. Numbers below zero stay numbers."""
    if not cell.lstrip(" ").startswith(_FORMULA_STARTS) or _NUMBER.fullmatch(cell):
        return cell
    return "'" + cell


# What a spreadsheet takes for one; Python would take -inf and -1_0 too.
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\s*", re.ASCII)
