"""A document cut into questions and the blocks that answer them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.questions import is_aside, questions

# 「1. 什么是过拟合？过拟合是指……」: question and answer in one line.
_INLINE = re.compile(r"^(?P<ask>[^。！!]{4,90}?[?？])[”」）)]?\s*(?P<reply>[^?？]{12,}.*)$")
_INLINE_REPLY = re.compile(r"\s+(?:A|Answer|答|答案)\s*[:：]\s*")
# "Explain overfitting In short, …": a PDF loses the break between a request and its answer.
_RUN_ON = re.compile(
    r"^(?P<ask>[A-Z][^.?!:]{8,90}?[a-z)]) (?P<reply>(?:In|The|An?|It|This|When|If|For|Because|As|Each|With"
    r"|To|There|We|By|At|On|One|These|They|Most) [a-z].{40,})$"
)
_LONGEST_QUESTION = 240


class Section(NamedTuple):
    """A question as the document words it, its block, and what answers it."""

    question: str
    block: Block
    answer: tuple[Block, ...]


def sections(blocks: Sequence[Block], chinese: bool) -> list[Section]:
    """Return the questions of a document in order; the answer is empty where it gives none."""
    blocks = [part for block in blocks for part in _split(block)]
    starts = questions(blocks, chinese)
    found = []
    for start, end in pairwise([*starts, len(blocks)]):
        found.append(_section(blocks[start], _answer(blocks, start, end)))
    return found


def _split(block: Block) -> list[Block]:
    if block.kind not in {BlockKind.ITEM, BlockKind.ASK}:
        return [block]
    if block.kind is BlockKind.ASK and (match := _INLINE_REPLY.search(block.text)):
        said = block._replace(kind=BlockKind.REPLY, text=block.text[match.end() :], style="")
        return [block._replace(text=block.text[: match.start()]), said]
    run_on = _RUN_ON.match(block.text)
    if run_on and asks(run_on["ask"], chinese=False) is Asks.YES:
        reply = Block(BlockKind.PROSE, run_on["reply"], block.first, block.last, block.level)
        return [block._replace(text=run_on["ask"]), reply]
    if (inline := _INLINE.match(block.text)) and block.style != "•":
        reply = Block(BlockKind.PROSE, inline["reply"], block.first, block.last, block.level)
        return [block._replace(text=inline["ask"]), reply]
    return [block]


def _answer(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """Return the blocks up to the next question that are still about this one."""
    opener = blocks[start]
    floor = opener.level if opener.kind is BlockKind.HEADING else _level_above(blocks, start)
    found: list[Block] = []
    for block in blocks[start + 1 : end]:
        closes = block.kind is BlockKind.HEADING and block.level <= floor
        if closes or (is_aside(block.text) and (block.kind is BlockKind.HEADING or block.bold or block.spaced)):
            break
        found.append(block)
    while found and (end < len(blocks) or len(found) > 1) and _is_chapter(found[-1]):
        found.pop()
    return found


def _level_above(blocks: Sequence[Block], start: int) -> int:
    """Return the level of the heading that a question without one stands under: a sibling of it ends the answer."""
    above = (block.level for block in reversed(blocks[:start]) if block.kind is BlockKind.HEADING)
    return next(above, 6)


def _is_chapter(block: Block) -> bool:
    """Return whether a block that nothing follows is the title of what comes next."""
    if block.text.endswith(("。", ".", "；", ";", "！", "!")) or len(block.text) > 30:
        return False
    return block.kind is BlockKind.HEADING or block.bold or block.style in {"一", "章"}


def _section(block: Block, answer: list[Block]) -> Section:
    replies = [i for i, part in enumerate(answer) if part.kind is BlockKind.REPLY]
    question = block.text
    if replies:
        asked = answer[: replies[0]]
        more = " ".join(part.text for part in asked)
        if asked and len(question) + len(more) <= _LONGEST_QUESTION:
            question = f"{question} {more}"
        answer = answer[replies[0] :]
    answer = [part for part in answer if part.text != "…"]
    return Section(question, block, tuple(answer))
