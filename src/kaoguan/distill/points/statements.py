"""An answer as statements: each sentence or list item with the subject and the facet it stands under."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.distill.points.claims import says_nothing
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.joined import ANNOUNCES, is_label, joined
from kaoguan.distill.points.rows import ASPECT, SAID, SENTENCE, enumerated, in_sentence, is_aspect, is_baseline, listed
from kaoguan.distill.questions.outline import Block, BlockKind, width
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.text.facets import Facet, LabelledText, read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.distill.text.talk import opens_with_talk
from kaoguan.text.filler import filler
from kaoguan.text.script import HAN, is_chinese
from kaoguan.text.terms import is_term

# 「优点：计算快」: a short label in front of what it labels.
_INLINE = re.compile(r"^(?P<label>[^:：，。；,.;?？]{1,18})\s*[:：]\s*(?P<text>\S.*)$")
_LABEL_ENDS = (":", "：")
_SENTENCE_ENDS = ("。", "；", ";", "！", "!", "，", ",", ".", "?", "？")
_LONGEST_LABEL = 48
_LONGEST_BOLD = 72
# What a label of each form closes: a bare label ends the one before, a heading ends all of them.
_BOLD, _BARE, _FACET, _COLON, _ITEM = 8, 9, 10, 11, 12


class Statement(NamedTuple):
    """Words of the answer, the lines they stand on, and what they stand under."""

    text: str
    first: int
    last: int
    subject: str
    facet: Facet | None
    depth: int
    """0 in a paragraph or a list of the top level, more in lists within lists."""
    listed: bool
    title: str
    """The label of the list item around it, such as 「数据层面」."""
    lead: str = ""
    """The words that led into its list: 「常见的原因有：」."""
    column: str = ""
    """Of a table's cell: what it says of its `subject`; such a statement is one claim as it stands."""


class _Label(NamedTuple):
    rank: int
    labelled: LabelledText


def statements(answer: Sequence[Block]) -> list[Statement]:
    """Return the statements of an answer in order."""
    return list(_Walk(answer))


