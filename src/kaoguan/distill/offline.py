"""Distilling by rules alone: no model, no network."""

from collections.abc import Iterator, Sequence

from kaoguan import prompts
from kaoguan.distill.distilled import Distilled, Dropped, UnansweredQuestion
from kaoguan.distill.folder.duplicates import merged
from kaoguan.distill.points.claims import sentences
from kaoguan.distill.points.draft import draft
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.text.orders import gives_orders
from kaoguan.documents import Document
from kaoguan.models import Language, Rubric
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
