"""Distilling without a language model: rules find questions and claims, a filter says which are worth asking for."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan import config, prompts
from kaoguan.distill.distilled import Distilled, Dropped, UnansweredQuestion, Unused
from kaoguan.distill.folder.duplicates import merged
from kaoguan.distill.naming import what_is_asked
from kaoguan.distill.points.about_text import is_about_text, sets_task
from kaoguan.distill.points.claims import says_nothing
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.points import drafts
from kaoguan.distill.points.practice import with_practice
from kaoguan.distill.points.selection import SENSIBLE, distinct, form_of, select, without_refrain
from kaoguan.distill.points.statements import statements
from kaoguan.distill.points.traits import traits
from kaoguan.distill.points.worth import Answered, worths
from kaoguan.distill.questions.asking import Asks, asks, demands
from kaoguan.distill.questions.choices import asks_to_choose
from kaoguan.distill.questions.codes import without_codes
from kaoguan.distill.questions.interviews import without_asked_back
from kaoguan.distill.questions.outline import Block, BlockKind, blocks
from kaoguan.distill.questions.sections import Section, sections, unused
from kaoguan.distill.questions.settings import set_title
from kaoguan.distill.questions.tables import with_asked_rows
from kaoguan.distill.questions.topics import Topics
from kaoguan.distill.questions.within import with_inner
from kaoguan.distill.questions.worded import answers_in_chinese, in_words, marked
from kaoguan.distill.questions.wrapped import unwrapped
from kaoguan.distill.rubric import rubric
from kaoguan.distill.text.orders import gives_orders, may_order
from kaoguan.documents import Document
from kaoguan.documents.pictures import PICTURE
from kaoguan.embeddings.bundled import BundledEmbedder
from kaoguan.models import Language, Rubric
from kaoguan.text.filler import filler, is_small_talk
from kaoguan.text.script import is_chinese


class OfflineDistiller:
    """Finds questions by form and wording, and takes key points from the words of the answers.

    From its first document on it keeps its `encoder` of sentences, the one that comes with kaoguan: some 100 MB.
    """

    def __init__(self) -> None:
        self.encoder = BundledEmbedder(config.folders().cache)
        self._words: dict[Language, prompts.Wording] = {
            "zh": prompts.load("draft", "zh"),
            "en": prompts.load("draft", "en"),
        }

    def distill(self, documents: Sequence[Document]) -> Distilled:
        """Return the draft rubrics of these documents; a question that several ask is one rubric."""
        read = [self._read(document) for document in documents]
        total = sum(one.total for one in read)
        return Distilled(
            rubrics=tuple(merged(rubric for one in read for rubric in one.rubrics)),
            unanswered=tuple(question for one in read for question in one.unanswered),
            unused=tuple(stretch for one in read for stretch in one.unused),
            dropped=tuple(dropped for one in read for dropped in one.dropped),
            share=1 - sum(one.left for one in read) / total if total else None,
        )

    def _read(self, document: Document) -> "_Read":
        chinese = is_chinese("".join(line.text for line in document.lines))
        whole = with_asked_rows(blocks(document.lines))
        topics = Topics(whole, set_title(document))
        every = [
            _without_talk(unwrapped(one))._replace(topic=topics.of(one.block))
            for one in without_codes(with_inner(sections(whole, chinese), whole))
        ]
        named = [
            (section, words)
            for section in every
            if not is_about_text(section.question, section.answer)
            and not asks_to_choose(section.question)
            and (words := marked(section, what_is_asked(section, chinese), self._words))
        ]
        found = list(self._drafts(named, document))
        refused = {section.block.first for section in every} - {section.block.first for section, _, _ in found}
        filled = [section for section, _, rubric in found if rubric]
        left = unused(whole, filled)
        open_ = [(words, section.block.first) for section, words, rubric in found if not rubric]
        asked_back = {block.first for block in whole} - {block.first for block in without_asked_back(whole)}
        known = {line for _, line in open_} | refused | asked_back
        open_ += [
            (block.text.replace(PICTURE, " "), block.first)
            for block in left
            if block.first not in known and _is_open_question(block, chinese)
        ]
        return _Read(
            rubrics=[rubric for _, _, rubric in found if rubric],
            unanswered=[
                UnansweredQuestion(question=text, document=document.name, line=line)
                for text, line in sorted(open_, key=lambda one: one[1])
            ],
            unused=list(_stretches(left, {line for _, line in open_}, document.name)),
            dropped=[*_orders(document), *_filler(filled, document.name)],
            total=sum(len(block.text) for block in whole),
            left=sum(len(block.text) for block in left),
        )

    def _drafts(
        self, named: Sequence[tuple[Section, str]], document: Document
    ) -> Iterator[tuple[Section, str, Rubric | None]]:
        """Yield each section with its rubric, or with None where it asks and says nothing that can be graded.

        A title that is no sensible question is left out: it would be no question worth answering either.
        """
        asked = [section._replace(question=words) for section, words in named]
        claims = without_refrain(
            [distinct(_told(one, answers_in_chinese(section))) for one, (section, _) in zip(asked, named, strict=True)]
        )
        # What is seen of the claims is large, and given back before the rubrics are made.
        worth = worths(
            [
                Answered(one.question, in_words(one, one.question, self._words), traits(one, made))
                for one, made in zip(asked, claims, strict=True)
            ],
            self.encoder,
        )
        for (section, words), made, judged in zip(named, claims, worth, strict=True):
            form, chosen = form_of(words), select(words, made, judged.claims)
            sensible = judged.question >= SENSIBLE[form]
            if sensible and chosen.points:
                yield section, words, rubric(section, words, chosen, document, self._words)
            elif sensible or form == "question":
                yield section, words, None


def _told(section: Section, chinese: bool) -> list[Draft]:
    """Return the claims of a section's answer, without what tells the candidate to do something."""
    told = with_practice(section.question, statements(section.answer))
    return [one for one in drafts(section.question, told, chinese) if not sets_task(one.text)]


