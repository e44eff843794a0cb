"""Items that an answer announces: "RLHF has three stages:", and below it each stage with its text.

They look like the titles of a document of notes, and are the answer to the question above them.
"""

from collections.abc import Sequence

from kaoguan.distill.questions.outline import Block, BlockKind, asks_for_answer


def without_announced(blocks: Sequence[Block], starts: Sequence[int]) -> list[int]:
    """Return the positions of the questions without those of what the answer to the question before announces."""
    kept: list[int] = []
    last: Block | None = None
    for i in starts:
        block = blocks[i]
        told = last is not None and _follows(last, block)
        first = kept and not told and _is_announced(blocks, kept[-1], i)
        if (told or first) and not asks_for_answer(block):
            last = block
        else:
            kept.append(i)
            last = None
    return kept


def _is_announced(blocks: Sequence[Block], opener: int, i: int) -> bool:
    """Return whether an item, or a bare line, stands right below a line of an answer that announces it."""
    before, block = blocks[i - 1], blocks[i]
    listed = block.kind in {BlockKind.ITEM, BlockKind.PROSE} and block.number in {None, 1}
    said = i - 1 > opener and before.kind in {BlockKind.PROSE, BlockKind.REPLY} and before.text.endswith((":", "："))
    return listed and said and not before.bold and asks_for_answer(blocks[opener])


def _follows(last: Block, block: Block) -> bool:
    """Return whether a line goes on with the items before it."""
    alike = (last.kind, last.style, last.title, last.bold) == (block.kind, block.style, block.title, block.bold)
    return alike and last.level == block.level and (last.number is None or block.number == last.number + 1)