class _Walk:
    """One pass over the blocks with the labels that are open."""

    def __init__(self, answer: Sequence[Block]) -> None:
        self._answer = joined(answer)
        self._labels: list[_Label] = []
        self._lists: list[tuple[str, int]] = []
        self._titled: dict[int, bool] = {}
        self._columns: list[str] = []
        self._of_rows = True
        self._corner = ""
        self._lead = ""

    def __iter__(self) -> Iterator[Statement]:
        for i, block in enumerate(self._answer):
            after = self._answer[i + 1] if i + 1 < len(self._answer) else None
            if block.kind not in {BlockKind.TABLE, BlockKind.HEADING} and says_nothing(block.text):
                continue
            if block.kind is BlockKind.ITEM:
                self._enter(block)
            elif block.level == 0:
                self._leave_lists(block)
            if block.kind is BlockKind.PROSE and opens_with_talk(block.text):
                self._labels, self._lists = [label for label in self._labels if label.rank < _BOLD], []
            rank = self._rank(block, after)
            if rank:
                self._open(rank, LabelledText(None, "") if block.text.endswith(("?", "？")) else read_label(block.text))
            elif block.kind is BlockKind.TABLE:
                yield from self._row(block)
            elif block.text.endswith(_LABEL_ENDS) or ANNOUNCES.search(block.text):
                said, self._lead = _with_lead(block.text)
                if said:
                    yield self._statement(block._replace(text=said))
            else:
                yield self._statement(block)
                self._lead = self._lead if block.kind is BlockKind.ITEM else ""
            self._columns = self._columns if block.kind is BlockKind.TABLE else []

    def _enter(self, block: Block) -> None:
        mark = (block.style, block.level)
        if mark in self._lists:
            del self._lists[self._lists.index(mark) + 1 :]
        else:
            while self._lists and self._lists[-1][1] > block.level:
                self._lists.pop()
            if self._lists and self._lists[-1] == mark:
                return
            self._lists.append(mark)
        self._labels = [label for label in self._labels if label.rank < _ITEM + len(self._lists)]

    def _leave_lists(self, block: Block) -> None:
        if self._lists and (block.spaced or not self._titled.get(len(self._lists))):
            self._labels = [label for label in self._labels if label.rank < _COLON]
            self._lists = []

    def _rank(self, block: Block, after: Block | None) -> int:
        """Return how much a block closes as a label, or 0 when it is no label."""
        if block.kind is BlockKind.HEADING:
            return block.level
        longest = _LONGEST_BOLD if block.bold else _LONGEST_LABEL
        asked = block.bold and block.text.endswith(("?", "？"))  # "Why multiple heads?" ends the part before it
        short = width(block.text) <= longest and (asked or not block.text.endswith(_SENTENCE_ENDS))
        if (
            block.kind in {BlockKind.TABLE, BlockKind.REPLY}
            or after is None
            or not short
            or is_formula(block.text)
            or _COMPUTES.match(block.text)
        ):
            return 0
        named = block.bold and block.level == 0 and block.text.endswith(_LABEL_ENDS)  # "**2. Beam search:**"
        if block.kind is BlockKind.ITEM and not (named and block.number):
            return _ITEM + len(self._lists) if named or self._is_title(block, after) else 0
        if block.bold:
            return _BOLD
        if block.text.endswith(_LABEL_ENDS):
            return _COLON if is_label(block.text.rstrip(":： ")) else 0
        return _bare_rank(block, after)

    def _is_title(self, block: Block, after: Block) -> bool:
        """Return whether an item only names what the blocks after it say; the items of one list are alike in this."""
        depth = len(self._lists)
        if after.kind is BlockKind.ITEM:
            is_open = (after.style, after.level) in self._lists
            titled = after.level > block.level or (after.style != block.style and not is_open)
        else:
            titled = after.kind is BlockKind.PROSE and (not after.spaced or after.level > block.level)
        if block.bold:
            return titled
        if block.number != 1 and after.level <= block.level:
            titled = titled and self._titled.get(depth, False)
        self._titled[depth] = titled
        return titled

    def _open(self, rank: int, labelled: LabelledText) -> None:
        # "Pros:" in bold below "Beam search:" in bold is said of beam search.
        part = _names_part(labelled)
        self._labels = [
            label
            for label in self._labels
            if label.rank < rank or (part and label.rank == rank == _BOLD and not _names_part(label.labelled))
        ]
        self._labels.append(_Label(rank, labelled))

    def _statement(self, block: Block) -> Statement:
        text = block.text
        labels = [label for label in self._labels if label.rank < _ITEM]
        titles = [label.labelled for label in self._labels if label.rank >= _ITEM]
        match = _INLINE.match(text)
        own = read_label(match["label"]) if match else LabelledText(None, "")
        if match and own.facet and len(own.subject) <= 12:
            text, labels = match["text"], [*labels, _Label(_FACET, own)]
        elif match and is_part(match["label"]) and any(label.labelled.subject for label in labels):
            text = match["text"]  # "Method: a heuristic search …" below the name of the method
        found = [*(label.labelled for label in labels), *titles]
        facets = [label.facet for label in found if label.facet]
        subjects = [label.subject for label in found[: len(labels)] if label.subject]
        subjects = [subject for subject in subjects if not is_part(subject)] or subjects
        return Statement(
            text=text,
            first=block.first,
            last=block.last,
            subject=subjects[-1] if subjects else "",
            facet=facets[-1] if facets else None,
            depth=max(0, len(self._lists) - 1),
            listed=block.kind is BlockKind.ITEM,
            title=titles[-1].subject if titles else self._condition(block),
            lead=self._lead,
        )

    def _condition(self, block: Block) -> str:
        """Return the lead of a list without which its items say nothing: "Use it when:"."""
        lead = self._lead.rstrip(":： ")
        return lead if block.kind is BlockKind.ITEM and _CONDITION.match(lead) and len(lead) <= _LONGEST_LEAD else ""

    def _row(self, block: Block) -> Iterator[Statement]:
        """Yield one statement for each cell of a table's row, named by its row and column; the first row is a head."""
        head, *cells = [listed(cell.strip(" 。")) for cell in block.text.strip("|").split("|")]
        if not self._columns:
            self._columns, self._corner = cells or [head], head
            # 「| 对比 | L1 | L2 |」: the columns are the things, the rows what is said of them.
            self._of_rows = ASPECT.fullmatch(head) is None or any(SAID.fullmatch(column) for column in cells)
            return
        if cells and not is_term(head) and re.search("[，。；,;.]", head) and is_term(self._corner):
            yield from self._side_by_side(block, [head, *cells])
            return
        for column, cell in zip(self._columns, cells, strict=False):
            if not any(character.isalnum() for character in cell) or not head or filler(cell) or is_baseline(cell):
                continue
            thing, aspect = (head, column) if self._of_rows else (column, head)
            if len(self._columns) == 1 and len(cell) > _LONGEST_CELL and len(enumerated(cell)) == 1:
                yield self._statement(block._replace(text=f"{head}{'：' if is_chinese(cell) else ': '}{cell}"))
                continue
            named = (
                f"{thing}{'的' if is_aspect(aspect) else '，'}{aspect}："
                if is_chinese(thing + aspect + cell)
                else f"{thing}, {in_sentence(aspect)}: "
            )
            if self._of_rows and SENTENCE.fullmatch(column):
                named = f"{head}{'：' if is_chinese(head + cell) else ': '}"
            if len(self._columns) == 1 and (not self._of_rows or SAID.fullmatch(column)):
                named = f"{head}{'：' if is_chinese(head + cell) else ': '}"
            statement = self._statement(block._replace(text="-"))
            for part in enumerated(cell):
                yield statement._replace(text=named + part, subject=thing, facet=None, title="", column=aspect)

    def _side_by_side(self, block: Block, cells: Sequence[str]) -> Iterator[Statement]:
        """Yield the cells of a row that compares whole sentences: each is about the thing at the head of its column."""
        statement = self._statement(block._replace(text="-"))
        for thing, cell in zip([self._corner, *self._columns], cells, strict=False):
            for part in enumerated(cell) if cell and not filler(cell) else ():
                named = "" if thing in part else thing + ("：" if is_chinese(thing + part) else ": ")
                yield statement._replace(text=named + part, subject=thing, facet=None, title="", column=thing)


