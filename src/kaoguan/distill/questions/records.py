"""Lines that hold a colon, as the questions of a document without better marks.

Records of interviews, one line a question: 「vector 和 list 的区别：vector 是连续空间，……」. Lists with a name before
each question: "Word embeddings: what are they?", "Anagrams: Write a function that …".
"""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import read_label
from kaoguan.text.overlap import containment
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

# What is asked, up to the colon, and what was answered, here or in the lines below.
_TOLD = re.compile(r"(?P<asked>[^：:，。；？?]{3,24})[:：].*")
# So many paragraphs that begin like this make a record.
_FEWEST = 6


def with_told_questions(blocks: Sequence[Block], chinese: bool) -> list[Block]:
    """Return the blocks of a record with its questions marked as such; of any other document the blocks as they are.

    A document with headings or Q marks, or with more numbered or asking lines than these, is no record. In a record a
    paragraph that begins with a name, 「L1 范数和 L2 范数：」, turns to another question, too.
    """
    told = {i for i, block in enumerate(blocks) if chinese and block.spaced and _told(block)}
    named = {i for i, block in enumerate(blocks) if block.spaced and _is_named(block)}
    if len(named) >= max(_FEWEST, sum(block.title > 0 or block.kind is BlockKind.ASK for block in blocks)):
        return [block._replace(kind=BlockKind.ASK) if i in named else block for i, block in enumerate(blocks)]
    stronger = any(block.title or block.kind in {BlockKind.ASK, BlockKind.REPLY} for block in blocks)
    others = sum(block.style != "" or block.text.endswith(("?", "？")) for block in blocks)
    if stronger or len(told) < max(_FEWEST, others):
        return list(blocks)
    told |= {i for i, block in enumerate(blocks) if block.spaced and _names(block)}
    told |= _turning(blocks, told)
    return [part for i, block in enumerate(blocks) for part in (_parted(block) if i in told else [block])]


def _turning(blocks: Sequence[Block], told: set[int]) -> set[int]:
    """Return the lines right below others that turn to something else, and tell no more of what was asked."""
    found: set[int] = set()
    about = ""
    for i, block in enumerate(blocks):
        asked = _before_colon(block)
        here = _ORDER.sub("", read_label(asked).subject or asked)
        if i in told:
            about = here
        elif not block.spaced and about and _told(block) and (demands(asked, True) or "的" in asked):
            same = min(containment(here, about), containment(about, here))
            found |= set() if same >= _SAME else {i}
            about = about if same >= _SAME else here
    return found


_ORDER = re.compile(r"^(?:介绍|解释|说说|讲讲|谈谈)(?:一下)?")
_SAME = 0.9


# "Overfitting: What is it, and how can it be prevented?"
_NAMED = re.compile(r"(?P<name>(?:[^:：?？.。]|vs\.){2,60})[:：]\s*(?P<asked>[A-Z“\"].{6,240})")


def _is_named(block: Block) -> bool:
    """Return whether a line is a name and, after it, a question or a task of one sentence."""
    match = _NAMED.fullmatch(block.text) if block.kind is BlockKind.PROSE else None
    asked = match["asked"] if match else ""
    return demands(asked, is_chinese(asked)) and not re.search(r"[.。]\s*\S", asked)


def _before_colon(block: Block) -> str:
    """Return what stands before the colon of a line in the form of a record; nothing of any other line."""
    match = _TOLD.fullmatch(block.text) if block.kind is BlockKind.PROSE else None
    return match["asked"].strip() if match else ""


def _told(block: Block) -> bool:
    asked = _before_colon(block)
    label = read_label(asked)
    return asked != "" and (demands(asked, True) or (label.facet is not None and is_term(label.subject)))


def _names(block: Block) -> bool:
    asked = _before_colon(block)
    return len(asked) >= _SHORTEST_NAME and is_term(asked)


# 「代码」, 「停止条件」 go on with what was asked.
_SHORTEST_NAME = 5


def _parted(block: Block) -> list[Block]:
    asked, reply = re.split(r"\s*[:：]\s*", block.text, maxsplit=1)
    question = block._replace(kind=BlockKind.ASK, text=asked)
    return [question, Block(BlockKind.PROSE, reply, block.first, block.last, block.level)] if reply else [question]
