"""Titles that are items of a list: 「- 二叉树的性质：」 with what is told of it set further in below it.

Notes are often one list below a heading, each item of which names something and has items of its own. A list of kinds,
steps or parts has the same form and is the answer to the title above it: it stays where it stands.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.distill.questions.entries import NO_NAME, asks_on, only_groups, sentence
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.reach import further_in, up_to_next
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.text.facets import read_label
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

# 「线索二叉树：……」, 「图的存储结构」: a name, and what is said of it in the same line.
_NAMED = re.compile(r"(?P<name>[^:：，。；;!?！？]{2,48}?)\s*(?:[:：]\s*(?P<said>.*)|。)?")
_FEWEST = 2
# Lists within lists that group titles.
_DEEPEST = 3
# 「异常」 is one of what the title speaks of.
_SHORTEST = 3
# "Data", "offset": so is a short word that is no abbreviation, but above paragraphs of its own.
_WORD = re.compile(r"[A-Za-z]?[a-z]{1,6}")
# One line below an item is a remark, and bare names state nothing: characters of Chinese and of English.
_LINES = 2
_TOLD = {True: 12, False: 36}
# "Common activation functions": what the items below are is what it is about.
_TOGETHER = re.compile(
    r"分为|常[见用]|主流|经典|[两三四五六七八九\d]大|之间|\b(?:vs|versus|common|popular|two|three|four|five)\b"
    r"|\b(?:functions|algorithms|approaches|tests|ways|ideas|concepts|modes|levels)\b",
    re.IGNORECASE,
)


def listed(title: str, answer: Sequence[Block]) -> list[Section]:
    """Return a section for each item below a title that is itself a title; none where they answer the title."""
    if not only_groups(title) or _TOGETHER.search(title):
        return []
    found = [one for one in _items(answer) if _is_title(one)]
    # 「动态编译与静态编译」 is about both of its items.
    sides = sum(one.name.casefold() in title.casefold() for one in found)
    return [_section(one, title) for one in found] if len(found) >= _FEWEST and sides < _FEWEST else []


class _Item(NamedTuple):
    """An item, the name it begins with, and what is set below it."""

    block: Block
    name: str
    said: str
    below: tuple[Block, ...]


def _items(answer: Sequence[Block], deeper: int = _DEEPEST) -> Iterator[_Item]:
    """Yield the items of the outermost lists; of one that only groups titles, these."""
    place = 0
    while place < len(answer):
        block = answer[place]
        match = _NAMED.fullmatch(block.text) if block.kind is BlockKind.ITEM else None
        below = further_in(answer, place)
        if match and not match["said"] and not below:
            below = up_to_next(answer, place) or []
        groups = deeper > 0 and match and not match["said"]
        grouped = [one for one in _items(below, deeper - 1) if _is_title(one)] if groups else []
        if len(grouped) >= _FEWEST:
            yield from grouped
        elif match:
            yield _Item(block, match["name"].strip(), match["said"] or "", tuple(below))
        place += 1 + len(below)


def _is_title(item: _Item) -> bool:
    """Return whether an item names a thing, or a side of one, that enough is told of below it."""
    name, below = item.name, item.below
    apart = not item.said and below and below[0].kind is BlockKind.PROSE
    told = (apart or len(below) >= _LINES) and any(len(one.text) >= _TOLD[is_chinese(one.text)] for one in below)
    asking = sum(asks(one.text, is_chinese(one.text)) is Asks.YES for one in below) * _LINES >= len(below)
    short = re.sub(r"\s*[（(][^（）()]*[)）]$", "", name)  # 「具体推导（公式推导）」
    part = is_part(short) or is_aside(short) or NO_NAME.search(name) or not read_label(short).subject
    hangs = len(name) < _SHORTEST or (not apart and _WORD.fullmatch(name))
    names = is_term(name) and not (hangs or part)
    return told and names and not (asking or asks_on(item.said))


def _section(item: _Item, title: str) -> Section:
    said = [item.block._replace(kind=BlockKind.PROSE, text=sentence(item.name, item.said))] if item.said else []
    return Section(item.name, item.block, (*said, *item.below), under=title)
