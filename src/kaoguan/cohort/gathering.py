"""Grades gathered one by one into a cohort. Memory grows with answers only where copies are looked for."""

import heapq
import math
from collections import Counter
from collections.abc import Mapping

from kaoguan.cohort.copies import Copies
from kaoguan.cohort.model import Cohort, Copy, Missed, PointItem, QuestionItem
from kaoguan.files.roster import Roster
from kaoguan.grading.scoring import CREDIT
from kaoguan.models import Grade, KeyPoint, Label, Rubric, Submission
from kaoguan.rulings.queue import ToReview, to_review

# A page of each; the grades file has all.
_LISTED = 50
_QUEUED = 200


class Gathering:
    """What has been graded so far."""

    def __init__(self, rubrics: Mapping[str, Rubric], *, names: bool = False, copies: bool = True) -> None:
        """`names`: students are named, with their totals; `copies`: look for answers that are alike."""
        self._rubrics = rubrics
        self._names = names
        self._roster = Roster()
        self._scores = Pairs()
        self._counts: Counter[str] = Counter()
        self._distribution = [0] * 10
        self._questions: dict[str, _Question] = {}
        self._by_candidate: dict[str, dict[str, float]] = {}
        self._queue: list[tuple[float, int, ToReview]] = []
        self._copies = Copies() if copies else None

    def add(self, submission: Submission, grade: Grade) -> None:
        """Take one answer and its grade."""
        rubric = self._rubrics[grade.rubric_id]
        self._counts["answers"] += 1
        self._counts["unscored"] += grade.score is None
        self._counts["needs_review"] += grade.needs_review
        if grade.score is not None:
            self._scores.add(grade.score)
            self._distribution[min(9, int(grade.score // 10))] += 1
            if submission.student:
                self._by_candidate.setdefault(submission.student, {})[rubric.id] = grade.score
        look = grade.needs_review or grade.score is None
        if self._names:
            answered = bool(submission.answer.strip())
            student, name = submission.student, submission.name
            self._roster.add(student, name, rubric.id, grade.score, needs_look=look, answered=answered)
        if rubric.id not in self._questions:
            self._questions[rubric.id] = _Question(rubric)
        self._questions[rubric.id].add(grade)
        if one := to_review(rubric, grade):
            # The number keeps the order of the file among equals, and rows from being compared.
            entry = (one.value, -self._counts["answers"], one)
            (heapq.heappush if len(self._queue) < _QUEUED else heapq.heappushpop)(self._queue, entry)
        if self._copies:
            whose = " ".join(dict.fromkeys(filter(None, (submission.id, submission.student, submission.name))))
            self._copies.add(rubric, whose if self._names else submission.id, submission.answer)

    def cohort(self) -> Cohort:
        """Return the cohort of all grades so far."""
        discrimination = self._discrimination()
        questions = tuple(one.item(discrimination.get(id_)) for id_, one in self._questions.items())
        points = [point for question in questions for point in question.points if point.difficulty is not None]
        points.sort(key=lambda point: point.difficulty or 0.0)
        stated = [missed for question in self._questions.values() for missed in question.stated()]
        copies: tuple[Copy, ...] = tuple(self._copies.found()[:_LISTED]) if self._copies else ()
        return Cohort(
            answers=self._counts["answers"],
            unscored=self._counts["unscored"],
            needs_review=self._counts["needs_review"],
            mean=self._scores.mean if self._scores.count else None,
            deviation=self._scores.deviation,
            distribution=tuple(self._distribution),
            questions=questions,
            most_missed=tuple(points[:_LISTED]),
            misconceptions=tuple(sorted(stated, key=lambda missed: -missed.count)[:_LISTED]),
            copies=copies,
            students=tuple(self._roster.students()),
            review=tuple(one for _, _, one in sorted(self._queue, reverse=True)),
        )

    def _discrimination(self) -> dict[str, float | None]:
        """Return per question the correlation of its score with the candidate's mean on all others."""
        pairs = {id_: Pairs() for id_ in self._questions}
        for scores in self._by_candidate.values():
            for id_, score in scores.items():
                if len(scores) > 1:
                    pairs[id_].add(score, (sum(scores.values()) - score) / (len(scores) - 1))
        return {id_: found.correlation for id_, found in pairs.items()}


class _Question:
    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._scores = Pairs()
        self._counts: Counter[str] = Counter()
        self._labels: dict[str, Counter[Label]] = {point.id: Counter() for point in rubric.key_points}
        self._items = {point.id: Pairs() for point in rubric.key_points}
        self._stated: Counter[str] = Counter()

    def add(self, grade: Grade) -> None:
        self._counts["answers"] += 1
        self._counts["unscored"] += grade.score is None
        self._counts["needs_review"] += grade.needs_review
        if grade.score is not None:
            self._scores.add(grade.score)
        self._stated.update({stated.id for stated in grade.misconceptions})
        verdicts = {verdict.key_point: verdict.verdict for verdict in grade.verdicts}
        for id_, label in verdicts.items():
            if id_ in self._labels:
                self._labels[id_][label] += 1
        if grade.score is None:
            return
        earned = {point.id: point.weight * CREDIT[verdicts[point.id]] for point in self._rubric.key_points}
        total = sum(earned.values())
        for point in self._rubric.key_points:
            self._items[point.id].add(earned[point.id] / point.weight, total - earned[point.id])

    def stated(self) -> list[Missed]:
        texts = {one.id: one.text for one in self._rubric.misconceptions}
        return [
            Missed(rubric_id=self._rubric.id, id=id_, text=texts.get(id_, id_), count=count)
            for id_, count in self._stated.items()
        ]

    def item(self, discrimination: float | None) -> QuestionItem:
        scored = self._scores.count
        return QuestionItem(
            rubric_id=self._rubric.id,
            question=self._rubric.question,
            answers=self._counts["answers"],
            unscored=self._counts["unscored"],
            needs_review=self._counts["needs_review"],
            mean=self._scores.mean if scored else None,
            deviation=self._scores.deviation,
            difficulty=self._scores.mean / 100 if scored else None,
            discrimination=discrimination,
            points=tuple(self._point(point) for point in self._rubric.key_points),
        )

    def _point(self, point: KeyPoint) -> PointItem:
        pairs = self._items[point.id]
        return PointItem(
            id=f"{self._rubric.id}.{point.id}",
            text=point.text,
            weight=point.weight,
            labels=dict(self._labels[point.id]),
            difficulty=pairs.mean if pairs.count else None,
            discrimination=pairs.correlation,
        )


class Pairs:
    """Pairs of numbers seen so far, in six sums (Welford's update: no loss of digits however many there are)."""

    def __init__(self) -> None:
        self.count = 0
        self.mean = 0.0
        self._other_mean = 0.0
        self._squares = 0.0
        self._other_squares = 0.0
        self._products = 0.0

    def add(self, value: float, other: float = 0.0) -> None:
        """Take one pair; `other` may be left out where only the first number is of interest."""
        self.count += 1
        delta, other_delta = value - self.mean, other - self._other_mean
        self.mean += delta / self.count
        self._other_mean += other_delta / self.count
        self._squares += delta * (value - self.mean)
        self._other_squares += other_delta * (other - self._other_mean)
        self._products += delta * (other - self._other_mean)

    @property
    def deviation(self) -> float | None:
        """Return the sample's standard deviation of the first numbers; None below two."""
        return math.sqrt(self._squares / (self.count - 1)) if self.count > 1 else None

    @property
    def correlation(self) -> float | None:
        """Return Pearson's r; None below three pairs, or where one side is all alike."""
        # Sums of differences that ought to be 0 come out a little above it.
        if self.count < 3 or min(self._squares, self._other_squares) < 1e-9:
            return None
        return max(-1.0, min(1.0, self._products / math.sqrt(self._squares * self._other_squares)))
