"""Notes of interviews: below an interview's name stands what was asked, below 「反问」 what the candidate asked."""

import re
from collections.abc import Iterator, Sequence

from kaoguan.distill.questions.outline import Block, BlockKind

_NAMES = re.compile(
    r"面试(?!官|技巧|经验|准备|题|问题|重点|资料|宝典|指南|总结|高频|常见)|笔试|面经|实习生|[初一二三四终]面|技术面|\binterview",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(
    r"(?:面试)?反问(?:环节|阶段|面试官)?|我(?:的)?(?:提问|反问|问的?(?:问题)?)"
    r"|(?:最后)?(?:[你您])?(?:还)?有(?:什么|没有什么|啥)?(?:想|要)问(?:我|我们)?的(?:吗|么|问题)?"
    r"|my questions(?: to them)?|questions (?:i asked|for them)",
    re.IGNORECASE,
)
# So many titles of one level, and at least a third of them, name interviews.
_FEWEST, _SHARE = 3, 3
_LONGEST = 90


def is_interview(title: str) -> bool:
    """Return whether a title names an interview, so that what is below was asked there."""
    return _NAMES.search(title) is not None


def asked_there(blocks: Sequence[Block], lists: Sequence[Sequence[int]]) -> set[int]:
    """Return the numbered items below the names of interviews; each was asked, however shortly it is put down."""
    found: set[int] = set()
    for level in range(1, 7):
        peers = [i for i, block in enumerate(blocks) if block.title == level]
        named = [i for i in peers if is_interview(blocks[i].text)]
        if len(named) < _FEWEST or len(named) * _SHARE < len(peers):
            continue
        for items in lists:
            above = next((i for i in range(items[0], -1, -1) if blocks[i].title), -1)
            numbered = blocks[items[0]].number is not None and len(items) > 1
            if numbered and above in peers and named[0] <= above <= named[-1]:
                found |= {i for i in items if len(blocks[i].text) <= _LONGEST}
    return found


def without_asked_back(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks but for what a candidate asked the interviewer."""
    inside = False
    for block in blocks:
        label = block.text.strip(" ：:。！!？?")
        if _ASKS_BACK.fullmatch(label):
            inside = True
        elif block.title or (block.kind is not BlockKind.ITEM and block.spaced):
            inside = False
        if not inside:
            yield block
