"""How a window departs from the wording it resembles: what it leaves out, adds and swaps."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kaoguan.grading.offline.overlap import common_subsequence


class Alignment(NamedTuple):
    """Shares of tokens, 0-1: in the same order, shared but out of order, and not in the other text at all."""

    ordered: float
    swapped: float
    added: float


def align(wording: Sequence[str], window: Sequence[str]) -> Alignment:
    """Return how the window's tokens run along the wording's."""
    if not wording or not window:
        return Alignment(0.0, 0.0, 1.0)
    in_order = common_subsequence(wording, window)
    shared = sum((Counter(wording) & Counter(window)).values())
    return Alignment(
        ordered=in_order / len(wording),
        swapped=(shared - in_order) / len(wording),
        added=1 - shared / len(window),
    )
