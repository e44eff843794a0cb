"""The rubric of one question, made of the points that were selected for it."""

import re
from collections.abc import Sequence

from kaoguan.distill.folder.identity import slug
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.selection import Selected
from kaoguan.distill.points.wording import key_points
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.questions.worded import answers_in_chinese, in_words
from kaoguan.distill.text.facets import Facet
from kaoguan.documents import Document
from kaoguan.models import KeyPoint, Language, Rubric, Source
from kaoguan.prompts import Wording

_DEEP = re.compile(
    r"推导|证明|公式|为什么|原理|复杂度|手写|手撕|实现|derive|prove|why|complexity|implement", re.IGNORECASE
)


def rubric(
    section: Section, asked: str, selected: Selected, document: Document, words: dict[Language, Wording]
) -> Rubric:
    """Return the rubric of one question with the points that were selected for it."""
    chinese = answers_in_chinese(section)
    language: Language = "zh" if chinese else "en"
    wording = words[language]
    question = in_words(section, asked, words)
    topic = subject(asked)
    made, rest = selected
    last = max(block.last for block in (section.block, *section.answer))
    points = key_points(made, question, topic, document.name, wording, language)
    return Rubric(
        id=slug(asked),
        language=language,
        topic=topic,
        difficulty=_difficulty(asked, points),
        question=question,
        reference_answer=_reference(made, points, chinese),
        key_points=tuple(points),
        notes=tuple(one.text for one in key_points(rest, question, topic, document.name, wording, language)),
        source=Source(document=document.name, sha256=document.sha256, lines=(section.block.first, last)),
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
