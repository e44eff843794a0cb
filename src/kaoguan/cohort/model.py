"""What a cohort report shows."""

from collections.abc import Mapping

from kaoguan.files.roster import Student
from kaoguan.models import Label, Model, Span
from kaoguan.rulings.queue import ToReview


class Item(Model):
    """Difficulty is the mean share of the credit earned, 0-1 (1 is easy), None where nothing was scored.

    Discrimination is the corrected item-total correlation, -1 to 1; None where it does not exist (fewer than three
    answers, or all alike).
    """

    difficulty: float | None
    discrimination: float | None


class PointItem(Item):
    """One key point: how many answers have which verdict."""

    id: str
    text: str
    weight: int
    labels: Mapping[Label, int]


class Missed(Model):
    """A misconception and how many answers state it."""

    rubric_id: str
    id: str
    text: str
    count: int


class QuestionItem(Item):
    """One question. Its discrimination needs to know whose the answers are: the candidate's other questions."""

    rubric_id: str
    question: str
    answers: int
    unscored: int
    needs_review: int
    mean: float | None
    deviation: float | None
    points: tuple[PointItem, ...]


class Copy(Model):
    """Two answers to one question with much text in common; the spans are the longest piece in each of them."""

    rubric_id: str
    id: str
    other: str
    share: float
    """How much of the shorter answer stands in the other one, 0-1."""
    text: str
    span: Span
    other_span: Span


class Cohort(Model):
    """A file of answers, all questions together."""

    answers: int
    unscored: int
    needs_review: int
    mean: float | None
    deviation: float | None
    distribution: tuple[int, ...]
    """How many scores lie in 0-9, 10-19 … 90-100."""
    questions: tuple[QuestionItem, ...]
    most_missed: tuple[PointItem, ...]
    misconceptions: tuple[Missed, ...]
    copies: tuple[Copy, ...]
    review: tuple[ToReview, ...]
    students: tuple[Student, ...] = ()
    """Those with most points first; none where students are not to be named."""
