"""Answers that are only a list of what one could ask: titles of other texts, or questions without answers."""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import read_label
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

# What a title says whose answer may be a list of names: 「常见的激活函数」, "Types of pooling".
_NAMES_ARE_ASKED = re.compile(
    r"常[见用]|经典|典型|主流|种类|类型|分类|应用|场景|组成|包[括含]|步骤|流程|指标|工具|清单"
    r"|\b(?:common|popular|types?|kinds?|applications?|examples?|components?|steps?|tools?|use cases?|metrics)\b",
    re.IGNORECASE,
)
_FEWEST, _LONG = 3, 7
# Of the entries of an answer: so many that ask make it a list of questions, so many names make it a list of titles.
_ASKING, _NAMING = 0.4, 0.8
# A paragraph of this many characters states something.
_STATED = {True: 20, False: 60}


def is_index(question: str, answer: Sequence[Block]) -> bool:
    """Return whether an answer states nothing of its own and only names what is told elsewhere or asked."""
    if any(_states(block) for block in answer):
        return False
    entries = [block for block in answer if block.kind in {BlockKind.ITEM, BlockKind.PROSE, BlockKind.TABLE}]
    if len(entries) < _FEWEST:
        return False
    after = [*entries[1:], None]
    asking = sum(_asks(one) and not _answers(one, other) for one, other in zip(entries, after, strict=True))
    if asking >= max(_FEWEST, _ASKING * len(entries)):
        return True
    titled = asks(question, is_chinese(question)) is not Asks.YES and read_label(question).facet is None
    named = sum(block.linked or _asks(block) or _names(block) for block in entries)
    # A long list of lists is a table of topics, whatever its title says.
    nested = len(entries) > _LONG and len({block.level for block in entries}) > 1
    asked = _NAMES_ARE_ASKED.search(question) is not None and not nested
    return titled and not asked and named >= _NAMING * len(entries)


def _states(block: Block) -> bool:
    """Return whether a block is a paragraph of some length."""
    chinese = is_chinese(block.text)
    return block.kind in {BlockKind.PROSE, BlockKind.REPLY} and (
        not block.linked and not _asks(block) and len(block.text) > _STATED[chinese]
    )


def _answers(block: Block, after: Block | None) -> bool:
    """Return whether what follows an entry stands below it."""
    return after is not None and after.level > block.level


def _asks(block: Block) -> bool:
    return asks(block.text, is_chinese(block.text)) is Asks.YES


def _names(block: Block) -> bool:
    """Return whether an entry names a topic, or several: "Batch vs online (with examples)"."""
    if is_term(block.text) or read_label(block.text).facet is not None:
        return True
    named = re.split(r"\s*(?:[,，、/;]|\bvs\.?|\band\b|&)\s*", _ASIDE.sub("", block.text))
    return block.kind is not BlockKind.TABLE and all(
        is_term(one) or (not is_chinese(one) and len(one.split()) < _NAME) for one in named if one
    )


# 「[Advanced]」, "(e.g. precision)"
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\])\s*")
_NAME = 3
