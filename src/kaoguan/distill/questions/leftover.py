"""A second reading: what stands right below a title and is in no section of the document.

「缺点」 below a title without text of its own, a name between questions, 「参考答案」 behind a discussion. The first
reading decides by the form of the whole document; this one asks for each title, and the filter judges what comes of it.
"""

import re
from collections.abc import Iterator, Sequence

from kaoguan.distill.questions.asides import is_aside, leads_in
from kaoguan.distill.questions.hanging import hangs
from kaoguan.distill.questions.interviews import is_interview
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section, answered, unused
from kaoguan.distill.questions.titles import opens_chapter
from kaoguan.distill.questions.topics import thing
from kaoguan.distill.questions.whole import points_back
from kaoguan.distill.text.facets import Facet, read_label


class Stretch:
    """Text in no section, and the place of the title that stands above it; -1 where there is none.

    What stands below the `first` of several titles introduces the document.
    """

    def __init__(
        self, blocks: Sequence[Block], place: int, text: Sequence[Block], asked: set[int], *, first: bool
    ) -> None:
        self._blocks = blocks
        self._already = asked
        self._first = first
        self._place = place
        self.title = blocks[place].text if place >= 0 else ""
        self.text = text

    def section(self, rest: Sequence[Block]) -> Section | None:
        """Return what is left of the text as the answer to its title, or to the title above where it says it is that.

        Nothing where something else stands between, or where a title has sections of its own below it.
        """
        if self._place < 0 or not rest or self._blocks[self._place + 1] != rest[0]:
            return None
        place = self._asked() if says_it_answers(self.title) else self._place
        if place is None or self._blocks[place].first in self._already or not _may_be_asked(self._blocks[place].text):
            return None
        if place == self._place and (opens_chapter(self._blocks, place) or self._first):
            return None
        section = answered(self._blocks, place, rest)
        # 「原因」 below a title that names nothing is the cause of nobody knows what.
        return None if hangs(section.question) and not thing(section.under) else section

    def _asked(self) -> int | None:
        """Return the place of the title above that of an answer."""
        above = range(self._place - 1, -1, -1)
        return next((i for i in above if 0 < self._blocks[i].title < self._blocks[self._place].title), None)


def stretches(blocks: Sequence[Block], found: Sequence[Section]) -> Iterator[Stretch]:
    """Yield the stretches of text that are in no section, in order."""
    outside = {block.first for block in unused(blocks, found)}
    asked = {section.block.first for section in found}
    titles = [i for i, block in enumerate(blocks) if block.title]
    first = titles[0] if len(titles) > 1 else None
    title, text = -1, list[Block]()
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING and block.first in outside:
            text.append(block)
            continue
        yield Stretch(blocks, title, text, asked, first=title == first)
        title, text = place if block.title else title, []
    yield Stretch(blocks, title, text, asked, first=title == first)


def says_it_answers(title: str) -> bool:
    """Return whether a title says only that an answer to the title above it follows: 「简短回答」, 「参考答案」."""
    return _ANSWER.fullmatch(title.strip(" :：")) is not None


_ANSWER = re.compile(
    r"(?![^，。]*(?:错|误|低质量|糟|差|坏|追问|面试官))[^，。？]{0,8}(?:回答|答案|解答)(?:模板|示例|如下)?"
    r"|(?:(?:short|sample|model|reference|detailed|suggested) )?answer",
    re.IGNORECASE,
)


def _may_be_asked(title: str) -> bool:
    """Return whether a title may be asked for: no example, no interview, nothing that leads in or points back."""
    aside = is_aside(title) or is_interview(title) or leads_in(title) or points_back(title)
    return not aside and read_label(title).facet is not Facet.EXAMPLE
