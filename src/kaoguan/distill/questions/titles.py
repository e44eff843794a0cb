"""Titles and bold lines that do not ask, and what makes one of them a question nevertheless."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, carries_on, demands
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.text.facets import read_label
from kaoguan.text.overlap import containment
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_COLONS = (":", "：")
_FEWEST = 3
_LONGEST = 80
_SPOKEN_OF = 0.5
# "Why does it work?" under a question speaks of that.
_WHAT = re.compile("what (?:is|are) |explain |difference", re.IGNORECASE)
# 「1.2 …」, 「二、……」, 「第三章」
_SECTION, _NUMERALS = "1.1", {"一", "章"}
_CHAPTERS = {_SECTION, *_NUMERALS}
# One line below a title leads in the questions that follow.
_LED_IN = 2
# Characters in which a paragraph names what it defines.
_BEGINS = 60
_BEGINS_WITH = r"(?:(?:an?|the) )?"
# Characters of a title in a plain line; of all such lines so many are titles; characters of what is told below one.
_SHORT, _MOST, _TOLD = 30, 0.75, 12


class Titles:
    """The titles of one document."""

    def __init__(self, blocks: Sequence[Block], strength: Sequence[Asks]) -> None:
        self._blocks = blocks
        self._strength = strength
        headings = [i for i, block in enumerate(blocks) if block.title]
        # The title of the document, where no other heading is as high.
        first = headings[0] if headings else -1
        self._title = -1 if any(blocks[i].title <= blocks[first].title for i in headings[1:]) else first

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

    def sections(self, chosen: set[int]) -> set[int]:
        """Return the titles of text that are sections of their own in a document where something asks."""
        found: set[int] = set()
        levels = {self._blocks[i].title for i in chosen}
        for i, block in enumerate(self._blocks):
            if i in chosen or block.kind is not BlockKind.HEADING or not self._is_title_of_text(i):
                continue
            # Among headings that ask stand others, in words unknown to us.
            alike = block.title in levels or (len(block.text) <= _LONGEST and not self._opens_questions(i, chosen))
            held = self._holder(i, chosen | found) is not None and not self._after_a_question(i, chosen)
            if alike and not held:
                found.add(i)
        return found

    def _opens_questions(self, i: int, chosen: set[int]) -> bool:
        """Return whether what stands below a title, up to the next one, asks: the title only says whose questions.

        Below text of its own a question belongs to that text.
        """
        rest = takewhile(lambda j: not self._blocks[j].title or j in chosen, range(i + 1, len(self._blocks)))
        asked = next((j for j in rest if j in chosen and self._blocks[j].kind is not BlockKind.HEADING), None)
        return asked is not None and asked - i <= _LED_IN

    def _holder(self, i: int, chosen: set[int]) -> int | None:
        """Return the chosen heading of whose answer a heading is a part; none below a title that does not ask."""
        styles = {self._blocks[i].style}
        apart = opens_chapter(self._blocks, i)
        for above in self._above(i):
            block = self._blocks[above]
            if above == self._title and self._heads_things():
                return None
            if above in chosen:
                if apart and block.title == 1:
                    return None  # the chapter has ended the answer
                # Numbered chapters do not answer what stands above them, mark or no mark.
                held = self._asking(above) or (block.kind is BlockKind.ASK and not styles & _CHAPTERS)
                return above if held and _SECTION not in styles else None
            styles.add(block.style)
            apart = apart or opens_chapter(self._blocks, above)
        return None

    def _heads_things(self) -> bool:
        """Return whether the sections below the title of the document are things of their own: most say what they are.

        "# Explain the pattern" above "## Saga", "The saga pattern …".
        """
        level = min((b.title for b in self._below(self._title) if b.title), default=0)
        pairs = [(b, after) for b, after in pairwise(self._blocks) if b.title == level]
        defined = sum(re.match(_BEGINS_WITH + re.escape(b.text), a.text, re.IGNORECASE) is not None for b, a in pairs)
        return len(pairs) >= _FEWEST and 2 * defined > len(pairs)

    def _asking(self, i: int) -> bool:
        return demands(self._blocks[i].text, is_chinese(self._blocks[i].text))

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
            if block.kind is BlockKind.HEADING and self._is_title_of_text(i) and len(block.text) <= _LONGEST
        }

    def with_text(self, asking: set[int]) -> set[int]:
        """Return the titles of sections that begin with text, and not with what asks in another form."""
        return {i for i in self.title_headings() if self._followed(i) and i + 1 not in asking}

    def bold_titles(self) -> set[int]:
        """Return the bold lines with text below them."""
        return {i for i, b in enumerate(self._blocks) if b.bold and self._followed(i) and not is_facet(b.text)}

    def plain_titles(self) -> set[int]:
        """Return the plain lines that name something above text, in a document that sets off no title."""
        names = [i for i, block in enumerate(self._blocks) if self._is_plain_title(i)]
        found = {i for i in names if i + 1 not in names}
        return found if len(found) >= _FEWEST and len(found) >= _MOST * len(names) else set()

    def _is_plain_title(self, i: int) -> bool:
        block = self._blocks[i]
        closed = block.spaced or (i > 0 and self._blocks[i - 1].text.endswith(("。", ".")))
        named = block.kind is BlockKind.PROSE and len(block.text) <= _SHORT and is_term(block.text)
        told = self._followed(i) and len(self._blocks[i + 1].text) > max(_TOLD, 2 * len(block.text))
        return closed and named and told and not (is_facet(block.text) or is_part(block.text) or is_aside(block.text))

    def bold_sections(self, chosen: set[int]) -> set[int]:
        """Return the bold lines that ask, or name something, below a title that does not ask."""
        found: set[int] = set()
        about = None
        for i, block in enumerate(self._blocks):
            about = i if i in chosen else None if block.title else about
            if i in chosen or about is None or not self._is_bold_title(i):
                continue
            beside = about in found or not self._asking(about)
            if self._strength[i] is Asks.YES:
                own = not carries_on(block.text) and (beside or self._asks_apart(about, i))
            else:
                own = is_term(block.text) and (not self._asking(about) or (about in found and self._repeats(i)))
            if own:
                found.add(i)
                about = i
        return found

    def _asks_apart(self, about: int, i: int) -> bool:
        """Return whether a line asks for a thing that the question above it does not speak of."""
        text = self._blocks[i].text
        thing = subject(text) if is_chinese(text) or _WHAT.match(text) else ""
        return is_term(thing) and containment(self._blocks[about].text, thing) < _SPOKEN_OF

    def _repeats(self, i: int) -> bool:
        """Return whether a line says the title that it stands under, and more."""
        above = next((self._blocks[j].text for j in range(i - 1, -1, -1) if self._blocks[j].title), "")
        return is_term(above) and above.casefold() in self._blocks[i].text.casefold()

    def chapters(self, chosen: set[int]) -> set[int]:
        """Return the plain lines 「一、……」 with text below them, in a document without headings."""
        if any(block.title for block in self._blocks):
            return set()
        lines = [i for i, one in enumerate(self._blocks) if one.kind is BlockKind.ITEM and one.style in _NUMERALS]
        short = [i for i in lines if len(self._blocks[i].text) <= _SHORT and is_term(self._blocks[i].text)]
        if len(short) < max(_FEWEST, _MOST * len(lines)):
            return set()
        return {i for i in short if self._followed(i) and i + 1 not in chosen | set(lines)}

    def _is_bold_title(self, i: int) -> bool:
        """Return whether a bold line stands alone above text, and does not only lead it in."""
        block = self._blocks[i]
        alone = block.kind is BlockKind.PROSE and block.bold and block.spaced and not block.text.endswith(_COLONS)
        below = self._followed(i) and not self._blocks[i + 1].bold
        return alone and below and not (is_facet(block.text) or is_part(block.text) or is_aside(block.text))

    def _is_title_of_text(self, i: int) -> bool:
        if is_facet(self._blocks[i].text) or is_aside(self._blocks[i].text) or i + 1 == len(self._blocks):
            return False
        after = self._blocks[i + 1]
        if after.kind is BlockKind.HEADING:
            return after.level > self._blocks[i].level and is_facet(after.text)
        below = [b for b in self._below(i) if b.kind is BlockKind.HEADING]
        over = i == self._title and any(not is_facet(b.text) for b in below)
        # What the document is about, and a paragraph that says what it is.
        named = self._blocks[i].text.casefold().rstrip("s") in after.text[:_BEGINS].casefold()
        return not over or (is_term(self._blocks[i].text) and after.kind is BlockKind.PROSE and named)

    def _below(self, i: int) -> list[Block]:
        found = []
        for block in self._blocks[i + 1 :]:
            if block.title and block.title <= self._blocks[i].level:
                break
            found.append(block)
        return found

    def _above(self, i: int) -> Iterator[int]:
        """Yield the headings that a heading stands under, the nearest first."""
        level = self._blocks[i].level
        for j in range(i - 1, -1, -1):
            if self._blocks[j].title and self._blocks[j].title < level:
                yield j
                level = self._blocks[j].title

    def _followed(self, i: int) -> bool:
        return i + 1 < len(self._blocks) and self._blocks[i + 1].kind is not BlockKind.HEADING


def is_facet(text: str) -> bool:
    """Return whether a title only says which part of an answer follows: 「优点」."""
    return not read_label(text).subject


def opens_chapter(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a heading has sections of its own below it, and so turns to something else."""
    block = blocks[place]
    if is_part(block.text) or not read_label(block.text).subject:
        return False
    after = next((one for one in blocks[place + 1 :] if one.title), None)
    return after is not None and after.title > block.title > 0 and not is_part(after.text)
