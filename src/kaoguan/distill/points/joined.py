"""Blocks of an answer that are one statement: a formula with its words, a half sentence with the items that end it."""

import re
from collections.abc import Sequence
from itertools import takewhile

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.names import is_name
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

# 「主要有以下几点：」, "There are three reasons:" announce and say nothing.
ANNOUNCES = re.compile(
    r"(?:如下|以下|下面|几[点个种类]|[一二两三四五六七八九十\d]\s*[点个种类条大]|包括|原因|方法|方面|步骤"
    r"|\b(?:includes?|including|such as|namely|consists? of)(?=[:：]$)|the following|as follows|several|(?:two|three"
    r"|four|five|\d) \w+)[^:：]{0,12}[:：]$",
    re.IGNORECASE,
)
# Items this short only end the sentence that leads into them.
_LONGEST_ENDING = {True: 30, False: 70}
_MOST_ENDINGS = 5
_LEADS = {BlockKind.PROSE, BlockKind.ITEM, BlockKind.REPLY}


def joined(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks, those that are one statement as one block."""
    return _with_endings(_with_formulas(_unwrapped(answer)))


def _unwrapped(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks, the lines of a paragraph that an export set apart with empty lines as one block."""
    whole: list[Block] = []
    for block in answer:
        before = whole[-1] if whole else None
        if before and before.kind in _LEADS and block.kind is BlockKind.PROSE and _goes_on(before, block):
            whole[-1] = before._replace(text=f"{before.text} {block.text}", last=block.last)
        else:
            whole.append(block)
    return whole


def _goes_on(before: Block, block: Block) -> bool:
    """Return whether a line begins in the middle of a sentence that the long line before it leaves open."""
    full = len(before.text) >= _NEARLY_FULL and not is_formula(before.text)
    return (
        full
        and _OPEN_LINE.search(before.text) is not None
        and block.spaced
        and not block.bold
        and _MIDDLE.match(block.text) is not None
    )


# A shorter line was not broken at a margin.
_NEARLY_FULL = 50
_OPEN_LINE = re.compile(r"(?:[a-z]|\w,)$")
_MIDDLE = re.compile(r"[a-z]+(?:[ ,.;)]|$)(?!\W*[:=–—-])")


def _with_endings(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks, 「它让模型同时看到：」 together with the short items below it."""
    whole: list[Block] = []
    i = 0
    while i < len(answer):
        block = _announcing(answer, i)
        ends = _endings(block, answer[i + 1 :]) if block.kind in _LEADS and block.text.endswith((":", "：")) else []
        if ends:
            gap = ("、" if not any("，" in end.text for end in ends) else "，") if is_chinese(block.text) else ", "
            text = block.text + ("" if is_chinese(block.text) else " ")
            items = [end.text.rstrip("。.;；，, ") for end in ends]
            text += gap.join(map(begun_small, items) if _OPEN_END.fullmatch(block.text.rstrip(":： ")) else items)
            whole.append(block._replace(text=text, last=ends[-1].last))
        else:
            whole.append(block)
        i += 1 + len(ends)
    return whole


def _announcing(answer: Sequence[Block], i: int) -> Block:
    """Return a block with a colon where it breaks off above a list of names: "The filter is used in"."""
    block, announced = answer[i], answer[i]._replace(text=f"{answer[i].text}:")
    open_ = block.kind in {BlockKind.PROSE, BlockKind.REPLY} and _BREAKS_OFF.search(block.text)
    return announced if open_ and _names(announced, answer[i + 1 :]) else block


_BREAKS_OFF = re.compile(r"(?<= )(?:in|for|of|by|to|with|from|on|as|are|is|includes?|including)$")


def _endings(lead: Block, after: Sequence[Block]) -> list[Block]:
    words = lead.text.rstrip(":： ")
    if named := _names(lead, after):
        return named
    if lead.bold or ANNOUNCES.search(lead.text) or is_label(words) or not _leads(words):
        return []
    found: list[Block] = []
    for block in after:
        inner = block.kind is BlockKind.ITEM and (lead.kind is not BlockKind.ITEM or block.level > lead.level)
        if not inner:
            break
        found.append(block)
    longest = _LONGEST_ENDING[is_chinese(words)]
    fit = all(len(one.text) <= longest and not _WHOLE.search(one.text) and not one.bold for one in found)
    return found if fit and 2 <= len(found) <= _MOST_ENDINGS else []


def _names(lead: Block, after: Sequence[Block]) -> list[Block]:
    """Return the items below "The parameters are:" where each is a bare name: together they are one claim."""
    if lead.bold or not lead.text.endswith((":", "：")) or is_label(lead.text.rstrip(":： ")):
        return []
    found = list(takewhile(lambda block: block.kind is BlockKind.ITEM and block.level >= lead.level, after))
    level = {block.level for block in found}
    alike = len(level) == 1 and _FEWEST_NAMES <= len(found) <= _MOST_NAMES
    return found if alike and all(is_name(block.text) for block in found) else []


_FEWEST_NAMES, _MOST_NAMES = 2, 9


def _leads(words: str) -> bool:
    """Return whether words are the beginning of a sentence that only the items end: "Power increases with"."""
    chinese = is_chinese(words)
    return len(words) >= _SHORTEST_LEAD[chinese] or (not chinese and _OPEN_END.fullmatch(words) is not None)


_OPEN_END = re.compile(
    r"(?:[\w-]+ ){1,4}(?:increases|decreases|grows|improves|drops|rises|falls|depends|helps|works best)(?: \w+)? ?"
    r"(?:with|by|when|if|for|on|as|from|through)",
    re.IGNORECASE,
)


# What is labelled, or ends like a sentence, stands by itself.
_WHOLE = re.compile(r"[:：]|[.。]$")
_SHORTEST_LEAD = {True: 8, False: 24}


def _with_formulas(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks, a formula together with the words that announce it: 「损失函数为：」 and what comes next."""
    whole: list[Block] = []
    for block in answer:
        before = whole[-1] if whole else None
        if (
            before
            and before.kind in {BlockKind.PROSE, BlockKind.ITEM, BlockKind.REPLY}
            and block.kind is not BlockKind.TABLE
            and is_formula(block.text)
            and _AWAITS.search(before.text)
        ):
            whole[-1] = before._replace(text=f"{before.text.rstrip()} {block.text}", last=block.last)
        else:
            whole.append(block)
    return whole


_AWAITS = re.compile(
    r"(?:[:：]|为|是|即|如下|等于|写成|得到|记作|表示为|定义为|\b(?:is|as|by|to|get|becomes|have))\s*$", re.IGNORECASE
)


def is_label(text: str) -> bool:
    """Return whether words before a colon name a thing or a part; 「因此需要证明」 only leads in."""
    return is_term(text) or read_label(text).facet is not None


def begun_small(item: str) -> str:
    """Return an English item as the end of a sentence: "Larger samples" begins small, "SGD" and "A/B" stay."""
    return item[:1].lower() + item[1:] if re.match(r"[A-Z][a-z]+ ", item) else item


def with_lead(text: str, *, shown: bool) -> tuple[str, str]:
    """Return a paragraph that leads into a list, a program or a picture without its last sentence, and that sentence.

    `shown`: what follows is a program or a picture. "Use a stack to keep them, like this:" says what to do by itself.
    """
    told = sentences(text, is_chinese(text))
    if shown and told and not ANNOUNCES.search(told[-1]) and (match := _DO_WITH.fullmatch(told[-1])):
        return text[: text.rindex(told[-1])] + match["said"] + ("。" if is_chinese(text) else "."), told[-1]
    if told and (match := _ANNOUNCED.search(told[-1])):
        return text[: text.rindex(told[-1])] + told[-1][: match.start()], told[-1]  # 「……是交叉熵，公式如下：」
    return text[: text.rindex(told[-1])].strip() if len(told) > 1 else "", told[-1] if told else text


# The last clause only says that something comes next.
_ANNOUNCED = re.compile(r"(?<=.{12})[，,]\s*[^，,]{0,8}(?:如下(?:图|所示|式)?|as follows|shown below)\s*[:：]$")


_DO_WITH = re.compile(
    r"(?P<said>(?:use|define|run|set|call|add|wrap|pass|declare|install|mount|annotate"
    r"|specify) (?!the following|th(?:is|ese)"
    r"\b|it\b)[^:]{8,200}?|(?:可以)?(?:使用|通过|调用|执行|运行|(?:同时)?开启|设置)(?![^:：]*(?:如下|以下|下面|这样|例))[^:：，]{4,60}?)"
    r"(?:,? (?:like this|like so|as follows|as shown below))?\s*[:：]",
    re.IGNORECASE,
)
