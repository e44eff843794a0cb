"""What a text names as its sources, in the midst of an answer or before it: 「参考：」 above a list of links."""

import re
from collections.abc import Iterator, Sequence

from kaoguan.distill.questions.outline import Block, BlockKind

_SOURCES = re.compile(
    r"(?:参考|引用|(?:延伸|扩展|推荐)阅读)(?:资料|文献|链接|文章)?[:：]?"
    r"|(?:references?|sources?|see also|further reading):?",
    re.IGNORECASE,
)


def without_sources(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks without the lines that lead in sources and the lines right below each; a title stays."""
    lead: Block | None = None
    for block in blocks:
        titled = block.title > 0 or block.kind in {BlockKind.ASK, BlockKind.REPLY}
        if titled or (lead and not _is_source(block, lead)):
            lead = None
        if not titled and _SOURCES.fullmatch(block.text):
            lead = block
        if not lead:
            yield block


def _is_source(block: Block, lead: Block) -> bool:
    """Return whether a line is a link, or stands right below what leads in sources and in no list beside that."""
    beside = lead.kind is BlockKind.ITEM and block.level <= lead.level
    return block.linked or not (block.spaced or beside or _STATED.search(block.text))


# 「参考：」 may stand above the answer itself: no source is told in a sentence.
_STATED = re.compile(r"^(?!.*(?:://|《)).{12,}[。；]$")
