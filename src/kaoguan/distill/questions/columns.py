"""Tables that a plain text sets with tabs or runs of spaces, as rows between bars."""

import re
from collections.abc import Sequence

from kaoguan.documents import Line

# Two spaces are a slip of the hand.
_GAP = re.compile(r" {0,2}\t[ \t]*| {3}[ \t]*")
_FEWEST_CELLS, _FEWEST_ROWS, _LONGEST_CELL = 3, 3, 100
# A number in front of a question and its answer, or a value: no name of a column.
_NAMES = re.compile(r"[^\W\d_]{2}")
_SENTENCE_ENDS = tuple("。.?？;；:：,，")
_RULE = re.compile(r"[-=_+*|\s]*")


def set_in_columns(lines: Sequence[Line]) -> dict[int, str]:
    """Return the rows of such tables by their places: a head of names, and rows of as many cells right below it."""
    found: dict[int, str] = {}
    open_: dict[int, list[str]] = {}
    for place, line in enumerate(lines):
        bare = "" if line.code else line.text.strip()
        if _RULE.fullmatch(bare) and not line.code:
            continue
        cells = [] if bare.startswith("|") else [cell.strip(" |") for cell in _GAP.split(bare)]
        if open_ and len(cells) == len(next(iter(open_.values()))) and _are_cells(cells):
            open_[place] = cells
            continue
        found |= _rows(open_)
        open_ = {place: cells} if _are_cells(cells) and all(map(_names, cells)) else {}
    return found | _rows(open_)


def _rows(cells: dict[int, list[str]]) -> dict[int, str]:
    return {place: f"| {' | '.join(row)} |" for place, row in cells.items()} if len(cells) >= _FEWEST_ROWS else {}


def _are_cells(cells: Sequence[str]) -> bool:
    return len(cells) >= _FEWEST_CELLS and all(
        cell and len(cell) <= _LONGEST_CELL and "|" not in cell for cell in cells
    )


def _names(cell: str) -> bool:
    return _NAMES.search(cell) is not None and not cell.endswith(_SENTENCE_ENDS)
