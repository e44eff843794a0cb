"""The labels of an answer: how much a line closes as a label, and what it names."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kaoguan.distill.questions.outline import Block, BlockKind, width
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.text.facets import Facet, LabelledText, read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.text.script import HAN
from kaoguan.text.terms import is_term

# What a label of each form closes: a bare label ends the one before, a heading ends all of them.
BOLD, BARE, FACET, COLON, ITEM = 8, 9, 10, 11, 12
SENTENCE_ENDS = ("。", "；", ";", "！", "!", "，", ",", ".", "?", "？")


class Label(NamedTuple):
    """A label that is open, and how much another one must close to close it."""

    rank: int
    labelled: LabelledText
    item: tuple[str, int, int] | None = None
    """Of a numbered item: its style, its indent and its number; the next of its list closes it."""
    tight: bool = False
    """Whether a paragraph follows without an empty line: the next empty line closes it."""


def follows(block: Block, item: tuple[str, int, int] | None) -> bool:
    """Return whether a numbered item comes after another one of the same list."""
    return item is not None and item[:2] == (block.style, block.level) and item[2] < (block.number or 0)


def is_thing(title: str) -> bool:
    """Return whether a title names a thing: 「交叉熵（cross entropy）」, not 「优点」."""
    name = re.sub(r"\s*[（(][^（）()]*[)）]\s*$", "", title)
    return _GLOSSED.fullmatch(title) is not None or (is_term(name) and not is_part(name))


NAMED = re.compile(r"(?P<name>[^:：，。；,;?？]{2,40})[:：](?!//)\s*\S")
SAYS_WHAT = re.compile(
    r"定义|概念|介绍|简介|方法|做法|(?:核心)?思想|原理|解释|说明|(?:the )?(?:method|definition|idea|concept|approach)",
    re.IGNORECASE,
)
# "L_z = 1/T …": a formula with long names is no label.
COMPUTES = re.compile(rf"[^{HAN}:：]{{1,24}} = ")
CONDITION = re.compile(
    r"(?:(?:best |when to |do not |don't )?(?:use|avoid|choose|prefer|works?|suitable|not suitable|good|bad)\b"
    r"|when\b|if\b"
    r"|不?适[用合]|何时|什么时候|不要|避免|慎用)",
    re.IGNORECASE,
)
LONGEST_LEAD, LONGEST_LABEL = 40, 48


def told_of(answer: Sequence[Block]) -> dict[int, str]:
    """Return what the lines "Pros: …", "Cons: …" are about where each thing's own line, "Recall: …", stands above them.

    Only where two things at least are told of so, and each of them: else the lines are about what is named above all.
    """
    found: dict[int, str] = {}
    name, told = "", True
    for block in answer:
        if block.kind is BlockKind.HEADING or block.text.endswith((":", "：")):
            break
        match = NAMED.match(block.text) if block.kind is not BlockKind.TABLE else None
        label = read_label(match["name"]) if match else None
        if match and label and label.facet and not label.subject:
            found |= {block.first: name} if name else {}
            told = True
        elif match and label and is_thing(match["name"]):
            if not told:
                return {}
            name, told = match["name"].strip(), False
    return found if told and len(set(found.values())) > 1 else {}


def innermost(found: Sequence[LabelledText], subject: str) -> Facet | None:
    """Return the innermost part of an answer that the open labels name; none where a thing is named below it.

    What stands below 「解决方案」 and, within that, below "Sharding" is no remedy for sharding.
    """
    facet: Facet | None = None
    for label in found:
        if label.facet:
            facet = label.facet
        elif label.subject and label.subject == subject and facet is not Facet.EXAMPLE:
            facet = None
    return facet


def told_again(answer: Sequence[Block]) -> set[int]:
    """Return the lines of the bold labels of parts, "Pros:", that recur below one heading: for each thing that has it.

    What stands there once is told of what the whole answer is about.
    """
    lines: dict[tuple[int, LabelledText], list[int]] = {}
    heading = 0
    for block in answer:
        if block.kind is BlockKind.HEADING:
            heading = block.first
        elif block.bold and names_part(label := read_label(block.text)):
            lines.setdefault((heading, label), []).append(block.first)
    return {line for same in lines.values() if len(same) > 1 for line in same}


def heads_paragraphs(answer: Sequence[Block]) -> set[int]:
    """Return the lines of the numbered items that only name what the paragraphs below them say.

    「1. 行锁」, an empty line and a paragraph that is not set in, 「2. 表锁」 and so on: so from the first one on, and
    most of them are names.
    """
    lists: list[list[Block]] = []
    for block, after in pairwise(answer):
        if block.kind is not BlockKind.ITEM or not block.number:
            continue
        below = after.kind is BlockKind.PROSE and after.spaced and after.level <= block.level and not after.bold
        short = width(block.text) <= LONGEST_LABEL and not block.text.endswith(SENTENCE_ENDS)
        head = below and short and not block.bold and not is_formula(block.text)
        if block.number == 1:
            lists.append([])
        if lists and head and (lists[-1] or block.number == 1):
            lists[-1].append(block)
    found: set[int] = set()
    for items in lists:
        names = sum(is_thing(item.text.rstrip(":： ")) for item in items)
        found |= {item.first for item in items} if names > 1 and names > len(items) / 2 else set()
    return found


def names_part(label: LabelledText) -> bool:
    """Return whether a label names a part of an answer, 「定义」, 「公式」, and not what it is a part of."""
    return (label.facet is not None and not label.subject) or is_part(label.subject)


def names_whole(label: LabelledText) -> bool:
    """Return whether a label names a thing that has parts, and not a part of one: no "Advantages over arrays"."""
    return label.facet is None and not is_part(label.subject) and _TRADES.fullmatch(label.subject) is None


_TRADES = re.compile(r"(?:key |main )?(?:trade-?offs?|requirements?|pitfalls?|constraints?|risks?)", re.IGNORECASE)


def _facet_alone(block: Block) -> bool:
    """Return whether a block is a label such as 「定义」, 「原因：」."""
    facet, subject = read_label(block.text)
    return facet is not None and not subject


# 「锁通常用互斥量来实现」, "GloVe stands for …": a label that says something is no name for what follows.
_STATES = re.compile(
    r".{2,}(?:通常|往往|必须|不能|无法)|\b(?:stands for|refers to|consists of|handles|computes)\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r"(?P<label>(?:use|choose|when|avoid|best|good)\b[^:：()（）]{2,40}[:：])\s*[（(][^()（）]{1,40}[)）]",
    re.IGNORECASE,
)


def named(text: str, rank: int) -> LabelledText:
    """Return what a label names; a question names nothing, nor does a sentence that is no title of a list's item."""
    states = rank < ITEM and _STATES.search(text) is not None
    asked = text.rstrip(":： ").endswith(("?", "？")) or _ASKS.match(text) is not None
    return LabelledText(None, "") if asked or states else read_label(text)


