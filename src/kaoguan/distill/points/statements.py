"""An answer as statements: each sentence or list item with the subject and the facet it stands under."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import Facet, LabelledText, read_label
from kaoguan.text.script import is_chinese

# 「优点：计算快」: a short label in front of what it labels.
_INLINE = re.compile(r"^(?P<label>[^:：，。；,.;?？]{1,18})\s*[:：]\s*(?P<text>\S.*)$")
_LABEL_ENDS = (":", "：")
_SENTENCE_ENDS = ("。", "；", ";", "！", "!", "，", ",", ".", "?", "？")
_LONGEST_LABEL = 24
# 「主要有以下几点：」, "There are three reasons:" announce and say nothing.
_ANNOUNCES = re.compile(
    r"(?:如下|以下|下面|几[点个种类]|[一二两三四五六七八九十\d]\s*[点个种类条大]|包括|原因|方法|方面|步骤"
    r"|the following|as follows|several|(?:two|three|four|five|\d) \w+)[^:：]{0,12}[:：]$",
    re.IGNORECASE,
)
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


class _Label(NamedTuple):
    rank: int
    labelled: LabelledText


def statements(answer: Sequence[Block]) -> list[Statement]:
    """Return the statements of an answer in order."""
    return list(_Walk(answer))


class _Walk:
    """One pass over the blocks with the labels that are open."""

    def __init__(self, answer: Sequence[Block]) -> None:
        self._answer = answer
        self._labels: list[_Label] = []
        self._lists: list[tuple[str, int]] = []
        self._titled: dict[int, bool] = {}
        self._columns: list[str] = []

    def __iter__(self) -> Iterator[Statement]:
        for i, block in enumerate(self._answer):
            after = self._answer[i + 1] if i + 1 < len(self._answer) else None
            if block.kind is BlockKind.ITEM:
                self._enter(block)
            elif block.level == 0:
                self._leave_lists(block)
            rank = self._rank(block, after)
            if rank:
                self._open(rank, read_label(block.text))
            elif block.kind is BlockKind.TABLE:
                yield from self._row(block)
            elif not _ANNOUNCES.search(block.text):
                yield self._statement(block)
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
        short = len(block.text) <= _LONGEST_LABEL and not block.text.endswith(_SENTENCE_ENDS)
        if block.kind in {BlockKind.TABLE, BlockKind.REPLY} or after is None or not short:
            return 0
        if block.kind is BlockKind.ITEM:
            return _ITEM + len(self._lists) if self._is_title(block, after) else 0
        if block.bold:
            return _BOLD
        return _COLON if block.text.endswith(_LABEL_ENDS) else _bare_rank(block, after)

    def _is_title(self, block: Block, after: Block) -> bool:
        """Return whether an item only names what the blocks after it say; the items of one list are alike in this."""
        depth = len(self._lists)
        if after.kind is BlockKind.ITEM:
            is_open = (after.style, after.level) in self._lists
            titled = after.level > block.level or (after.style != block.style and not is_open)
        else:
            titled = after.kind is BlockKind.PROSE and (not after.spaced or after.level > block.level)
        if block.number != 1 and after.level <= block.level:
            titled = titled and self._titled.get(depth, False)
        self._titled[depth] = titled
        return titled

    def _open(self, rank: int, labelled: LabelledText) -> None:
        self._labels = [label for label in self._labels if label.rank < rank]
        self._labels.append(_Label(rank, labelled))

    def _statement(self, block: Block) -> Statement:
        text = block.text
        labels = [label for label in self._labels if label.rank < _ITEM]
        titles = [label.labelled for label in self._labels if label.rank >= _ITEM]
        match = _INLINE.match(text)
        own = read_label(match["label"]) if match else LabelledText(None, "")
        if match and own.facet and len(own.subject) <= 12:
            text, labels = match["text"], [*labels, _Label(_FACET, own)]
        found = [*(label.labelled for label in labels), *titles]
        facets = [label.facet for label in found if label.facet]
        subjects = [label.subject for label in found[: len(labels)] if label.subject]
        return Statement(
            text=text,
            first=block.first,
            last=block.last,
            subject=subjects[-1] if subjects else "",
            facet=facets[-1] if facets else None,
            depth=max(0, len(self._lists) - 1),
            listed=block.kind is BlockKind.ITEM,
            title=titles[-1].subject if titles else "",
        )

    def _row(self, block: Block) -> Iterator[Statement]:
        """Yield one statement for each cell of a table's row, named by its column; the first row names the columns."""
        head, *cells = [cell.strip() for cell in block.text.strip("|").split("|")]
        if not self._columns:
            self._columns = cells or [head]
            return
        for column, cell in zip(self._columns, cells, strict=False):
            if cell and len(self._columns) == 1:
                yield self._statement(block._replace(text=f"{head}{'：' if is_chinese(cell) else ': '}{cell}"))
            elif cell and is_chinese(head + column):
                yield self._statement(block._replace(text=f"{column}的{head}：{cell}"))
            elif cell:
                yield self._statement(block._replace(text=f"{head} of {column}: {cell}"))


def _bare_rank(block: Block, after: Block) -> int:
    """Return how much a short line without any mark closes as a label, or 0 when it is a sentence."""
    labelled = read_label(block.text)
    if labelled.facet and len(labelled.subject) <= 16 and (block.spaced or after.kind is BlockKind.ITEM):
        return _FACET
    return _BARE if block.spaced and after.spaced and "，" not in block.text else 0
