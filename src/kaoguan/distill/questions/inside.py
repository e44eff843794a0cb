"""Questions that stand inside the answer to another one, or between the sections, and are answered there.

「常问：“为什么要缩放？”——因为……」, an item 「为什么不用均方误差：……」, an item that asks above what answers, up to the
next one of its list, a line of its own that asks, in bold or not, a case that asks at its end, "Follow-up: Why not
Adam?". What only leads the text on, and what is answered by no statement, stays text.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from kaoguan.distill.questions.asking import Asks, asks, is_task
from kaoguan.distill.questions.choices import is_option
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.parted import Parted, parted
from kaoguan.distill.questions.reach import further_in, is_beside, led_to, paragraph, up_to_next, up_to_title
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.whole import is_whole_question, plain, points_back, without_remark
from kaoguan.text.filler import filler
from kaoguan.text.overlap import containment
from kaoguan.text.script import HAN, count_han
from kaoguan.text.terms import is_term


def inside(answer: Sequence[Block], around: str, *, labelled: bool = False) -> tuple[list[Section], list[Block]]:
    """Return the questions inside an answer as sections, and the rest; `around` is what the answer is given to.

    With `labelled` only those that say of themselves that they are asked next: "Follow-up: …".
    """
    found: list[Section] = []
    rest: list[Block] = []
    lines = parted(answer)
    place = 0
    while place < len(answer):
        one = _in_a_line(answer, place, lines[place]) if place in lines else None
        if not one and (not labelled or _FOLLOWS.match(answer[place].text)):
            one = _asked(answer, place)
        if not one or _is_same(around, one.asked.question, part=one.listed) or not _told(one.asked):
            rest.append(answer[place])
            place += 1
            continue
        rest += [answer[place]._replace(text=one.before)] if one.before else []
        found.append(one.asked._replace(under=around))
        place += 1 + one.below
    return found, rest


def _is_same(around: str, question: str, *, part: bool) -> bool:
    """Return whether a question is asked again; one of a list may be a part of what is asked above the list."""
    both = (containment(around, question), containment(question, around))
    return (min(both) if part else both[0]) >= _SAME


_SAME = 0.8


class _Asked(NamedTuple):
    """A question, the number of blocks below it that answer it, and what its block says before it."""

    asked: Section
    below: int
    before: str = ""
    listed: bool = False
    """Whether it is an item of a list of questions."""


def _in_a_line(answer: Sequence[Block], place: int, line: Parted) -> _Asked:
    """Return the question of a line that answers it, with what is set below the line."""
    below = further_in(answer, place)
    reply = answer[place]._replace(kind=BlockKind.PROSE, text=line.reply, style="", number=None, bold=False)
    return _Asked(Section(line.asked, answer[place], (reply, *below)), len(below), listed=True)


def _asked(answer: Sequence[Block], place: int) -> _Asked | None:
    """Return the question that a block puts, if it does, whatever its answer is worth."""
    block = answer[place]
    if block.kind not in {BlockKind.ITEM, BlockKind.PROSE} or is_option(block.text):
        return None
    block = block._replace(text=without_remark(_FOLLOWS.sub("", block.text)))
    for form in (_QUOTED, _LED, _INLINE, _MIDDLE):
        match = form.fullmatch(block.text)
        if match and is_whole_question(match["ask"]) and not _asks(match["reply"]):
            below = further_in(answer, place) if block.kind is BlockKind.ITEM else led_to(answer, place)
            reply = block._replace(kind=BlockKind.PROSE, text=match["reply"], style="", number=None, bold=False)
            said = [reply, *below] if match["reply"] else below
            before = match.groupdict().get("before", "")
            return _Asked(Section(plain(match["ask"]), block, tuple(said)), len(below), before) if said else None
    below = (
        _answer(block, answer, place)
        if is_whole_question(block.text) or _is_given(block)
        else _drawn_up(block, answer, place)
    )
    listed = len(_beside(answer, place)) >= _FEWEST_BESIDE
    return _Asked(Section(plain(block.text), block, tuple(below)), len(below), listed=listed) if below else None


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
    if block.kind is BlockKind.ITEM:
        return _item(answer, place)
    if block.bold:
        return up_to_title(answer, place)
    if block.spaced and (block.text.endswith(("?", "？", ":", "：")) or _BARE.match(plain(block.text))):
        return paragraph(answer, place)
    return _lines(answer, place) if _OPENLY.match(block.text) or _FOLLOWS.match(answer[place].text) else []


# What asks without a mark: 「如何找到环的入口」.
_BARE = re.compile(r"(?:为什么|为何|如何|怎么|怎样|什么是|什么时候|哪些)[^，：:]+$")


def _is_given(block: Block) -> bool:
    """Return whether an item tells of a case and asks of it: 「轮流抛硬币，先抛到正面者赢。问先抛者赢的概率？」."""
    told, _, asked = plain(block.text).rpartition("。")
    item = block.kind is BlockKind.ITEM and block.number is not None and asked.endswith(("?", "？"))
    case = told != "" and len(block.text) <= _LONGEST and not points_back(told)
    return item and case and asks(asked, chinese=True) is Asks.YES


_LONGEST = 240


def _drawn_up(block: Block, answer: Sequence[Block], place: int) -> list[Block]:
    """Return what is set below an item that tells to design something: 「设计一个短链服务」."""
    return further_in(answer, place) if block.kind is BlockKind.ITEM and _DESIGN.match(block.text) else []


_DESIGN = re.compile(r"(?:请|如何)?(?:设计|实现|编写|手写|写)(?:出)?一[个种套款]|design an?\b", re.IGNORECASE)


# 「……常问：“……？”——……」
_QUOTED = re.compile(
    r"[^“\"「。？?]{0,40}[“\"「](?P<ask>[^“”\"「」]{4,90})[”\"」]\s*(?:—+|–|-+>?|→|[:：])\s*"
    r"(?:(?:answer|回答|答)\s*[:：]\s*)?[“\"「]?(?P<reply>(?:[^\s“\"「].{7,}?)?)[”\"」]?"
)
# 「那么如何避免死锁呢，可以……」
_LED = re.compile(
    r"(?:那么?)?(?P<ask>(?:如何|怎么|怎样|为什么)[^，。？?]{3,40}?)呢?[，,]\s*(?P<reply>(?:可以|因为|需要|通过).{8,})"
)
_INLINE = re.compile(
    r"(?P<ask>[^。！!?？:：]{4,90}?(?:[?？](?=\s|[^\s?？。）)])|(?=[:：])))\s*(?:[:：]|—+|→)?\s*(?P<reply>[^\s?？].{7,})"
)
# 「……。为什么要取对数呢？因为……」, 「……。怎么判断能不能拆分呢：」 above a list.
_MIDDLE = re.compile(
    r"(?P<before>.*[。！.])\s*(?P<ask>(?:什么是|为什么|如何|怎[么样])[^。！？?：:]{3,40}(?:[？?]|呢[：:])"
    r"|[^。！？?：:]{4,30}有什么(?:好处|坏处|用)[？?])"
    r"\s*(?P<reply>(?:[^？?]{8,}[。；）].*)?)"
)


def _item(answer: Sequence[Block], place: int) -> list[Block]:
    """Return what answers an item that asks: what is set below it, else what stands before the next one of its list."""
    if below := further_in(answer, place):
        return below
    beside = _beside(answer, place)
    if len(beside) >= _FEWEST_BESIDE:
        end = next((i for i in beside if i > place), len(answer))
        return list(takewhile(lambda one: one.kind is not BlockKind.HEADING, answer[place + 1 : end]))
    between = up_to_next(answer, place)
    if between is None or len(between) > _FARTHEST:
        between = paragraph(answer, place)
    text = answer[place].text
    if all(is_term(block.text) for block in between) or not (count_han(text) or _OPENLY.match(text)):
        return []  # other titles of the list follow, or "Can you collect more data?" is a piece of advice
    return between


# Blocks between an item that asks and the next one of its list, where the others do not ask.
_FARTHEST = 12


def _beside(answer: Sequence[Block], place: int) -> list[int]:
    """Return the items of the list that an item stands in, itself among them, if they all ask."""
    block = answer[place]
    if block.kind is not BlockKind.ITEM:
        return []
    beside = [i for i, one in enumerate(answer) if is_beside(block, one)]
    return beside if all(is_whole_question(answer[i].text) for i in beside) else []


_FEWEST_BESIDE = 2


def _lines(answer: Sequence[Block], place: int) -> list[Block]:
    """Return the plain lines right below a line, up to an empty line or another question."""
    return list(takewhile(_goes_on, answer[place + 1 :]))


def _goes_on(block: Block) -> bool:
    plain = block.kind is BlockKind.PROSE and not block.bold and not block.spaced
    return plain and not is_whole_question(_FOLLOWS.sub("", block.text))


def _told(one: Section) -> bool:
    """Return whether what follows a question states something, and asks no further."""
    first = one.answer[0].text
    told = is_task(first) and not _HOW.search(one.question)
    if told or filler(first) or one.answer[0].linked or _NO_ANSWER.match(first):
        return False
    if len(one.answer) == 1 and is_term(first):
        return False  # the next title, or a name that answers without a word
    return 2 * sum(_asks(block.text) for block in one.answer) < len(one.answer)


def _asks(text: str) -> bool:
    first = re.split(r"(?<=[。.?？])\s*(?=\S)", text)[0]
    return first.endswith(("?", "？")) or asks(text, count_han(text) > 0) is Asks.YES


# What to do answers how to do it.
_HOW = re.compile(r"^(?:how|when)\b|如何|怎么|怎样", re.IGNORECASE)
_NO_ANSWER = re.compile(
    r"https?:|//|[（(\"”]|\[(?![A-Z]+\])|参考|参见|见|答案?[:：]?$|ans\b|如题|需要详细|GitHub|具体看|(?:我|balabala|聊了|没用过)|.*(?:面试官|\[\^)"
    r"|discuss\b|you answer\b|or\b|and\b|eg\b",
    re.IGNORECASE,
)
