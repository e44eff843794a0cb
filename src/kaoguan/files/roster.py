"""What each student has in all: one line for each, from the scores of their answers."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from kaoguan.models import Model


class Student(Model):
    """One student: the score of each question, None where the answer was not scored."""

    id: str
    name: str
    scores: Mapping[str, float | None]
    needs_look: int
    """How many of the answers need a person's look."""
    answered: int
    """To how many questions there is anything in the answer."""

    @property
    def label(self) -> str:
        """Return id and name, once where they are the same."""
        return self.id if self.name in ("", self.id) else f"{self.id} {self.name}"

    @property
    def total(self) -> float:
        """Return the sum of the scores."""
        return round(sum(score for score in self.scores.values() if score is not None), 1)

    @property
    def mean(self) -> float | None:
        """Return the mean of the scores; None without any."""
        scored = sum(score is not None for score in self.scores.values())
        # 41.65 is 41.7, as somebody would check it by hand.
        exact = Decimal(str(self.total)) / max(1, scored)
        return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)) if scored else None


class Roster:
    """Students gathered answer by answer. Memory grows with students, not with the length of answers."""

    def __init__(self) -> None:
        self.questions: dict[str, None] = {}
        """In the order in which they came."""
        self._scores: dict[str, dict[str, float | None]] = {}
        self._names: dict[str, str] = {}
        self._looks: dict[str, int] = {}
        self._answered: dict[str, set[str]] = {}

    def add(
        self, student: str, name: str, rubric_id: str, score: float | None, *, needs_look: bool, answered: bool
    ) -> None:
        """Take the score of an answer; of two answers of a student to one question the later one counts."""
        if not student:
            return
        self.questions[rubric_id] = None
        self._scores.setdefault(student, {})[rubric_id] = score
        self._names[student] = name or self._names.get(student, "")
        self._looks[student] = self._looks.get(student, 0) + needs_look
        self._answered.setdefault(student, set()).update([rubric_id] if answered else [])

    def students(self) -> list[Student]:
        """Return the students, those with most points first, then by id."""
        made = [
            Student(
                id=id_,
                name=self._names[id_],
                scores=scores,
                needs_look=self._looks[id_],
                answered=len(self._answered[id_]),
            )
            for id_, scores in self._scores.items()
        ]
        return sorted(made, key=lambda one: (-one.total, one.id))
