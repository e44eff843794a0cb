"""Which blocks of a document are its questions.

Form and words both count. Q/A marks, headings that ask and lists whose items mostly ask are questions wherever they
stand. A bare or bold line that asks is one only in documents that ask in no stronger form: elsewhere it is rhetoric
inside an answer. Noun phrases (「过拟合的原因和解决方法」, "Dropout") are questions only in the company of questions in
the same form, or in documents that hold nothing but titled sections.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from kaoguan.distill.questions.asides import is_aside, leads_in, tells_whether
from kaoguan.distill.questions.asking import Asks, carries_on, demands, how_it_asks, is_task
from kaoguan.distill.questions.interviews import asked_there
from kaoguan.distill.questions.lists import answered, runs
from kaoguan.distill.questions.marked import marked
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.titles import Titles, is_facet
from kaoguan.distill.text.code import is_code
from kaoguan.text.filler import is_small_talk
from kaoguan.text.script import is_chinese, is_han


def questions(blocks: Sequence[Block], chinese: bool) -> list[int]:
    """Return the positions of the blocks that are questions, in order."""
    strength = [how_it_asks(block.text, chinese) for block in blocks]
    reading, titles = _Reading(blocks, strength), Titles(blocks, strength)
    headings = reading.asking_headings()
    firm = marked(blocks, strength) | headings | asked_there(blocks, reading.lists)
    chosen = firm | reading.asking_lists(headings)
    loose = reading.loose()
    if len(loose) > len(chosen):
        chosen |= loose
        chosen |= titles.bare_titles(chosen)
    numbered = reading.numbered_in_bold()
    if len(numbered) > len(chosen):
        chosen |= numbered
    titled = titles.with_text(chosen)
    if chosen and not firm and len(titled) > max(_FEW, len(chosen)):
        plain = {i for i in chosen & loose if not blocks[i].bold} - numbered
        # Between as many titles, what asks in plain lines is rhetoric.
        chosen = titles.title_headings() | (chosen - plain if len(titled) <= _MOSTLY * len(chosen) else chosen)
    if chosen:
        chosen |= reading.counted_on(chosen)
        chosen |= titles.sections(chosen)
        chosen |= titles.bold_sections(chosen) | titles.chapters(chosen)
    else:
        chosen = titles.title_headings() or titles.chapters(set()) or reading.title_lists() or titles.bold_titles()
        bold = titles.bold_sections(chosen)
        chosen |= bold if len(bold) >= _FEW else set()
        chosen |= titles.plain_titles() if len(chosen) <= 1 else set()
    talk = {i for i, block in enumerate(blocks) if block.kind is not BlockKind.PROSE and is_small_talk(block.text)}
    chosen = {
        i
        for i in chosen
        if _is_readable(blocks[i].text) and not is_code(blocks[i].text) and not leads_in(blocks[i].text)
    }
    return sorted(talk | {position for position in chosen if not is_aside(blocks[position].text)})


# So many titles for each question, and the titles are what the document is about.
_MOSTLY = 4
# Two headings may ask by chance.
_FEW = 3
# One in so many is enough to tell what the others are.
_MOST = 2
# Of the items of a list of titles so many are short.
_NEARLY = 0.75


class _Reading:
    """The forms in which one document may ask."""

    def __init__(self, blocks: Sequence[Block], strength: Sequence[Asks]) -> None:
        self._blocks = blocks
        self._strength = strength
        self.lists = runs(blocks, lambda position: strength[position] is Asks.YES)

    def asking_headings(self) -> set[int]:
        """Return the headings that ask."""
        return {
            i
            for i, block in enumerate(self._blocks)
            if block.kind is BlockKind.HEADING
            and self._strength[i] is Asks.YES
            and not is_facet(block.text)
            and not carries_on(block.text)
        }

    def asking_lists(self, headings: set[int]) -> set[int]:
        """Return the items of the lists that ask: most items ask, most are answered before the next.

        Where headings ask, bullets below one of them only put a question on the way to its answer.
        """
        found: set[int] = set()
        for run in self.lists:
            if len(headings) >= _FEW and self._blocks[run[0]].style == "•" and self._heading_of(run[0]) in headings:
                continue
            strong = sum(self._strength[i] is Asks.YES for i in run)
            full = answered(run, self._end(run))
            answered_few = sum(full) * 2 < len(run) and not (strong == len(run) and self._explained(run))
            if strong * 2 < len(run) or answered_few or not self._opens(run) or self._replies(run[0]):
                continue
            # Where nearly all ask, the others do so in words unknown to us.
            all_ask = strong * 3 >= 2 * len(run)
            for i, has_text in zip(run, full, strict=True):
                text = self._blocks[i].text
                if (
                    self._strength[i] is not Asks.NO
                    or _is_short(text)
                    or (all_ask and has_text and (len(text) <= 100 or text.endswith("?")))
                ):
                    found.add(i)
        return found

    def _explained(self, run: list[int]) -> bool:
        """Return whether something is indented below an item of a list: then its silent neighbours have no answer."""
        after = [(i, i + 1) for i in run if i + 1 < len(self._blocks) and i + 1 not in run]
        return any(
            self._blocks[j].kind is BlockKind.PROSE and self._blocks[j].level > self._blocks[i].level for i, j in after
        )

    def _heading_of(self, item: int) -> int | None:
        return next((i for i in range(item - 1, -1, -1) if self._blocks[i].kind is BlockKind.HEADING), None)

    def _replies(self, item: int) -> bool:
        """Return whether a list stands below an A mark: its items are parts of that answer, however they are worded."""
        for block in reversed(self._blocks[:item]):
            if block.kind in {BlockKind.ASK, BlockKind.HEADING}:
                return False
            if block.kind is BlockKind.REPLY:
                return True
        return False

    def loose(self) -> set[int]:
        """Return the bare and bold lines that ask."""
        return {
            i
            for i, block in enumerate(self._blocks)
            if block.kind is BlockKind.PROSE
            and self._strength[i] is Asks.YES
            and not carries_on(block.text)
            and not tells_whether(block.text)
            and (block.spaced or block.bold or self._closed(i) or self._counted(i))
            and not is_facet(block.text)
        }

    def counted_on(self, chosen: set[int]) -> set[int]:
        """Return the bold lines that ask, or set a task, and go on with the numbers of the questions before them."""
        numbers = {self._blocks[i].number: i for i in chosen}
        found: set[int] = set()
        for i, block in enumerate(self._blocks):
            if not block.bold or not block.number or block.number in numbers:
                continue
            task = is_task(block.text) and numbers.get(block.number - 1, -1) >= 0
            if numbers.get(block.number - 1, i) < i and (self._strength[i] is Asks.YES or task):
                found.add(i)
                numbers |= {block.number: i} if task else {}
        return found

    def numbered_in_bold(self) -> set[int]:
        """Return the bold lines that count on from one to the next, each with text below, where most of them ask."""
        counted = [i for i, one in enumerate(self._blocks) if one.bold and one.number and not one.title]
        run = [i for i in counted if i + 1 < len(self._blocks) and i + 1 not in counted]
        follow = sum(self._blocks[j].number == (self._blocks[i].number or 0) + 1 for i, j in pairwise(run))
        asking = sum(demands(self._blocks[i].text, is_chinese(self._blocks[i].text)) for i in run)
        return set(run) if len(run) > _FEW and _MOST * follow >= len(run) and _MOST * asking >= len(run) else set()

    def title_lists(self) -> set[int]:
        """Return the items of the first list whose items are short titles with text or a program below each."""
        for run in self.lists:
            short = sum(_is_short(self._blocks[i].text) for i in run)
            if len(run) > 1 and all(self._has_below(run)) and short >= _NEARLY * len(run):
                return set(run)
        return set()

    def _has_below(self, run: list[int]) -> list[bool]:
        """Return, for each item of a list, whether text or a program stands below it."""
        after = [self._blocks[i + 1].shown if i + 1 < len(self._blocks) else False for i in run]
        return [full or shown for full, shown in zip(answered(run, self._end(run)), after, strict=True)]

    def _closed(self, i: int) -> bool:
        """Return whether the line before ended a sentence, so that this one starts afresh."""
        return i > 0 and self._blocks[i - 1].text.endswith(("。", "！", "!", ".", "；", ";", "?", "？", ")", "）"))

    def _counted(self, i: int) -> bool:
        """Return whether the line before is only a number, as where a table was taken apart."""
        return i > 0 and self._blocks[i - 1].text.strip(".、)").isdecimal()

    def _opens(self, run: list[int]) -> bool:
        """Return whether a list is not just a pair of questions put to the reader within an answer."""
        return len(run) > 1 or not carries_on(self._blocks[run[0]].text)

    def _end(self, run: list[int]) -> int:
        after = (i for i in range(run[-1] + 1, len(self._blocks)) if self._blocks[i].kind is BlockKind.HEADING)
        return next(after, len(self._blocks))


def _is_readable(text: str) -> bool:
    """Return whether a line holds words, most of them in Chinese or English."""
    letters = [character for character in text if character.isalpha()]
    known = sum(character.isascii() or is_han(character) for character in letters)
    named = len(letters) > 1 or is_han(text.strip()[:1]) or re.fullmatch(r"[A-Z]\d[\d.]*", text) is not None  # "C4.5"
    return named and 2 * known > len(letters)


def _is_short(text: str) -> bool:
    return len(text) <= 40 and not text.endswith(("。", "；", ";", "，", ",", "."))
