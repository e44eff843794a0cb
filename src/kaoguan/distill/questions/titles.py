"""Titles and bold lines that do not ask, and what makes one of them a question nevertheless."""

from collections.abc import Sequence

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.facets import read_label
from kaoguan.text.overlap import containment

_COLONS = (":", "：")
_FEWEST = 3


class Titles:
    """The titles of one document."""

    def __init__(self, blocks: Sequence[Block], strength: Sequence[Asks]) -> None:
        self._blocks = blocks
        self._strength = strength
        headings = (i for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING)
        self._first_heading = next(headings, -1)

    def bare_titles(self, chosen: set[int]) -> set[int]:
        """Return the noun phrases that stand alone after a finished answer and turn to something else."""
        found: set[int] = set()
        last = -1
        # Where questions end in a colon, titles may do so, too.
        colons = sum(self._blocks[i].text.endswith(_COLONS) for i in chosen) >= _FEWEST
        for i, block in enumerate(self._blocks):
            if i in chosen:
                last = i
                continue
            if block.kind is not BlockKind.PROSE or self._strength[i] is not Asks.TITLE or not block.spaced:
                continue
            if (block.text.endswith(_COLONS) and not colons) or not self._followed(i) or i - last <= 1 or last < 0:
                continue
            subject = read_label(block.text).subject
            if len(subject) >= 2 and containment(self._blocks[last].text, subject) < 0.5:
                found.add(i)
                last = i
        return found

    def titled_like(self, chosen: set[int]) -> set[int]:
        """Return the headings that do not ask but stand among headings that do."""
        found: set[int] = set()
        for level in {self._blocks[i].level for i in chosen if self._blocks[i].kind is BlockKind.HEADING}:
            peers = [i for i, b in enumerate(self._blocks) if b.kind is BlockKind.HEADING and b.level == level]
            strong = [i for i in peers if i in chosen]
            if strong:
                titled = [i for i in peers if self._is_title_of_text(i)]
                found |= {i for i in titled if not self.inside(i, chosen) or self._after_a_question(i, chosen)}
        return found

    def _after_a_question(self, i: int, chosen: set[int]) -> bool:
        """Return whether a heading follows one that asks in the same section, and so belongs to no answer before it."""
        level = self._blocks[i].level
        for j in range(i - 1, -1, -1):
            if self._blocks[j].title and self._blocks[j].title <= level:
                if self._blocks[j].title < level:
                    return False
                if j in chosen:
                    return True
        return False

    def title_headings(self) -> set[int]:
        """Return the headings of the innermost sections that are no mere part (definition, causes …) of another."""
        return {
            i
            for i, block in enumerate(self._blocks)
            if block.kind is BlockKind.HEADING and self._is_title_of_text(i) and len(block.text) <= 80
        }

    def with_text(self, asking: set[int]) -> set[int]:
        """Return the titles of sections that begin with text, and not with what asks in another form."""
        return {i for i in self.title_headings() if self._followed(i) and i + 1 not in asking}

    def bold_titles(self) -> set[int]:
        """Return the bold lines with text below them."""
        return {i for i, b in enumerate(self._blocks) if b.bold and self._followed(i) and not is_facet(b.text)}

    def _is_title_of_text(self, i: int) -> bool:
        if is_facet(self._blocks[i].text) or is_aside(self._blocks[i].text) or i + 1 == len(self._blocks):
            return False
        after = self._blocks[i + 1]
        if after.kind is BlockKind.HEADING:
            return after.level > self._blocks[i].level and is_facet(after.text)
        below = [b for b in self._below(i) if b.kind is BlockKind.HEADING]
        return not (i == self._first_heading and any(not is_facet(b.text) for b in below))

    def _below(self, i: int) -> list[Block]:
        found = []
        for block in self._blocks[i + 1 :]:
            if block.title and block.title <= self._blocks[i].level:
                break
            found.append(block)
        return found

    def inside(self, i: int, chosen: set[int]) -> bool:
        """Return whether a heading stands within the section of a chosen one."""
        level = self._blocks[i].level
        for j in range(i - 1, -1, -1):
            block = self._blocks[j]
            if block.title and block.title < level:
                if j in chosen:
                    return True
                level = block.title
        return False

    def _followed(self, i: int) -> bool:
        return i + 1 < len(self._blocks) and self._blocks[i + 1].kind is not BlockKind.HEADING


def is_facet(text: str) -> bool:
    """Return whether a title only says which part of an answer follows: 「优点」."""
    return not read_label(text).subject
