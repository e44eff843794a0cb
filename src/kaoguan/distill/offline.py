"""Distilling by rules alone: no model, no network."""

import re
from collections.abc import Iterator, Sequence

from kaoguan import prompts
from kaoguan.distill.distilled import Distilled, Dropped, UnansweredQuestion
from kaoguan.distill.folder.duplicates import merged
from kaoguan.distill.folder.identity import slug
from kaoguan.distill.points.claims import sentences
from kaoguan.distill.points.points import Draft, drafts
from kaoguan.distill.points.statements import statements
from kaoguan.distill.points.wording import key_points
from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import Section, sections
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.distill.text.markup import punctuated
from kaoguan.distill.text.orders import gives_orders
from kaoguan.documents import Document
from kaoguan.models import KeyPoint, Language, Rubric, Source
from kaoguan.prompts import Wording
from kaoguan.text.script import is_chinese


class OfflineDistiller:
    """Finds questions by form and wording, and takes key points from the words of the answers."""

    def __init__(self) -> None:
        self._words: dict[Language, prompts.Wording] = {
            "zh": prompts.load("draft", "zh"),
            "en": prompts.load("draft", "en"),
        }

    def distill(self, documents: Sequence[Document]) -> Distilled:
        """Return the draft rubrics of these documents; a question that several ask is one rubric."""
        rubrics: list[Rubric] = []
        unanswered: list[UnansweredQuestion] = []
        for document in documents:
            chinese = is_chinese("".join(line.text for line in document.lines))
            for section in sections(blocks(document.lines), chinese):
                made = draft(section, document.name, document.sha256, self._words)
                if made:
                    rubrics.append(made)
                else:
                    line = section.block.first
                    unanswered.append(UnansweredQuestion(question=section.question, document=document.name, line=line))
        orders = tuple(order for document in documents for order in _orders(document))
        return Distilled(rubrics=tuple(merged(rubrics)), unanswered=tuple(unanswered), dropped=orders)


def _orders(document: Document) -> Iterator[Dropped]:
    """Yield the lines that talk to a model or a grader; no rubric holds such a sentence."""
    for line in document.lines:
        if any(gives_orders(sentence) for sentence in sentences(line.text, is_chinese(line.text))):
            yield Dropped(document=document.name, text=line.text, why="gives orders to the reader")


_DEEP = re.compile(
    r"推导|证明|公式|为什么|原理|复杂度|手写|手撕|实现|derive|prove|why|complexity|implement", re.IGNORECASE
)


def draft(section: Section, document: str, sha256: str, words: dict[Language, Wording]) -> Rubric | None:
    """Return the rubric of one question, or None where the document says nothing that can be graded."""
    chinese = is_chinese(section.question) or is_chinese(" ".join(block.text for block in section.answer))
    language: Language = "zh" if chinese else "en"
    wording = words[language]
    question = _question(section.question, chinese, wording)
    topic = subject(section.question)
    made = drafts(section.question, statements(section.answer), chinese)
    if not made:
        return None
    points = key_points(made, question, topic, document, wording, language)
    return Rubric(
        id=slug(section.question),
        language=language,
        topic=topic,
        difficulty=_difficulty(section.question, points),
        question=question,
        reference_answer=_reference(made, points, chinese),
        key_points=tuple(points),
        source=Source(document=document, sha256=sha256, lines=(section.block.first, section.block.last)),
    )


def _question(text: str, chinese: bool, wording: Wording) -> str:
    text = punctuated(text.strip()) if chinese else text.strip()
    text = text.rstrip("：:")
    if text.endswith(("？", "?", "。", ".", "！")):
        return text
    if asks(text, chinese) is Asks.YES:
        return text + ("？" if chinese else "?") if not _is_request(text) else text + ("。" if chinese else ".")
    if chinese and read_label(text).facet:
        return wording.say("question_what", title=text)
    return wording.say("question_title", title=text)


def _is_request(text: str) -> bool:
    return not re.search(
        r"什么|怎么|怎样|如何|为何|哪|多少|是否|吗|呢|^(?:what|why|how|when|which|who|where)\b", text, re.IGNORECASE
    )


def _difficulty(question: str, points: Sequence[KeyPoint]) -> int:
    """Return 2 for an ordinary question, one more for a why or a how-it-works, one more for a long answer."""
    return 2 + (_DEEP.search(question) is not None) + (len(points) > 8)


def _reference(made: Sequence[Draft], points: Sequence[KeyPoint], chinese: bool) -> str:
    """Return the points as paragraphs, one for each part of the answer."""
    paragraphs: list[str] = []
    before: tuple[str, Facet | None] | None = None
    for source, point in zip(made, points, strict=True):
        sentence = point.text.rstrip("。.；;") + ("。" if chinese else ".")
        part = (source.subject, source.facet)
        if part == before:
            paragraphs[-1] += sentence if chinese else f" {sentence}"
        else:
            paragraphs.append(sentence)
        before = part
    return "\n".join(paragraphs)
