"""Lists whose lines hold a question and its answer, parted by a sign: 「什么是过拟合 → ……」, 「两者的区别：……」.

One such line may be a sentence about anything; where most lines of a list are like that and ask, the others name what
they are about.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.distill.questions.asking import Asks, how_it_asks
from kaoguan.distill.questions.hanging import hangs
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.reach import further_in, is_beside
from kaoguan.distill.questions.titles import is_facet
from kaoguan.distill.questions.whole import plain, points_back
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_PARTED = re.compile(
    r"[“\"「【]?(?P<ask>[^。！!：:→—”」】]{3,60}?)[”\"」】]?\s*(?:(?<=[?？])答\s*)?(?P<sign>—+|–|→|-{1,2}>|=>|\s--?\s|[：:](?!//))\s*"
    r"(?P<reply>[^\s:：].{5,})"
)
# So many lines of a list, and so many of its lines for each that is parted so, or that asks.
_FEWEST, _MOST = 3, 2


class Parted(NamedTuple):
    """The question of a line and what is said behind it."""

    asked: str
    reply: str


def parted(blocks: Sequence[Block]) -> dict[int, Parted]:
    """Return the lines that hold a question and its answer, by their places."""
    found: dict[int, Parted] = {}
    signed = {i: match for i, block in enumerate(blocks) if (match := _match(block))}
    for run in _lists(blocks) if len(signed) >= _FEWEST else ():
        signs: dict[str, dict[int, Parted]] = {}
        for i in run:
            if (match := signed.get(i)) and _may_ask(match["ask"], match["reply"]):
                sign = match["sign"].strip("—–- :：") or match["sign"].strip()[:1].replace(":", "：")
                signs.setdefault(sign, {})[i] = Parted(plain(match["ask"]), match["reply"])
        for lines in signs.values():
            asking = sum(_asks(one.asked) for one in lines.values())
            if len(lines) >= _FEWEST and _MOST * len(lines) > len(run) and _MOST * asking >= len(lines):
                found |= lines
    return found


def _match(block: Block) -> re.Match[str] | None:
    return _PARTED.fullmatch(block.text) if block.kind is BlockKind.ITEM else None


def _lists(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the places of the items of each list; what is set further in does not part them."""
    seen: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.ITEM or i in seen:
            continue
        run, place = list[int](), i
        while place < len(blocks) and is_beside(block, blocks[place]):
            run.append(place)
            place += 1 + len(further_in(blocks, place))
        seen.update(run)
        yield run


def _asks(text: str) -> bool:
    return how_it_asks(text, is_chinese(text)) is Asks.YES


def _may_ask(asked: str, reply: str) -> bool:
    """Return whether what stands before a sign asks or names something, and what stands behind it does not ask."""
    named = _asks(asked) or is_term(asked) or how_it_asks(asked, is_chinese(asked)) is Asks.TITLE
    return named and not (is_facet(asked) or hangs(asked) or points_back(asked) or _asks(reply))
