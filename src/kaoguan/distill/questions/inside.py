"""Questions that stand inside the answer to another one, or between the sections, and are answered there.

「常问：“为什么要缩放？”——因为……」, an item 「为什么不用均方误差：……」, an item that asks above items that answer, or
among items that all ask, a bold line that asks, "Follow-up: Why not Adam?". What only leads the text on, and what is
answered by no statement, stays text.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, asks, carries_on, is_task
from kaoguan.distill.questions.choices import is_option
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.titles import is_facet
from kaoguan.text.filler import filler, is_small_talk
from kaoguan.text.overlap import containment
from kaoguan.text.script import HAN, count_han
from kaoguan.text.terms import is_term


def inside(answer: Sequence[Block], around: str, *, labelled: bool = False) -> tuple[list[Section], list[Block]]:
    """Return the questions inside an answer as sections, and the rest; `around` is what the answer is given to.

    With `labelled` only those that say of themselves that they are asked next: "Follow-up: …".
    """
    found: list[Section] = []
    rest: list[Block] = []
    place = 0
    while place < len(answer):
        one = None if labelled and not _FOLLOWS.match(answer[place].text) else _asked(answer, place)
        if not one or containment(around, one.asked.question) >= _SAME or not _told(one.asked):
            rest.append(answer[place])
            place += 1
            continue
        rest += [answer[place]._replace(text=one.before)] if one.before else []
        found.append(one.asked._replace(under=around))
        place += 1 + one.below
    return found, rest


# The same question again is no other one.
_SAME = 0.8


class _Asked(NamedTuple):
    """A question, the number of blocks below it that answer it, and what its block says before it."""

    asked: Section
    below: int
    before: str = ""


def _asked(answer: Sequence[Block], place: int) -> _Asked | None:
    """Return the question that a block puts, if it does, whatever its answer is worth."""
    block = answer[place]
    if block.kind not in {BlockKind.ITEM, BlockKind.PROSE} or is_option(block.text):
        return None
    block = block._replace(text=_FOLLOWS.sub("", block.text))
    for form in (_QUOTED, _LED, _INLINE, _MIDDLE):
        match = form.fullmatch(block.text)
        if match and _is_question(match["ask"]):
            below = _below(answer, place) if block.kind is BlockKind.ITEM else _list(answer, place)
            reply = block._replace(kind=BlockKind.PROSE, text=match["reply"], style="", number=None, bold=False)
            said = [reply, *below] if match["reply"] else below
            before = match.groupdict().get("before", "")
            return _Asked(Section(_plain(match["ask"]), block, tuple(said)), len(below), before) if said else None
    below = _answer(block, answer, place) if _is_question(block.text) else []
    return _Asked(Section(_plain(block.text), block, tuple(below)), len(below)) if below else None


# 「追问 2：」, "Follow-up question:"
_FOLLOWS = re.compile(
    r"^(?:(?:面试官?|继续|常见)?追问\s*[一二三四五\d]*|follow[- ]?up(?: questions?)?(?: \d)?)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)


# Right below other lines only such a question is no rhetoric: "Can you collect more data?" is.
_OPENLY = re.compile(
    rf"(?:[^:：]*[{HAN}][^:：]*|(?:what|why|how|when|which|where)\b(?!.*\byour\b)[^:]*)[?？]$", re.IGNORECASE
)


def _answer(block: Block, answer: Sequence[Block], place: int) -> list[Block]:
    """Return what answers a block that asks, by the form in which it asks; nothing where that may lead on."""
    right_below = _lines(answer, place) if _OPENLY.match(block.text) or block != answer[place] else []
    if block.kind is BlockKind.ITEM:
        return _below(answer, place) or _up_to_next(answer, place) or right_below
    if block.bold:
        return _up_to_title(answer, place)
    if block.spaced and block.text.endswith(("?", "？", ":", "：")):
        return _paragraph(answer, place)
    return right_below


# 「……常问：“……？”——……」
_QUOTED = re.compile(
    r"[^“\"「。？?]{0,40}[“\"「](?P<ask>[^“”\"「」]{4,90}[?？])[”\"」]\s*(?:—+|–|-+>?|→|[:：])\s*"
    r"(?:(?:answer|回答|答)\s*[:：]\s*)?[“\"「]?(?P<reply>(?:[^\s“\"「].{7,}?)?)[”\"」]?"
)
# 「那么如何避免死锁呢，可以……」
_LED = re.compile(
    r"(?:那么?)?(?P<ask>(?:如何|怎么|怎样|为什么)[^，。？?]{3,40}?)呢?[，,]\s*(?P<reply>(?:可以|因为|需要|通过).{8,})"
)
_INLINE = re.compile(
    r"(?P<ask>[^。！!?？:：]{4,90}?(?:[?？](?=\s|[^\s?？。）)])|(?=[:：])))\s*(?:[:：]|—+)?\s*(?P<reply>[^\s?？].{7,})"
)
# 「……。为什么要取对数呢？因为……」, 「……。怎么判断能不能拆分呢：」 above a list.
_MIDDLE = re.compile(
    r"(?P<before>.*[。！.])\s*(?P<ask>(?:什么是|为什么|如何|怎[么样])[^。！？?：:]{3,40}(?:[？?]|呢[：:])"
    r"|[^。！？?：:]{4,30}有什么(?:好处|坏处|用)[？?])"
    r"\s*(?P<reply>(?:[^？?]{8,}[。；）].*)?)"
)


def _plain(ask: str) -> str:
    return re.sub(r"^\d{1,3}[.、）)]?\s+(?=\S)", "", ask.strip(' ：:“”"'))


def _is_question(text: str) -> bool:
    """Return whether a text is one question that is understood without what stands before it."""
    text = _plain(text)
    chinese = count_han(text) > 0
    plainly, leans = (_ZH_PLAINLY, _ZH_LEANS) if chinese else (_EN_PLAINLY, _EN_LEANS)
    whole = plainly.search(text) and asks(text, chinese) is Asks.YES and not carries_on(text) and not is_facet(text)
    if not whole or leans.search(text) or _TORN.search(text) or is_aside(text) or is_small_talk(text):
        return False
    if chinese:
        return len(_ZH_ASKING.sub("", text)) >= _FEWEST_LETTERS and _ZH_ASKING.search(text) is not None
    words = text.split()
    named = any(re.search(r"[A-Z]|\d", word) for word in words[1:])
    return len(words) >= (_FEWEST_WORDS if named or _EN_WHAT.match(text) else 2 * _FEWEST_WORDS - 1)


# Letters besides those that ask; words of a question that names something.
_FEWEST_LETTERS, _FEWEST_WORDS = 3, 3
_ZH_ASKING = re.compile(
    r"为什么|为何|为啥|如何|怎么样?|怎样|什么时候|什么情况下|什么|哪[些种个里]?|何时|多少|几|是否|有没有|能否|何|啥|吗|呢"
    r"|需要|使用|选择?|用|要|做|的|是|有|叫|区别|作用|好处|[\s?？，,]"
)
_ZH_PLAINLY = re.compile(
    r"[?？]$|^(?:为什么|为何|如何|怎么|怎样|什么是|什么叫|什么时候|什么情况下|何时)(?!样的)|(?:是什么|为什么|怎么办|怎么做|有哪些|吗|呢)$"
    r"|^[^，。]{2,16}(?:为什么|为啥|如何|怎么)[^，。]{2,24}$"
)
_EN_PLAINLY = re.compile(r"^[A-Z][^=]*\?$")
_ZH_LEANS = re.compile(
    r"^(?:而|但|答|面试官|对面试|如果发现)|[这那该此它他她我]|其(?!他|中)|你(?!了解|知道|对|会|觉得|认为)"
    r"|上[面述文图]|下[面述文图列]|以下|如下|两[者个]|前者|后者|[。！；]|什么意思|参考|知乎"
)
_EN_WHAT = re.compile(r"What (?:is|are) (?!the\b|an?\b)\w+ \w", re.IGNORECASE)
_EN_LEANS = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|we|our|us|i|my|here|above|below|both)\b"
    r"|^(?:and|but|so|or|then)\b|[.;]\s|\bto use (?:over|it|which)\b|\bto (?-i:[A-Z]{3,}) (?:an?|the)\b",
    re.IGNORECASE,
)
# One of two brackets or quotation marks, a piece of a program.
_TORN = re.compile(r"^[^（(]*[）)]|[（(][^）)]*$|^[^\"]*\"[^\"]*$|“[^”]*$|^[^“]*”|\w\(|\w = \w|https?:")


def _below(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the blocks that are set further in than an item, right after it."""
    found: list[Block] = []
    for block in answer[place + 1 :]:
        if block.kind is BlockKind.HEADING or block.level <= answer[place].level:
            break
        found.append(block)
    return found


