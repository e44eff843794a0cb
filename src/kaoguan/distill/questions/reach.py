"""How far what a block opens reaches: what is set further in than it, or all up to the next item of its list."""

from collections.abc import Sequence
from itertools import takewhile

from kaoguan.distill.questions.outline import Block, BlockKind


def further_in(blocks: Sequence[Block], place: int) -> list[Block]:
    """Return the blocks right after one that are set further in than it, up to a heading."""
    return list(
        takewhile(
            lambda one: one.kind is not BlockKind.HEADING and one.level > blocks[place].level, blocks[place + 1 :]
        )
    )


def up_to_next(blocks: Sequence[Block], place: int) -> list[Block] | None:
    """Return the blocks between an item and the next one of its list; None where a title or the end comes first."""
    for i in range(place + 1, len(blocks)):
        if is_beside(blocks[place], blocks[i]):
            return [*blocks[place + 1 : i]]
        if blocks[i].kind is BlockKind.HEADING or blocks[i].bold:
            break
    return None


def is_beside(block: Block, other: Block) -> bool:
    """Return whether two blocks are items of one list, or paragraphs set alike."""
    return (block.kind, block.style, block.level) == (other.kind, other.style, other.level)
