"""How far what a block opens reaches: what is set further in, up to the next item of its list, the next paragraph."""

from collections.abc import Sequence
from itertools import takewhile

from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.titles import is_facet


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


def led_to(blocks: Sequence[Block], place: int) -> list[Block]:
    """Return the list that a paragraph ending in a colon leads into, or the next one where it ends in a question."""
    if blocks[place].text.endswith((":", "：")):
        return list(takewhile(lambda one: one.kind is BlockKind.ITEM, blocks[place + 1 :]))
    return paragraph(blocks, place) if blocks[place].text.endswith(("?", "？")) else []


def paragraph(blocks: Sequence[Block], place: int) -> list[Block]:
    """Return the paragraph or the list right below a line, with the list that the paragraph leads into."""
    found: list[Block] = []
    for block in blocks[place + 1 :]:
        goes_on = block.kind is BlockKind.ITEM and (
            found == [] or found[-1].kind is BlockKind.ITEM or found[-1].text.endswith((":", "："))
        )
        titled = block.bold and not block.text.endswith(("。", "."))
        if block.kind is BlockKind.HEADING or titled or (found and not goes_on):
            break
        found.append(block)
    return found


def up_to_title(blocks: Sequence[Block], place: int) -> list[Block]:
    """Return the blocks up to the next title, or the next bold line that is no part of this answer."""
    found: list[Block] = []
    for block in blocks[place + 1 :]:
        titled = block.bold and block.level <= blocks[place].level and not is_facet(block.text)
        if block.kind is BlockKind.HEADING or titled:
            break
        found.append(block)
    return found
