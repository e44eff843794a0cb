"""The blocks that are questions because a mark says so: "Q: …" in front of them, or "A: …" behind."""

import re
from collections.abc import Sequence
from itertools import takewhile

from kaoguan.distill.questions.asking import Asks, demands, is_task
from kaoguan.distill.questions.choices import is_option
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.text.script import is_chinese

# So many lines may stand between a question and the mark of its answer.
_NEAR = 6


def marked(blocks: Sequence[Block], strength: Sequence[Asks]) -> set[int]:
    """Return the texts that a Q mark opens, and those right before an A mark."""
    found = {i for i, block in enumerate(blocks) if block.kind is BlockKind.ASK and not _states(blocks, strength, i)}
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.REPLY and i and not _has_question(blocks, strength, i, found):
            found.add(_put_before(blocks, strength, i - 1))
    return found


def _put_before(blocks: Sequence[Block], strength: Sequence[Asks], last: int) -> int:
    """Return the block that the A mark behind `last` answers: the nearest numbered one that asks, else that one.

    "17. How do you clean data?", "Tell which steps you took.", "Sample answer: …".
    """
    for i in range(last, max(last - _NEAR, -1), -1):
        block = blocks[i]
        if block.number is not None and (strength[i] is Asks.YES or block.text.endswith(("?", "？"))):
            return i
        if block.kind in {BlockKind.HEADING, BlockKind.ASK, BlockKind.REPLY}:
            break
    return _before_options(blocks, last)


def _states(blocks: Sequence[Block], strength: Sequence[Asks], i: int) -> bool:
    """Return whether 「问题：……」 tells what goes wrong, and asks nothing."""
    block = blocks[i]
    if (
        block.title
        or not is_chinese(block.text)
        or is_task(block.text)
        or strength[i] is not Asks.NO
        or not block.text.endswith(("。", "."))
    ):
        return False
    after = takewhile(lambda one: one.kind not in {BlockKind.ASK, BlockKind.HEADING}, blocks[i + 1 :])
    return re.search("[?？]", block.text) is None and all(one.kind is not BlockKind.REPLY for one in after)


def _before_options(blocks: Sequence[Block], i: int) -> int:
    """Return the block that options A, B, C … belong to, where `i` is the last of them; else `i`."""
    first = i
    while first and is_option(blocks[first].text):
        first -= 1
    return first if i - first > 1 else i


def _counts_on(blocks: Sequence[Block], i: int, found: set[int]) -> bool:
    """Return whether a line has the number after that of the question before it."""
    before = blocks[max((one for one in found if one < i), default=i)].number
    return before is not None and blocks[i].number == before + 1


def _has_question(blocks: Sequence[Block], strength: Sequence[Asks], reply: int, found: set[int]) -> bool:
    """Return whether what an A mark answers is already known, or cannot be the line before it."""
    for i in range(reply - 1, -1, -1):
        if i in found or blocks[i].kind is BlockKind.REPLY:
            break
    before = blocks[reply - 1]
    stated = before.text.endswith(("。", ".", "；", ";")) and not demands(before.text, is_chinese(before.text))
    # Between two A marks only what asks, or counts on, is asked: 「简要回答」, and then 「详细回答」.
    listed = before.style == "•" or (before.style != "" and blocks[reply].text == "…" and not before.bold)
    asking = before.text.endswith(("?", "？")) or strength[reply - 1] is Asks.YES
    told = blocks[i].kind is BlockKind.REPLY and listed and not asking and not _counts_on(blocks, reply - 1, found)
    if i in found or before.kind is BlockKind.REPLY or stated or told:
        return True
    heading = next(
        (i for i in range(reply - 1, -1, -1) if blocks[i].kind is BlockKind.HEADING), None
    )  # 「解析：」 after a short answer: both belong to the title that asks
    asked = heading is not None and strength[heading] is Asks.YES
    return asked and strength[reply - 1] is not Asks.YES and not is_option(before.text)
