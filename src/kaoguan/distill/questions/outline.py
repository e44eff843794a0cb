"""The outline of a document: its lines as blocks that know what they are (heading, list item, question mark, prose)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.columns import set_in_columns
from kaoguan.distill.questions.line_ends import LABELLED, begins, mid_sentence
from kaoguan.distill.questions.markers import NUMERALS, counted, marker
from kaoguan.distill.questions.marks import ANSWER_LABEL, ASK, REPLY
from kaoguan.distill.questions.samples import samples
from kaoguan.distill.text.code import code_lines, in_open_fences
from kaoguan.distill.text.markup import is_row, without_marks
from kaoguan.documents import Line
from kaoguan.text.ornaments import without_ornaments
from kaoguan.text.script import HAN, is_chinese


class BlockKind(StrEnum):
    """What a block is by its form alone."""

    HEADING = "heading"
    ITEM = "item"
    ASK = "ask"
    REPLY = "reply"
    PROSE = "prose"
    TABLE = "table"


class Block(NamedTuple):
    """One line, or several that are one wrapped line."""

    kind: BlockKind
    text: str
    first: int
    last: int
    level: int
    """Of a heading, 1-7; of anything else, the columns it is indented by."""
    style: str = ""
    """The family of its list marker: `1`, `(1)`, `一`, `•` …; empty without one."""
    number: int | None = None
    bold: bool = False
    spaced: bool = True
    """Whether an empty line stands before it."""
    linked: bool = False
    """Whether its words are all links to elsewhere."""
    title: int = 0
    """Of a heading its level, a question mark in front of it or not; 0 of any other line."""
    shown: bool = False
    """Whether a picture or lines of a program stand between it and the block before."""


_TITLE_NUMBER = re.compile(
    rf"^(?:\d{{1,3}}|[{NUMERALS}]{{1,3}})\s+(?=\S)(?!(?:ways?|tips?|things?|types?|steps?|reasons?|kinds?|methods?|questions?"
    rf"|[个种大条步类点篇年月天])(?:\b|[{HAN}]))",
    re.IGNORECASE,
)
# "### A1. What is a p-value?" is the first title of part A, and no answer.
_PLACE = re.compile(r"A\d{1,3}[.、]\s*(?=\S)")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
# 「[M] What is …」, "ii. [E] What is …", 「（中等）什么是……」
_LEVEL = re.compile(
    r"^\s*(?:(?:[ivx]{1,5}|\d{1,3})[.)]\s*)?(?:\[[EMH]\]|[\[【(（](?:easy|medium|hard|简单|容易|中等|困难|较难)[\]】)）])\s*(?=\S)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"^(?:\*\*|__)(?P<inner>[^*_]+)(?:\*\*|__)\s*[:：]?$")
# 「【缓存穿透】」 on a line of its own is set off as bold type would.
_SET_OFF = re.compile(r"^【(?P<inner>[^【】]{2,40})】\s*[:：]?$")
# 「- [x] 缓存穿透」
_CHECKED = re.compile(r"^([-*+])\s+\[[ xX]\]\s+")
_RULE = re.compile(r"^(?:[-*_=~]\s*){3,}$|^\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?$")
# A line with one `$$`, or `\\[`, opens a formula that a later line closes.
_OPENS = re.compile(r"^[^$]*\$\$(?:(?!\$\$).)*$|\\\[(?!.*\\\])")
_CLOSES = re.compile(r"\$\$|\\\]")
_LONGEST_FORMULA = 40
_ENDS = tuple("。！？!?；;：:.…”」）)")
# A file whose longest lines are wider than this was not broken at a margin.
_WIDEST_MARGIN = 130
_NEAR_MARGIN = 0.72


def blocks(lines: Iterable[Line]) -> list[Block]:
    """Return the blocks in order: no empty lines, no code, no rules, wrapped lines made whole."""
    return _rejoined(list(_blocks(lines)))


def _blocks(lines: Iterable[Line]) -> Iterator[Block]:
    spaced, shown = True, False
    read = list(_whole_formulas(lines))
    code = code_lines([line.text for line, _ in read]) | in_open_fences([line for line, _ in read])
    rows = set_in_columns([line for line, _ in read])
    code |= samples([line for line, _ in read]) - rows.keys()
    # "### `@Controller`" is a title; "# first …" may be a comment.
    code -= {place for place, (line, _) in enumerate(read) if (line.heading_level or 0) > 1}
    for place, (line, last) in enumerate(read):
        raw = line.text.expandtabs(4)
        bare = rows.get(place) or raw.strip()
        if line.code or place in code or not bare or _RULE.match(bare):
            spaced = True
            shown = shown or line.code or place in code or line.pictured
            continue
        indent = len(raw) - len(raw.lstrip())
        for number, part in enumerate(_inline_items(bare)):
            block = _block(part, line, indent + 2 * (number > 0))
            if block.kind is BlockKind.REPLY or any(character.isalnum() for character in block.text):
                yield block._replace(spaced=spaced, last=last, shown=shown)
                spaced, shown = False, line.pictured


def _inline_items(bare: str) -> list[str]:
    """Return "Use when: - rows are many - labels are few" (an export made it of a list) as lead and items."""
    lead, colon, rest = re.sub(r":\s+>\s+", ": ", bare).partition(": - ")
    if not colon or len(lead) > _LONGEST_LEAD:
        return [bare]
    return [f"{lead}:", *(f"- {item.strip()}" for item in re.split(r"\s+-\s+", rest))]


_LONGEST_LEAD = 80


def _whole_formulas(lines: Iterable[Line]) -> Iterator[tuple[Line, int]]:
    """Yield each line and the number of its last one; a formula set over several lines is one line."""
    open_: list[Line] = []
    for line in lines:
        if open_:
            open_.append(line)
        elif _OPENS.search(line.text) and not line.code:
            open_ = [line]
        else:
            yield line, line.number
            continue
        if len(open_) > 1 and _CLOSES.search(line.text):
            whole = " ".join(part.text.strip() for part in open_)
            yield open_[0].model_copy(update={"text": whole}), line.number
            open_ = []
        elif len(open_) > _LONGEST_FORMULA:
            yield from ((part, part.number) for part in open_)
            open_ = []
    yield from ((part, part.number) for part in open_)


def _block(bare: str, line: Line, indent: int) -> Block:
    bare = _CHECKED.sub(r"\1 ", counted(re.sub(r"^(?:>\s*)+", "", bare)))
    level = line.heading_level or 0
    if match := _HEADING.match(bare):
        level, bare = level or len(match[1]), match[2]
    bare = bare.lstrip("#") if level else bare  # a page's link to its own heading
    bold = line.strong or _BOLD.match(bare) is not None
    shown = re.sub(r"^\*\*(?=[^\s*])", "", without_marks(bare))  # bold that no mark closes
    levelled = _LEVEL.match(shown)
    text = without_ornaments(shown[levelled.end() :] if levelled else shown)
    if is_row(text):
        return Block(BlockKind.TABLE, text, line.number, line.number, indent)
    style, number, text = marker(text)
    if style == "1.1" and line.strong and not level and not text.endswith(_ENDS):
        level = 1 + len(re.findall(r"\.\d", shown[: shown.find(text)]))  # a title, whatever the export made of it
    if match := _BOLD.match(bare) or _BOLD.match(re.sub(r"^\d{1,3}[.、]\s*", "", bare)):
        bold = True
    kind = BlockKind.HEADING if level else BlockKind.ITEM if style else BlockKind.PROSE
    if match := ASK.match(text):
        kind, text = BlockKind.ASK, text[match.end() :]
    elif (match := _PLACE.match(text)) and level and not text.endswith("."):
        text = text[match.end() :]
    elif match := REPLY.match(text):
        kind, text = (BlockKind.REPLY, text[match.end() :] or "…")
    elif bold and not level and ANSWER_LABEL.fullmatch(text.strip(" :：")):
        kind, text = BlockKind.REPLY, "…"
    elif levelled and not level and demands(text, is_chinese(text)):
        kind = BlockKind.ASK  # how hard it is, is said of nothing but a question
    if level and not style:
        # 「## 3 分代技术」: a title's bare number; "## 3 ways to …" counts.
        text = _TITLE_NUMBER.sub("", text)
    if kind is BlockKind.PROSE and (match := _SET_OFF.match(text)):
        bold, text = True, match["inner"]
    if kind is not BlockKind.REPLY:
        # 「- 1.2 什么是……」, "### Q3. 2) What is …": a marker behind a marker is no part of what is asked.
        text = marker(text)[2] if kind is BlockKind.ASK or style == "•" or level else text
    text = without_ornaments(text)
    return Block(
        kind, text, line.number, line.number, level or indent, style, number, bold, linked=line.linked, title=level
    )


def asks_for_answer(block: Block) -> bool:
    """Return whether a block demands an answer, in the language it is written in."""
    return demands(block.text, is_chinese(block.text))


def width(text: str) -> int:
    """Return the columns a text takes on a terminal or a page."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _rejoined(found: Sequence[Block]) -> list[Block]:
    """Return the blocks with lines that were broken at a page margin made whole again."""
    widths = sorted(width(block.text) + block.level for block in found if block.kind is not BlockKind.HEADING)
    margin = widths[int(len(widths) * 0.9)] if widths else 0
    # A margin shows itself: many lines come close to it.
    near = sum(_NEAR_MARGIN * margin <= size <= margin * 1.1 for size in widths)
    broken = 30 <= margin <= _WIDEST_MARGIN and near >= 0.35 * len(widths)
    margin = margin if broken else _WIDEST_MARGIN
    joined: list[Block] = []
    full = False
    for block in found:
        fills = full and (broken or not begins(joined[-1].text, block.text))
        if joined and (fills or mid_sentence(joined[-1].text, block.text)) and _continues(joined[-1], block):
            glue = " " if joined[-1].text[-1] < "\u2e80" and block.text[0] < "\u2e80" else ""
            whole = joined[-1].text.removesuffix("-") + glue + block.text
            joined[-1] = joined[-1]._replace(text=whole, last=block.last)
        else:
            joined.append(block)
        full = width(block.text) >= _NEAR_MARGIN * margin
    return joined


def _continues(before: Block, block: Block) -> bool:
    return (
        block.kind is BlockKind.PROSE
        and not block.spaced
        and not block.bold
        and before.kind in {BlockKind.PROSE, BlockKind.ITEM, BlockKind.ASK, BlockKind.REPLY}
        and not before.text.endswith(_ENDS)
        and not LABELLED.match(block.text)
    )