def _without_talk(section: Section) -> Section:
    """Return a question that only talk about the text follows as one without an answer."""
    asked = demands(section.question, is_chinese(section.question)) and not is_about_text(section.question, ())
    return section._replace(answer=()) if asked and is_about_text("", section.answer) else section


class _Read(NamedTuple):
    """What one document gave; `total` and `left` count characters."""

    rubrics: list[Rubric]
    unanswered: list[UnansweredQuestion]
    unused: list[Unused]
    dropped: list[Dropped]
    total: int
    left: int


def _is_open_question(block: Block, chinese: bool) -> bool:
    """Return whether a block outside all answers asks: an entry of a list of questions."""
    if block.kind not in {BlockKind.ITEM, BlockKind.ASK, BlockKind.HEADING} or is_small_talk(block.text):
        return False
    return asks(block.text, chinese) is Asks.YES and what_is_asked(Section(block.text, block, ()), chinese) != ""


def _stretches(left: Sequence[Block], asked: set[int], document: str) -> Iterator[Unused]:
    """Yield what was left over, one for each title with the text below it; questions are named elsewhere."""
    start: list[Block] = []
    for block in left:
        if block.first in asked:
            continue
        if block.linked or says_nothing(block.text):
            continue
        opens = block.kind is BlockKind.HEADING or not start or block.first - start[-1].last > _GAP
        if opens:
            yield from _stretch(start, document)
            start = []
        start.append(block)
    yield from _stretch(start, document)


# Empty lines between two blocks of one stretch.
_GAP = 4


def _stretch(found: Sequence[Block], document: str) -> Iterator[Unused]:
    if any(block.kind is not BlockKind.HEADING for block in found):
        text = found[0].text.replace(PICTURE, " ")[:_LONGEST_SHOWN]
        yield Unused(document=document, lines=(found[0].first, found[-1].last), text=text)


_LONGEST_SHOWN = 60


def _filler(found: Sequence[Section], document: str) -> Iterator[Dropped]:
    """Yield the sentences of answers that state nothing."""
    for section in found:
        for block in section.answer:
            for sentence in sentences(block.text, is_chinese(block.text)):
                if block.kind is not BlockKind.TABLE and (kind := filler(sentence)):
                    yield Dropped(document=document, text=sentence, why=kind)


def _orders(document: Document) -> Iterator[Dropped]:
    """Yield the lines that talk to a model or a grader; no rubric holds such a sentence."""
    for line in document.lines:
        told = sentences(line.text, is_chinese(line.text)) if may_order(line.text) else []
        if any(map(gives_orders, told)):
            yield Dropped(document=document.name, text=line.text, why="gives orders to the reader")
