"""What an interview comes to: the closing report as one value. `kaoguan interview --json` prints exactly this.

    {"schema_version": 1, "session": "k3f9qa", "started_at": "…", "finished_at": "…" | null, "mode": "mock",
     "language": "zh", "judge": "offline", "embedder": "bundled", "planned": 3,
     "score": {"unaided": 41.7, "final": 58.3}, "questions": [Question…], "next_steps": [Step…], "turns": [Turn…]}

A score is 0-100, or null where nothing was graded; the session's are means over the answered questions. `unaided` looks
at the first answer only, `final` at all answers of the question. A quote's `text` is `span` of the text of turn `turn`.
Fields are only ever added; `schema_version` counts up when one changes its meaning.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ConfigDict

from kaoguan.interview.joined import Quote, quote
from kaoguan.interview.state import Exchange, replay, standing
from kaoguan.models import Grade, JudgeName, Label, Language, Model, Rubric, Source
from kaoguan.store import Kind, Mode, Session, Speaker, Stage, Turn

# More advice than this is none.
_STEPS = 3

Grades = dict[tuple[str, Stage], Grade]


class _Part(Model):
    # Built when the first report is made: the first question must not wait for it.
    model_config = ConfigDict(defer_build=True)


class Score(_Part):
    """Before and after follow-ups, 0-100; None: not graded."""

    unaided: float | None = None
    final: float | None = None


class Point(_Part):
    """How the candidate stood to one key point."""

    key_point: str
    text: str
    weight: int
    unaided: Label
    final: Label
    confidence: float
    explanation: str = ""
    quote: Quote | None = None
    source: Source | None = None


class Stated(_Part):
    """A misconception the candidate stated."""

    id: str
    text: str
    quote: Quote | None


class Question(_Part):
    """One question, answered or not."""

    rubric_id: str
    topic: str
    question: str
    answers: int
    follow_ups: int
    hints: int
    undone: int
    skipped: bool
    score: Score
    points: tuple[Point, ...]
    misconceptions: tuple[Stated, ...]
    needs_review: bool
    review_reasons: tuple[str, ...]
    feedback: str
    reference_answer: str
    source: Source | None


class Step(_Part):
    """One thing to do next: a key point to read up on, and where."""

    rubric_id: str
    key_point: str
    text: str
    verdict: Label
    source: Source | None


class Report(_Part):
    """A session as one JSON object; the module's docstring shows its shape."""

    schema_version: int = 1
    session: str
    started_at: datetime
    finished_at: datetime | None
    mode: Mode
    language: Language
    judge: JudgeName
    embedder: str
    planned: int
    score: Score
    questions: tuple[Question, ...]
    next_steps: tuple[Step, ...]
    turns: tuple[Turn, ...]


def report(session: Session, turns: Sequence[Turn], grades: Grades) -> Report:
    """Return the report of a session, finished or not."""
    plan = session.plan
    questions = tuple(
        _question(plan.rubric(exchange.rubric_id), exchange, turns, grades) for exchange in replay(turns).exchanges
    )
    return Report(
        session=session.id,
        started_at=session.started_at,
        finished_at=next((turn.at for turn in turns if turn.kind is Kind.CLOSING), None),
        mode=plan.mode,
        language=plan.language,
        judge=plan.judge,
        embedder=plan.embedder,
        planned=len(plan.rubrics),
        score=Score(
            unaided=_mean([question.score.unaided for question in questions]),
            final=_mean([question.score.final for question in questions]),
        ),
        questions=questions,
        next_steps=_next_steps(questions),
        turns=tuple(turns),
    )


def of_one(rubric: Rubric, answer: str, grade: Grade) -> Question:
    """Return what the grade of a single answer outside any interview comes to."""
    at = datetime.fromtimestamp(0, UTC)  # nobody knows when it was written, and nothing shows it
    asked = Turn(seq=1, speaker=Speaker.INTERVIEWER, kind=Kind.QUESTION, rubric_id=rubric.id, at=at)
    answered = Turn(seq=2, speaker=Speaker.CANDIDATE, kind=Kind.ANSWER, rubric_id=rubric.id, text=answer, at=at)
    exchange = Exchange(question=asked, answers=(answered,))
    return _question(rubric, exchange, (asked, answered), dict.fromkeys(((rubric.id, stage) for stage in Stage), grade))


def _question(rubric: Rubric, exchange: Exchange, turns: Sequence[Turn], grades: Grades) -> Question:
    unaided, final = (grades.get((rubric.id, stage)) for stage in (Stage.UNAIDED, Stage.FINAL))
    return Question(
        rubric_id=rubric.id,
        topic=rubric.topic,
        question=rubric.question,
        answers=len(exchange.answers),
        follow_ups=len(exchange.follow_ups),
        # Counted over what was taken back as well: an undo does not unsay a hint.
        hints=sum(turn.kind is Kind.HINT and turn.rubric_id == rubric.id for turn in turns),
        undone=_undone(rubric, turns),
        skipped=exchange.skipped,
        score=Score(unaided=unaided.score if unaided else None, final=final.score if final else None),
        points=_points(rubric, exchange, unaided, final) if final else (),
        misconceptions=_stated(rubric, exchange, final) if final else (),
        needs_review=bool(final and final.needs_review),
        review_reasons=final.review_reasons if final else (),
        feedback=final.feedback if final else "",
        reference_answer=rubric.reference_answer,
        source=rubric.source,
    )


def _undone(rubric: Rubric, turns: Sequence[Turn]) -> int:
    def answers(these: Sequence[Turn]) -> int:
        return sum(turn.kind is Kind.ANSWER and turn.rubric_id == rubric.id for turn in these)

    return answers(turns) - answers(standing(turns))


def _points(rubric: Rubric, exchange: Exchange, unaided: Grade | None, final: Grade) -> tuple[Point, ...]:
    before = {verdict.key_point: verdict.verdict for verdict in unaided.verdicts} if unaided else {}
    ruled = {verdict.key_point: verdict for verdict in final.verdicts}
    return tuple(
        Point(
            key_point=point.id,
            text=point.text,
            weight=point.weight,
            unaided=before.get(point.id, Label.UNSCORED),
            final=verdict.verdict,
            confidence=verdict.confidence,
            explanation=verdict.explanation,
            quote=quote(exchange.answers, verdict.span),
            source=point.source,
        )
        for point in rubric.key_points
        if (verdict := ruled.get(point.id))
    )


def _stated(rubric: Rubric, exchange: Exchange, final: Grade) -> tuple[Stated, ...]:
    texts = {misconception.id: misconception.text for misconception in rubric.misconceptions}
    return tuple(
        Stated(id=stated.id, text=texts.get(stated.id, stated.id), quote=quote(exchange.answers, stated.span))
        for stated in final.misconceptions
    )


def _next_steps(questions: Sequence[Question]) -> tuple[Step, ...]:
    order = {Label.CONTRADICTED: 0, Label.MISSING: 1, Label.PARTIAL: 2}
    open_points = [
        (order[point.final], -point.weight, question, point)
        for question in questions
        for point in question.points
        if point.final in order
    ]
    open_points.sort(key=lambda entry: entry[:2])
    return tuple(
        Step(
            rubric_id=question.rubric_id,
            key_point=point.key_point,
            text=point.text,
            verdict=point.final,
            source=point.source or question.source,
        )
        for _, _, question, point in open_points[:_STEPS]
    )


def _mean(scores: Sequence[float | None]) -> float | None:
    real = [score for score in scores if score is not None]
    return round(sum(real) / len(real), 1) if real else None