def _up_to_next(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the blocks between an item and the next one of its list, where all items of the list ask."""
    beside = [
        i
        for i, one in enumerate(answer)
        if one.kind is BlockKind.ITEM and (one.style, one.level) == (answer[place].style, answer[place].level)
    ]
    if len(beside) < _FEWEST_BESIDE or not all(_is_question(answer[i].text) for i in beside):
        return []
    end = next((i for i in beside if i > place), len(answer))
    return list(takewhile(lambda one: one.kind is not BlockKind.HEADING, answer[place + 1 : end]))


_FEWEST_BESIDE = 2


def _lines(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the plain lines right below a line, up to an empty line or another question."""
    return list(takewhile(_goes_on, answer[place + 1 :]))


def _goes_on(block: Block) -> bool:
    plain = block.kind is BlockKind.PROSE and not block.bold and not block.spaced
    return plain and not _is_question(_FOLLOWS.sub("", block.text))


def _list(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the list that a paragraph ending in a colon leads into."""
    found: list[Block] = []
    if answer[place].text.endswith((":", "：")):
        for block in answer[place + 1 :]:
            if block.kind is not BlockKind.ITEM:
                break
            found.append(block)
    return found


def _up_to_title(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the blocks up to the next title, or the next bold line that is no part of this answer."""
    found: list[Block] = []
    for block in answer[place + 1 :]:
        titled = block.bold and block.level <= answer[place].level and not is_facet(block.text)
        if block.kind is BlockKind.HEADING or titled:
            break
        found.append(block)
    return found


def _paragraph(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the paragraph or the list right below a line, with the list that the paragraph leads into."""
    found: list[Block] = []
    for block in answer[place + 1 :]:
        goes_on = block.kind is BlockKind.ITEM and (
            found == [] or found[-1].kind is BlockKind.ITEM or found[-1].text.endswith((":", "："))
        )
        if block.kind is BlockKind.HEADING or block.bold or (found and not goes_on):
            break
        found.append(block)
    return found


def _told(one: Section) -> bool:
    """Return whether what follows a question states something, and asks no further."""
    first = one.answer[0].text
    told = is_task(first) and not _HOW.match(one.question)
    if told or filler(first) or one.answer[0].linked or _NO_ANSWER.match(first):
        return False
    if len(one.answer) == 1 and is_term(first):
        return False  # the next title, or a name that answers without a word
    return 2 * sum(_asks(block.text) for block in one.answer) < len(one.answer)


def _asks(text: str) -> bool:
    first = re.split(r"(?<=[。.?？])\s*(?=\S)", text)[0]
    return first.endswith(("?", "？")) or asks(text, count_han(text) > 0) is Asks.YES


# What to do answers how to do it.
_HOW = re.compile(r"how\b|when\b|如何|怎么|怎样", re.IGNORECASE)
_NO_ANSWER = re.compile(
    r"https?:|//|[（(\[\"”]|参考|参见|见|答案?[:：]?$|ans\b|如题|需要详细|GitHub|具体看|(?:我|balabala|聊了|没用过)|.*(?:面试官|\[\^)"
    r"|discuss\b|you answer\b|or\b|and\b|eg\b",
    re.IGNORECASE,
)