def _with_lead(text: str) -> tuple[str, str]:
    """Return a paragraph that leads into a list without its last sentence, and that sentence."""
    told = sentences(text, is_chinese(text))
    return text[: text.rindex(told[-1])].strip() if len(told) > 1 else "", told[-1] if told else text


_LONGEST_CELL = 24
# "L_z = 1/T …": a formula with long names is no label.
_COMPUTES = re.compile(rf"[^{HAN}:：]{{1,24}} = ")
_CONDITION = re.compile(
    r"(?:(?:best |when to |do not |don't )?(?:use|avoid|choose|prefer|works?|suitable|not suitable|good|bad)\b"
    r"|when\b|if\b"
    r"|不?适[用合]|何时|什么时候|不要|避免|慎用)",
    re.IGNORECASE,
)
_LONGEST_LEAD = 40


def _names_part(label: LabelledText) -> bool:
    """Return whether a label names a part of an answer, 「定义」, 「公式」, and not what it is a part of."""
    return (label.facet is not None and not label.subject) or is_part(label.subject)


def _facet_alone(block: Block) -> bool:
    """Return whether a block is a label such as 「定义」, 「原因：」."""
    facet, subject = read_label(block.text)
    return facet is not None and not subject


def _bare_rank(block: Block, after: Block) -> int:
    """Return how much a short line without any mark closes as a label, or 0 when it is a sentence."""
    labelled = read_label(block.text)
    if labelled.facet and len(labelled.subject) <= 16 and (block.spaced or after.kind is BlockKind.ITEM):
        return _FACET
    # A line without a full stop among such lines is a statement of its own; a label names a thing and sentences follow.
    sentences_follow = after.text.endswith(_SENTENCE_ENDS) and 2 * width(block.text) <= width(after.text)
    names = is_term(block.text) and (sentences_follow or _facet_alone(after) or after.kind is BlockKind.ITEM)
    return _BARE if block.spaced and after.spaced and names else 0
