"""Items of a list told with the words above it that only they end: "It is preferred because:", 「用户问题需要：」."""

import re
from collections.abc import Sequence
from itertools import takewhile

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.joined import begun_small, is_label
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.text.script import is_chinese

_OPEN_ZH = re.compile(
    "(?<=.{3})(?:(?P<reason>因为|由于|在于)|为了|通过|便于|从而|以便|用于|可以|能够|必须|需要|应该|取决于|依赖于|来自"
    "|负责)$"
)
_OPEN_EN = re.compile(
    r"(?<=\w)\W+(?:(?P<reason>because|when|if)|by|for|with|to|on|from|into|via|through|without|(?<!such )that"
    r"|should|must|can|will)$",
    re.IGNORECASE,
)
# "Useful for:" is said of what is named above it; a beginning of a sentence has more words.
_FEWEST_WORDS = 3
_SAYS_TO_WHOM = re.compile(r"(?:to (?:summari[sz]e|conclude)|in (?:summary|short)|overall),\s*", re.IGNORECASE)
# 「这很重要，因为：」 says of what stands above it.
_POINTS_BACK = re.compile(r"(?:this|these|that)\b|[这该]", re.IGNORECASE)
# 「在需要：」, its items and 「的场景里，……」: the sentence goes on below them.
_GOES_ON = re.compile("[的等时，、]")
# "This is the backbone of …" ends no "A transformer is a network that".
_WHOLE = re.compile(r"(?:this|these|it|they|that|there)\b|[这它该]", re.IGNORECASE)
_LABELLED = re.compile(r"[^:：]{1,40}[:：]")
_MOST_NAMES = 9
_LONGEST_NAME = {True: 12, False: 30}


def opened(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks, the items below such words each with them in front; names of a few words end them together."""
    told: list[Block] = []
    place = 0
    while place < len(answer):
        lead = answer[place]
        items = _items(lead, answer[place + 1 :])
        told += [lead, *_ending(lead.text.rstrip(":： "), items)]
        place += 1 + len(items)
    return told


def _items(lead: Block, after: Sequence[Block]) -> list[Block]:
    words = lead.text.rstrip(":： ")
    opens = _opens(words)
    if not opens or lead.text == words or lead.bold or lead.kind not in _LEADS or is_label(words):
        return []
    inside = lead.level + (lead.kind is BlockKind.ITEM)
    items = list(takewhile(lambda one: one.kind is BlockKind.ITEM and one.level >= inside, after))
    alike = len({(one.style, one.level) for one in items}) == 1 and len(items) > 1
    steps = alike and items[0].number and not opens["reason"]  # 「通过：1. 先……」
    goes_on = any(_GOES_ON.match(one.text) for one in after[len(items) : len(items) + 1])
    apart = any(one.bold or _LABELLED.match(one.text) for one in items)
    return items if alike and not (steps or apart or goes_on) else []


_LEADS = {BlockKind.PROSE, BlockKind.ITEM, BlockKind.REPLY}


def _opens(words: str) -> re.Match[str] | None:
    chinese = is_chinese(words)
    begun = _begun(words)
    few = not chinese and len(begun.split()) < _FEWEST_WORDS
    return None if few or _POINTS_BACK.match(begun) else (_OPEN_ZH if chinese else _OPEN_EN).search(begun)


def _begun(words: str) -> str:
    """Return the last sentence of a lead, which is the one that the items end."""
    return _SAYS_TO_WHOM.sub("", sentences(words, is_chinese(words))[-1]) if words else ""


def _ending(words: str, items: Sequence[Block]) -> list[Block]:
    if not items:
        return []
    chinese, opens = is_chinese(words), _opens(words)
    begun = _begun(words) + ("" if chinese else " ")
    ends = [one.text if chinese else begun_small(one.text) for one in items]
    if len(items) <= _MOST_NAMES and all(len(end) <= _LONGEST_NAME[chinese] for end in ends):
        names = ("、" if chinese else ", ").join(end.rstrip("。.;；，, ") for end in ends)
        return [items[0]._replace(text=begun + names, last=items[-1].last)]
    reason = opens is not None and opens["reason"] is not None
    return [
        one if not reason and _WHOLE.match(one.text) else one._replace(text=begun + end)
        for one, end in zip(items, ends, strict=True)
    ]
