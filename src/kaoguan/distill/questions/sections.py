"""A document cut into questions and the blocks that answer them."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from kaoguan.distill.questions.announced import without_announced
from kaoguan.distill.questions.answer_keys import with_answers
from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, asks, demands
from kaoguan.distill.questions.at_once import answered_at_once, split
from kaoguan.distill.questions.choices import chosen_option, is_key, options_before
from kaoguan.distill.questions.index import is_index
from kaoguan.distill.questions.interviews import without_asked_back
from kaoguan.distill.questions.lists import without_open_questions
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.parted import parted
from kaoguan.distill.questions.parts import is_chapter_end, is_part, without_summary
from kaoguan.distill.questions.plainly import plainly
from kaoguan.distill.questions.questions import questions
from kaoguan.distill.questions.records import with_told_questions
from kaoguan.distill.questions.sources import without_sources
from kaoguan.distill.questions.titled import with_titled_questions, without_hints
from kaoguan.distill.questions.titles import opens_chapter
from kaoguan.distill.questions.topics import Topic
from kaoguan.text.filler import is_small_talk
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_LONGEST_QUESTION = 240


class Section(NamedTuple):
    """A question as the document words it, its block, and what answers it."""

    question: str
    block: Block
    answer: tuple[Block, ...]
    under: str = ""
    """The title that a heading stands under."""
    again: bool = False
    """Whether other titles of the document have the same words, each of something else."""
    topic: Topic = Topic()
    """What the chapter, or the document, is about that it stands in."""


def sections(blocks: Sequence[Block], chinese: bool) -> list[Section]:
    """Return the questions of a document in order; the answer is empty where it gives none.

    What an interviewer asks about the candidate (salary, plans) ends the answer before it and is no question here.
    """
    titled = without_hints(with_titled_questions(with_answers(blocks)))
    told = with_told_questions([*without_asked_back([*without_sources(titled)])], chinese)
    lines = parted(told)  # read later, with what stands around them
    blocks = [
        part
        for i, (block, after) in enumerate(zip_longest(told, told[1:]))
        for part in ([block] if i in lines else split(block, after))
    ]
    starts = without_announced(blocks, questions(blocks, chinese))
    found = []
    for start, end in pairwise([*starts, len(blocks)]):
        if not is_small_talk(blocks[start].text):
            section = answered(blocks, start, _answer(blocks, start, end))
            if not is_chapter_end(section.question) or is_term(without_summary(section.under)):
                found.append(section)
    return _with_repeated(found)


def answered(blocks: Sequence[Block], start: int, answer: Sequence[Block]) -> Section:
    """Return the section that a block opens, given the blocks below it that are still about it."""
    section = _section(blocks[start], without_open_questions(answer))
    return section._replace(under=_title_above(blocks, start))


def _with_repeated(found: Sequence[Section]) -> list[Section]:
    """Return the sections with those titles marked that several things have: 「类图」 of each of ten patterns."""
    above: dict[str, set[str]] = {}
    for one in found:
        above.setdefault(one.question.casefold(), set()).add(one.under)
    return [
        one._replace(again=True)
        if len(above[one.question.casefold()]) >= _SEVERAL
        and not demands(one.question, is_chinese(one.question))
        and not _ABBREVIATION.fullmatch(one.question)
        else one
        for one in found
    ]


# A thing may well be told of in two chapters, and one with a name of its own in many.
_SEVERAL = 3
_ABBREVIATION = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")


def unused(blocks: Sequence[Block], found: Sequence[Section]) -> list[Block]:
    """Return the blocks that are neither a question nor part of an answer."""
    used: set[int] = set()
    for section in found:
        for part in (section.block, *section.answer):
            used.update(range(part.first, part.last + 1))
    return [block for block in blocks if block.first not in used]


def _answer(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """Return the blocks up to the next question that are still about this one."""
    opener = blocks[start]
    floor = opener.title or _level_above(blocks, start)
    found: list[Block] = []
    for place, block in enumerate(blocks[start + 1 : end], start + 1):
        closes = block.kind is BlockKind.HEADING and (
            block.level <= floor or (opener.title == 1 and opens_chapter(blocks, place))
        )
        # Beside a bulleted question, or 「一、……」, the next one of its own list or an outer one is not its answer.
        listed = opener.style == block.style and block.style in {"•", "一", "章"}
        beside = listed and block.kind is BlockKind.ITEM and block.level <= opener.level
        if (
            closes
            or beside
            or (block.kind is BlockKind.ASK and is_key(block.text))
            or (is_aside(block.text) and (block.kind is BlockKind.HEADING or block.bold or block.spaced))
        ):
            break
        found.append(block)
    while found and (end < len(blocks) or len(found) > 1) and _is_chapter(found[-1]):
        found.pop()
    # "Coding challenges", on a line of its own between an answer and the next question.
    told = opener.kind is BlockKind.ASK and end < len(blocks)
    while told and len(found) > 1 and found[-2].text.endswith((".", "。")) and _is_bare_title(found[-1]):
        found.pop()
    return found


def _level_above(blocks: Sequence[Block], start: int) -> int:
    """Return the level of the heading that a question without one stands under: a sibling of it ends the answer."""
    above = (block.title for block in reversed(blocks[:start]) if block.title)
    return next(above, 6)


def _title_above(blocks: Sequence[Block], start: int) -> str:
    """Return the title of the section that a heading is a part of, or nothing."""
    opener = blocks[start]
    level = opener.title or _level_above(blocks, start) + 1
    for block in (one for one in reversed(blocks[:start]) if one.title):
        if is_aside(block.text) or (is_part(block.text) and block.title > 1):
            level = min(level, max(block.title, 2))
            continue
        if block.title < level:
            return block.text
    return ""


def _is_chapter(block: Block) -> bool:
    """Return whether a block that nothing follows is the title of what comes next."""
    if block.text.endswith(("。", ".", "；", ";", "！", "!")) or len(block.text) > 30:
        return False
    return block.kind is BlockKind.HEADING or block.bold or block.style in {"一", "章"}


def _is_bare_title(block: Block) -> bool:
    title = block.kind is BlockKind.PROSE and block.spaced and not block.text.endswith((":", "："))
    return title and asks(block.text, is_chinese(block.text)) is Asks.TITLE


def _section(block: Block, answer: list[Block]) -> Section:
    reply = next((i for i, part in enumerate(answer) if part.kind is BlockKind.REPLY), 0)
    question = block.text
    if not answer and (both := answered_at_once(question)):
        question = both["ask"]
        answer = [Block(BlockKind.PROSE, both["reply"], block.first, block.last, block.level)]
    if reply:
        options = options_before(answer[reply], answer[:reply])
        before = [part for part in answer[:reply] if part not in options]
        said, asked = _said_before(question, before)
        more = " ".join(part.text for part in asked if part.kind is not BlockKind.TABLE)
        if asked and len(question) + len(more) <= _LONGEST_QUESTION:
            question = f"{question} {more}"
        answer = [*options, *said, *answer[reply:]]
    if is_index(question, answer):
        answer = []
    answer = [part for part in answer if part.text != "…" and not part.linked]
    chosen = chosen_option(question, answer)
    return Section(plainly(chosen.question), block, tuple(chosen.answer))


def _said_before(question: str, before: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return which lines between a question and its A mark answer already, and which belong to the question.

    Where the question is whole, what does not ask is a short answer, unless it is names to choose from.
    """
    if not demands(question, is_chinese(question)):
        return [], before
    asked = [part for part in before if part.text.endswith(("?", "？"))]
    said = [part for part in before if part not in asked]
    named = len(said) > _SHORT_ANSWER and all(len(part.text) <= _NAME for part in said)
    return [] if named else said, asked


# Lines of a short answer; characters of an option.
_SHORT_ANSWER, _NAME = 2, 40
