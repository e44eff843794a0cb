"""Numbered and bulleted lists of a document: which items belong to one list, whatever stands between them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from kaoguan.distill.questions.outline import Block, BlockKind

_UNNUMBERED = "•"
# A list may skip a number (a question left out, a line lost); more than that is another list.
_SKIP = 2


def runs(blocks: Sequence[Block], asking: Callable[[int], bool]) -> list[list[int]]:
    """Return the lists as positions in `blocks`. `asking(i)` helps where an item could belong to two lists."""
    finished: list[list[int]] = []
    stack: list[list[int]] = []
    for position, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            finished, stack = finished + stack, []
        if block.kind is not BlockKind.ITEM:
            continue
        home = _home(blocks, stack, position, asking)
        if home is None or _is_below(blocks, stack[home + 1 :], position, asking):
            stack.append([position])
            continue
        finished += stack[home + 1 :]
        del stack[home + 1 :]
        stack[home].append(position)
    return sorted(finished + stack)


def _home(blocks: Sequence[Block], stack: list[list[int]], position: int, asking: Callable[[int], bool]) -> int | None:
    fits = [
        depth
        for depth, run in enumerate(stack)
        if _follows(blocks[run[-1]], blocks[position], alike=asking(run[-1]) == asking(position))
    ]
    if len(fits) > 1:
        # 「3. …」 after an inner 「2.」 and an outer 「2.」: questions go with questions.
        alike = [depth for depth in fits if asking(stack[depth][-1]) == asking(position)]
        return alike[-1] if alike else fits[-1]
    return fits[0] if fits else None


def _is_below(
    blocks: Sequence[Block], inner: Sequence[list[int]], position: int, asking: Callable[[int], bool]
) -> bool:
    """Return whether a bullet that does not ask stands below a list of questions that is indented no further."""
    if blocks[position].style != _UNNUMBERED or asking(position):
        return False
    return any(
        blocks[run[-1]].style != _UNNUMBERED
        and blocks[run[-1]].level <= blocks[position].level
        and any(asking(one) for one in run)
        for run in inner
    )


def _follows(before: Block, block: Block, *, alike: bool) -> bool:
    if before.style != block.style:
        return False
    if block.style == _UNNUMBERED or before.number is None or block.number is None:
        return before.level == block.level
    if block.number == before.number == 1:
        return before.level == block.level and alike  # Markdown lets every item be 「1.」
    return 1 <= block.number - before.number <= _SKIP


def answered(positions: Sequence[int], end: int) -> list[bool]:
    """Return, for each item of a list, whether anything stands between it and the next one (or `end`)."""
    return [after - before > 1 for before, after in pairwise([*positions, end])]


def without_open_questions(answer: Sequence[Block]) -> list[Block]:
    """Return an answer without the numbered questions at its end, if these are a list of their own.

    Below "Follow-ups:" a list of questions belongs to the answer.
    """
    end = len(answer)
    while end and answer[end - 1].number and answer[end - 1].text.endswith(("?", "？")):
        end -= 1
    listed = len(answer) - end >= _LISTED and answer[end].number == 1
    told = end > 0 and answer[end - 1].text.endswith((".", "。", "!", "！"))
    return [*answer[:end]] if listed and told else [*answer]


# So many questions in a row that nothing answers are no part of an answer.
_LISTED = 4
