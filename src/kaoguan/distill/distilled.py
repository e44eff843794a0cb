"""What distilling gives, whoever does it."""

from collections.abc import Sequence
from typing import Protocol

from kaoguan.documents import Document
from kaoguan.models import Model, Rubric


class UnansweredQuestion(Model):
    """A question that a document asks and does not answer, so that no rubric can be made of it."""

    question: str
    document: str
    line: int


class Dropped(Model):
    """Something a language model proposed that no rubric may hold, and why."""

    document: str
    text: str
    why: str


class Unused(Model):
    """A stretch of a document that no rubric was made of."""

    document: str
    lines: tuple[int, int]
    text: str
    """Its title or its first words."""


class Distilled(Model):
    """Draft rubrics, and what did not become one."""

    rubrics: tuple[Rubric, ...]
    unanswered: tuple[UnansweredQuestion, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unused: tuple[Unused, ...] = ()
    share: float | None = None
    """How much of the text (0-1) stands in a question or its answer; None where nobody measured it."""
    unread: tuple[Dropped, ...] = ()
    """Stretches of lines for which a language model gave nothing usable; running again asks for them again."""


class Distiller(Protocol):
    """Makes draft rubrics of documents."""

    def distill(self, documents: Sequence[Document]) -> Distilled:
        """Return the draft rubrics of these documents."""
