"""Lines that fit a terminal: Chinese breaks anywhere but before a full stop, English between words."""

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from rich.console import Console  # 0.05 s, and help pages are wrapped, too

# Lines longer than this are hard to read, however wide the window.
_WIDEST = 100

_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = r"（「『《〈【“‘(\["
_CLOSING = r"，。！？；：、）」』》〉】”’…,.!?;:)\]"
# A unit is never broken: one wide character or one word, with the punctuation that must stay with it.
_UNIT = re.compile(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*")


def line_width(console: "Console") -> int | None:
    """Return how many cells a line may take: one stays free, where some terminals wrap already.

    None in a pipe, where nobody knows how wide the reader is.
    """
    return min(console.width - 1, _WIDEST) if console.is_terminal else None


def wrap(text: str, width: int | None, indent: str = "", first: str | None = None) -> str:
    """Return `text` in lines of at most `width` cells; None leaves lines as long as they are.

    Every line begins with `indent`, the first one with `first` where that is given.
    """
    lead = indent if first is None else first
    if width is None:
        return "\n".join((indent if index else lead) + line for index, line in enumerate(text.split("\n")))
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _fill(paragraph, width, indent, indent if lines else lead)
    return "\n".join(lines)


def _fill(paragraph: str, width: int, indent: str, lead: str) -> list[str]:
    lines: list[str] = []
    line = lead
    for unit in (match for match in _UNIT.findall(paragraph) if match):
        if cell_len(line + unit.rstrip()) <= width:
            line += unit
            continue
        if line.strip() and line != lead:
            lines.append(line.rstrip())
            line = indent
        # A word longer than a line has to be cut somewhere.
        pieces = chop_cells(unit.lstrip(), max(8, width - cell_len(line)))
        lines += [indent + piece for piece in pieces[:-1]]
        line = (line if len(pieces) < 2 else indent) + "".join(pieces[-1:])
    return [*lines, line.rstrip()]
