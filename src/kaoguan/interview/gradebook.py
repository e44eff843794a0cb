"""The grades of one session: no text is graded twice, and what a report needs is on disk."""

import hashlib
from collections.abc import Sequence

from kaoguan.interview.answers import join
from kaoguan.interview.background import AnswerGrader
from kaoguan.interview.decide.state import Exchange
from kaoguan.interview.settling import settled
from kaoguan.interview.words import hints
from kaoguan.models import Grade
from kaoguan.session import Session, Stage, StoredGrade, Turn
from kaoguan.store import Store


class Gradebook:
    """Grades with `grader` what `store` holds no grade of yet."""

    def __init__(self, session: Session, grader: AnswerGrader, store: Store) -> None:
        self._session = session
        self._grader = grader
        self._store = store
        stored = self._stored().values()
        self._known = {(known.rubric_id, known.answer_sha256): known.grade for known in stored}

    def of(self, rubric_id: str, answers: Sequence[Turn]) -> Grade:
        """Return the grade of these answers to one question, read as one text; only new words change a verdict."""
        text = join(answers)
        key = (rubric_id, _sha256(text))
        if key not in self._known:
            rubric = self._session.plan.rubric(rubric_id)
            grade = self._grader.grade(rubric, text, id=f"{self._session.id}/{rubric_id}")
            if earlier := answers[:-1]:
                grade = settled(rubric, self.of(rubric_id, earlier), grade, len(join(earlier)))
            self._known[key] = grade
        return self._known[key]

    def history(self, exchange: Exchange) -> tuple[Grade, ...]:
        """Return the grades after each of the last three answers, the latest last."""
        count = len(exchange.answers)
        return tuple(self.of(exchange.rubric_id, exchange.answers[:end]) for end in range(max(1, count - 2), count + 1))

    def results(self, exchanges: Sequence[Exchange], turns: Sequence[Turn]) -> list[tuple[int, float]]:
        """Return (difficulty, unaided score) of each question; one that was left unanswered counts as not known."""
        found = []
        for exchange in exchanges:
            rubric = self._session.plan.rubric(exchange.rubric_id)
            grades = self.stages(exchange, turns)
            score = hints.score_after_hints(rubric, exchange, turns, grades, Stage.UNAIDED) if grades else 0.0
            if score is not None:
                found.append((rubric.difficulty, score))
        return found

    def stages(self, exchange: Exchange, turns: Sequence[Turn]) -> dict[Stage, Grade]:
        """Return and store the grades that a report needs; `turns` are all of the session, for its hints."""
        texts: dict[Stage, Sequence[Turn]] = {}
        if exchange.answers:
            texts = {Stage.UNAIDED: exchange.answers[:1], Stage.FINAL: exchange.answers}
        if exchange.retries:
            texts[Stage.RETRY] = exchange.retries[-1:]
        rubric_id = exchange.rubric_id
        stored = self._stored()
        grades = {stage: self._at(stored.get((rubric_id, stage)), rubric_id, texts[stage]) for stage in texts}
        for stage, answers in texts.items():
            record = StoredGrade(
                rubric_id=rubric_id,
                stage=stage,
                answer_sha256=_sha256(join(answers)),
                score=hints.score_after_hints(self._session.plan.rubric(rubric_id), exchange, turns, grades, stage),
                grade=grades[stage],
            )
            if stored.get((rubric_id, stage)) != record:
                self._store.save_grade(self._session.id, record)
        return grades

    def _stored(self) -> dict[tuple[str, Stage], StoredGrade]:
        # Read each time: a person may overrule a verdict at any time. Each stage keeps its own grade, because of one
        # answer the final grade may be overruled and not the first.
        # A grade without a score is asked for again: perhaps the provider answers now.
        known = self._store.grades(self._session.id)
        return {(one.rubric_id, one.stage): one for one in known if one.grade.score is not None}

    def _at(self, stored: StoredGrade | None, rubric_id: str, answers: Sequence[Turn]) -> Grade:
        if stored and stored.answer_sha256 == _sha256(join(answers)):
            return stored.grade
        return self.of(rubric_id, answers)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