def asks_on(text: str) -> bool:
    """Return whether a line asks the next question, "Follow-up: Why does it scale?": what stands below answers that."""
    return _ASKS_ON.fullmatch(text) is not None


_ASKS_ON = re.compile(r"\W*(?:follow[- ]?up(?: questions?)?|追问)\s*[:：][^?？]*[?？]\W*", re.IGNORECASE)
_ASKS = re.compile("(?:请|简单)*(?:介绍|讲讲|讲一?下|说说|说一?下|谈谈|聊聊|简述|解释一?下|描述一?下)")


def leaves(lead: Block, label: Label) -> bool:
    """Return whether what a line leads into is no longer told of an open label.

    "Choose a threshold:", alone on its line, ends what stood below "State the hypotheses:".
    """
    alone = lead.kind is BlockKind.PROSE and lead.spaced and width(lead.text) <= LONGEST_LABEL
    return (alone and label.rank == COLON) or _is_inside(label.labelled.subject, lead.text)


def _is_inside(name: str, lead: str) -> bool:
    """Return whether what leads into a list is about a thing that only has a label's name in its own.

    "A binary search tree is a tree where:" below "Tree".
    """
    match = _LEADS.match(lead)
    own = re.sub(r"^(?:an?|the) ", "", match["thing"].casefold().strip()) if match else ""
    name = name.casefold()
    if not own or not name or name == own:
        return False
    return own not in name and (own.endswith(" " + name) or set(name.split()) < set(own.split()))


_LEADS = re.compile(r"(?P<thing>(?:an?|the) (?:[\w-]+ ){1,4}?)(?=(?:is|are) )", re.IGNORECASE)


def without_aside(block: Block) -> Block:
    """Return a block that is a label and an aside, "Use threads when: (your case)", without the aside."""
    match = _ASIDE.fullmatch(block.text) if block.kind in {BlockKind.PROSE, BlockKind.ITEM} else None
    return block._replace(text=match["label"], bold=True) if match else block


def without_lengths(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks, "Short: …" and "Deep: …" without these labels where an answer has both of them."""
    found = [_LENGTHS.match(block.text) for block in answer]
    if not {"short", "long"} <= {match.lastgroup for match in found if match}:
        return list(answer)
    return [
        block._replace(text=block.text[match.end() :]) if match else block
        for block, match in zip(answer, found, strict=True)
    ]


_LENGTHS = re.compile(
    r"(?:(?P<short>short|brief|quick|simple|简答|简版)|(?P<long>deep(?:er| dive)?|detailed|in depth|详解|详答))"
    r"\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
# 「过拟合（overfitting）」
_GLOSSED = re.compile(rf"[A-Za-z]{{0,3}}[{HAN}]{{2,12}}\s*[（(][A-Za-z][A-Za-z -]{{3,40}}[)）]")


def bare_rank(block: Block, after: Block) -> int:
    """Return how much a short line without any mark closes as a label, or 0 when it is a sentence."""
    labelled = read_label(block.text)
    if labelled.facet and len(labelled.subject) <= 16 and (block.spaced or after.kind is BlockKind.ITEM):
        return FACET
    # A line without a full stop among such lines is a statement of its own; a label names a thing and sentences follow.
    sentences_follow = after.text.endswith(SENTENCE_ENDS) and 2 * width(block.text) <= width(after.text)
    names = is_term(block.text) and (sentences_follow or _facet_alone(after) or after.kind is BlockKind.ITEM)
    names = names or (_GLOSSED.fullmatch(block.text) is not None and after.kind is BlockKind.PROSE)
    return BARE if block.spaced and after.spaced and names else 0


def said_of_label(text: str) -> str:
    """Return 「快照：是某一时刻的数据」 as the sentence that it is, 「快照是某一时刻的数据」."""
    match = _IS_LABELLED.match(text)
    named = match and is_thing(match["label"]) and read_label(match["label"]).facet is None
    return f"{match['label'].rstrip()}{text[match.end() :]}" if match and named else text


_IS_LABELLED = re.compile(
    r"(?P<label>[^:：，,。；]{2,30})[:：]\s*(?=(?:就|指的|也)?是(?!否|不是|因为|由于|[^，。]{1,8}则))"
)
