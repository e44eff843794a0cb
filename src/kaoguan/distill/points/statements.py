"""An answer as statements: each sentence or list item with the subject and the facet it stands under."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kaoguan.distill.points.claims import says_nothing
from kaoguan.distill.points.grid import Grid, without_results
from kaoguan.distill.points.joined import ANNOUNCES, is_label, joined, with_lead
from kaoguan.distill.points.labels import (
    BARE,
    BOLD,
    COLON,
    COMPUTES,
    CONDITION,
    FACET,
    ITEM,
    LONGEST_LABEL,
    LONGEST_LEAD,
    NAMED,
    SAYS_WHAT,
    SENTENCE_ENDS,
    Label,
    asks_on,
    bare_rank,
    follows,
    heads_paragraphs,
    innermost,
    is_thing,
    leaves,
    named,
    names_part,
    names_whole,
    told_again,
    told_of,
    without_aside,
    without_lengths,
)
from kaoguan.distill.points.opened import opened
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.outline import Block, BlockKind, width
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.text.facets import Facet, LabelledText, read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.distill.text.talk import opens_with_talk, sums_up

# 「优点：计算快」: a short label in front of what it labels.
_INLINE = re.compile(r"^(?P<label>[^:：，。；,.;?？]{1,18})\s*[:：]\s*(?P<text>\S.*)$")
_LABEL_ENDS = (":", "：")
_SAY_WHAT = {Facet.DEFINITION, Facet.SUMMARY}  # 「一句话：……」 within an item says what the item names
_LONGEST_BOLD = 72


def statements(answer: Sequence[Block]) -> list[Statement]:
    """Return the statements of an answer in order."""
    return list(_Walk(answer))


class _Walk:
    """One pass over the blocks with the labels that are open."""

    def __init__(self, answer: Sequence[Block]) -> None:
        self._answer = without_results(opened(joined([without_aside(block) for block in without_lengths(answer)])))
        self._labels: list[Label] = []
        self._lists: list[tuple[str, int]] = []
        self._titled: dict[int, bool] = {}
        self._grid: Grid | None = None
        self._told_of = told_of(self._answer)
        self._told_again, self._heads = told_again(self._answer), heads_paragraphs(self._answer)
        self._lead, self._aside = "", False

    def __iter__(self) -> Iterator[Statement]:
        for i, block in enumerate(self._answer):
            after = self._answer[i + 1] if i + 1 < len(self._answer) else None
            self._aside = block.kind is not BlockKind.HEADING and (self._aside or asks_on(block.text))
            if block.kind not in {BlockKind.TABLE, BlockKind.HEADING} and says_nothing(block.text):
                continue
            if block.kind is BlockKind.ITEM:
                self._enter(block)
            elif block.level == 0:
                self._leave_lists(block)
            if block.kind is BlockKind.PROSE and block.spaced:
                self._labels = [label for label in self._labels if not label.tight]
            if block.kind is BlockKind.PROSE and (opens_with_talk(block.text) or sums_up(block.text)):
                self._labels, self._lists = [label for label in self._labels if label.rank < BOLD], []
            rank = self._rank(block, after)
            if rank >= BARE and block.kind is not BlockKind.ITEM and after and after.shown:
                continue  # 「损失函数：」 above a picture or a program is said of it alone
            if rank:
                self._open(rank, block, after)
            elif block.kind is BlockKind.TABLE:
                yield from self._row(block, self._answer[i + 1 :])
            elif block.text.endswith(_LABEL_ENDS) or ANNOUNCES.search(block.text):
                said, self._lead = with_lead(block.text, shown=after is None or after.shown)
                self._labels = [label for label in self._labels if not leaves(block, label)]
                if said:
                    yield self._statement(block._replace(text=said))
            else:
                yield self._statement(block)
                self._open_within(block, after)
                self._lead = self._lead if block.kind is BlockKind.ITEM else ""
            self._grid = self._grid if block.kind is BlockKind.TABLE else None

    def _enter(self, block: Block) -> None:
        mark = (block.style, block.level)
        closed = (label for label, one in enumerate(self._labels) if follows(block, one.item))
        self._labels = self._labels[: next(closed, None)]
        if mark in self._lists:
            del self._lists[self._lists.index(mark) + 1 :]
        else:
            while self._lists and self._lists[-1][1] > block.level:
                self._lists.pop()
            if self._lists and self._lists[-1] == mark:
                return
            self._lists.append(mark)
        self._labels = [label for label in self._labels if label.rank < ITEM + len(self._lists)]

    def _leave_lists(self, block: Block) -> None:
        if self._lists and (block.spaced or not self._titled.get(len(self._lists))):
            self._labels = [label for label in self._labels if label.rank < COLON]
            self._lists = []

    def _rank(self, block: Block, after: Block | None) -> int:
        """Return how much a block closes as a label, or 0 when it is no label."""
        if block.kind is BlockKind.HEADING:
            return block.level
        longest = _LONGEST_BOLD if block.bold else LONGEST_LABEL
        asked = block.bold and block.text.endswith(("?", "？"))  # "Why multiple heads?" ends the part before it
        short = width(block.text) <= longest and (asked or not block.text.endswith(SENTENCE_ENDS))
        if (
            block.kind in {BlockKind.TABLE, BlockKind.REPLY}
            or after is None
            or not short
            or is_formula(block.text)
            or (COMPUTES.match(block.text) and not (block.bold and block.text.endswith(_LABEL_ENDS)))
        ):
            return 0
        # "**2. Beam search:**", or the like without a colon above a list of another form.
        above = after.kind is BlockKind.ITEM and (after.style != block.style or after.number == 1)
        named = block.bold and block.level == 0 and (block.text.endswith(_LABEL_ENDS) or (block.spaced and above))
        # "**Beam search:**" among items of its own list, "**Cost:** …", is the title of those up to the next one.
        flat = named and (after.style, after.level, after.kind) == (block.style, block.level, block.kind)
        flat = flat and not (after.bold and after.text.endswith(_LABEL_ENDS))
        head = block.first in self._heads
        if block.kind is BlockKind.ITEM and not head and not (named and (block.number or flat)):
            return ITEM + len(self._lists) if named or self._is_title(block, after) else 0
        if block.bold or head:
            return BOLD if block.bold else BARE
        if block.text.endswith(_LABEL_ENDS):
            return COLON if is_label(block.text.rstrip(":： ")) else 0
        return bare_rank(block, after)

    def _is_title(self, block: Block, after: Block) -> bool:
        """Return whether an item only names what the blocks after it say; the items of one list are alike in this."""
        depth = len(self._lists)
        if not block.bold and (match := NAMED.match(block.text)) and is_thing(match["name"]):
            return False  # "Beam search: keeps several …" says something itself
        if after.kind is BlockKind.ITEM:
            is_open = (after.style, after.level) in self._lists
            titled = after.level > block.level or (after.style != block.style and not is_open)
            if block.text.endswith(_LABEL_ENDS) and after.number == 1 and after.style != block.style:
                return True  # 「2. 硬注意力：」 above 「1)」 at the same indent
            if block.number and block.style == after.style and (after.number or 0) > block.number:
                return False  # the next of its list, set further in by mistake
        else:
            titled = after.kind is BlockKind.PROSE and (not after.spaced or after.level > block.level)
        if block.bold:
            return titled
        if block.number != 1 and after.level <= block.level:
            titled = titled and self._titled.get(depth, False)
        self._titled[depth] = titled
        return titled

    def _open(self, rank: int, block: Block, after: Block | None) -> None:
        labelled, self._lead = named(block.text, rank), ""
        item = (block.style, block.level, block.number) if block.number else None
        # "Pros:" in bold below "Beam search:" in bold is said of beam search.
        part = names_part(labelled)
        self._labels = [
            label
            for label in self._labels
            if label.rank < rank
            or (part and label.rank == rank == BOLD and names_whole(label.labelled) and block.first in self._told_again)
        ]
        tight = rank in {COLON, FACET} and after is not None and after.kind is BlockKind.PROSE and not after.spaced
        self._labels.append(Label(rank, labelled, item, tight))

    def _open_within(self, block: Block, after: Block | None) -> None:
        """Open the label of an item such as "Beam search: keeps several …" for the items within it."""
        within = after is not None and after.kind is block.kind is BlockKind.ITEM and after.level > block.level
        match = NAMED.match(block.text) if within else None
        if match and is_thing(match["name"]) and read_label(match["name"]).facet is None:
            self._labels.append(Label(ITEM + len(self._lists), LabelledText(None, match["name"].strip())))

    def _statement(self, block: Block) -> Statement:
        text = block.text
        labels = [label for label in self._labels if label.rank < ITEM]
        titles = [label.labelled for label in self._labels if label.rank >= ITEM]
        match = _INLINE.match(text)
        own = read_label(match["label"]) if match else LabelledText(None, "")
        within = False
        if match and own.facet and not own.subject:  # 「移植原因：……」 stays as it is
            if not titles and (name := self._told_of.get(block.first)):
                labels.append(Label(FACET, LabelledText(None, name)))
            text, within = match["text"], bool(titles) and is_thing(titles[-1].subject)
            if within and own.facet not in _SAY_WHAT:
                labels.append(Label(FACET, titles.pop()))  # 「用途：」 within an item is said of what the item names
            labels += [] if within and own.facet in _SAY_WHAT else [Label(FACET, own)]
        elif match and (
            named(match["label"], ITEM) == LabelledText(None, "")  # "Expected answer: …"
            or (SAYS_WHAT.fullmatch(match["label"]) and any(label.labelled.subject for label in labels))
        ):
            text = match["text"]  # "Method: a heuristic search …" below the name of the method
        found = [*(label.labelled for label in labels), *titles]
        subjects = [label.subject for label in found[: len(labels)] if label.subject]
        subjects = [subject for subject in subjects if not is_part(subject)] or subjects
        return Statement(
            text=text,
            first=block.first,
            last=block.last,
            subject=subjects[-1] if subjects else "",
            facet=innermost(found, subjects[-1] if subjects else ""),
            depth=max(0, len(self._lists) - 1),
            listed=block.kind is BlockKind.ITEM,
            number=block.number if block.kind is BlockKind.ITEM else None,
            title=""
            if own.facet and (own.subject or (within and own.facet not in _SAY_WHAT))
            else titles[-1].subject
            if titles
            else self._condition(block),
            lead=self._lead,
            aside=self._aside,
        )

    def _condition(self, block: Block) -> str:
        """Return the lead of a list without which its items say nothing: "Use it when:"."""
        lead = self._lead.rstrip(":： ")
        return lead if block.kind is BlockKind.ITEM and CONDITION.match(lead) and len(lead) <= LONGEST_LEAD else ""

    def _row(self, block: Block, after: Sequence[Block]) -> Iterator[Statement]:
        """Yield one statement for each cell of a table's row; the first row of a table is its head."""
        if self._grid is None:
            self._grid = Grid(block, list(takewhile(lambda one: one.kind is BlockKind.TABLE, after)))
            return
        around = self._statement(block._replace(text="-"))
        for cell in self._grid.row(block):
            if cell.aspect:
                yield around._replace(text=cell.text, subject=cell.thing, facet=None, title="", column=cell.aspect)
            else:
                yield self._statement(block._replace(text=cell.text))
