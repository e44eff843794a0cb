"""The report of a session, compiled from its turns and grades."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from kaoguan.interview import rulings as overriding
from kaoguan.interview.answers import Quote, longest, quotes
from kaoguan.interview.decide.state import Exchange, replay, standing
from kaoguan.interview.results import Change, Overruled, Point, Question, Report, Retry, Score, Stated, Step
from kaoguan.interview.words import hints
from kaoguan.models import Grade, Label, Rubric, Span
from kaoguan.session import Kind, Session, Stage, StoredRuling, Turn
from kaoguan.text.numbers import mean

# More advice than this is none.
_STEPS = 3
# How urgent a step is: what was said wrong first; a misconception weighs as much as the heaviest point.
_WRONG, _NOTHING_TO_DO, _CORE = 0, 4, 3

StageGrades = dict[tuple[str, Stage], Grade]
Quoting = Callable[[Span | None], tuple[Quote, ...]]
"""Gives the candidate's words that a span of the graded text stands for."""


def report(
    session: Session, turns: Sequence[Turn], grades: StageGrades, overrides: Sequence[StoredRuling] = ()
) -> Report:
    """Return the report of a session, finished or not."""
    plan = session.plan
    questions = tuple(
        _question(plan.rubric(exchange.rubric_id), exchange, turns, grades, overrides)
        for exchange in replay(turns).exchanges
    )
    return Report(
        session=session.id,
        started_at=session.started_at,
        finished_at=next((turn.at for turn in turns if turn.kind is Kind.CLOSING), None),
        mode=plan.mode,
        language=plan.language,
        judge=plan.judge,
        embedder=plan.embedder,
        planned=plan.length,
        score=Score(
            unaided=mean(question.score.unaided for question in questions),
            final=mean(question.score.final for question in questions),
        ),
        questions=questions,
        next_steps=_next_steps(questions),
        turns=tuple(turns),
    )


def of_one(rubric: Rubric, answer: str, grade: Grade) -> Question:
    """Return one graded answer outside any interview, as a question without follow-ups, hints or retries."""

    def quoting(span: Span | None) -> tuple[Quote, ...]:
        return (Quote(turn=1, span=span, text=answer[slice(*span)]),) if span and span[0] < span[1] else ()

    return Question(
        rubric_id=rubric.id,
        topic=rubric.topic,
        question=rubric.question,
        answers=1,
        follow_ups=0,
        hints=0,
        hint_cost=0.0,
        undone=0,
        skipped=False,
        score=Score(unaided=grade.score, final=grade.score, likely=grade.range),
        retries=0,
        retry=None,
        points=_points(rubric, grade, grade, quoting, {}),
        misconceptions=_stated(rubric, grade, quoting),
        needs_review=grade.needs_review,
        review_reasons=grade.review_reasons,
        feedback=grade.feedback,
        reference_answer=rubric.reference_answer,
        source=rubric.source,
    )


def _score(unaided: float | None, after: float | None, grade: Grade | None) -> Score:
    # The likely range is of what was answered; what hints cost is certain and not in it.
    return Score(unaided=unaided, final=after, likely=grade.range if grade and grade.score == after else None)


def _question(
    rubric: Rubric,
    exchange: Exchange,
    turns: Sequence[Turn],
    grades: StageGrades,
    overrides: Sequence[StoredRuling] = (),
) -> Question:
    own = {stage: grades[rubric.id, stage] for stage in Stage if (rubric.id, stage) in grades}
    unaided, final = own.get(Stage.UNAIDED), own.get(Stage.FINAL)

    def score(stage: Stage) -> float | None:
        return hints.score_after_hints(rubric, exchange, turns, own, stage) if stage in own else None

    quoting = partial(quotes, exchange.answers)
    ruled = overriding.standing_rulings(overrides, exchange)
    return Question(
        rubric_id=rubric.id,
        topic=rubric.topic,
        question=rubric.question,
        answers=len(exchange.answers),
        follow_ups=len(exchange.follow_ups),
        # Counted over what was taken back as well: an undo does not unsay a hint.
        hints=len(hints.of(rubric, turns)),
        hint_cost=hints.cost(rubric, exchange, turns, own, Stage.FINAL) if final else 0.0,
        undone=_undone(rubric, turns),
        skipped=exchange.skipped,
        score=_score(score(Stage.UNAIDED), score(Stage.FINAL), final),
        retries=len(exchange.retries),
        retry=_retry(rubric, own, score(Stage.FINAL), exchange),
        points=_points(rubric, unaided, final, quoting, ruled) if final else (),
        misconceptions=_stated(rubric, final, quoting) if final else (),
        needs_review=bool(final and final.needs_review),
        review_reasons=final.review_reasons if final else (),
        feedback=final.feedback if final else "",
        reference_answer=rubric.reference_answer,
        source=rubric.source,
    )


def _retry(rubric: Rubric, grades: Mapping[Stage, Grade], before: float | None, exchange: Exchange) -> Retry | None:
    final, retry = grades.get(Stage.FINAL), grades.get(Stage.RETRY)
    if retry is None:
        return None
    known = {verdict.key_point: verdict.verdict for verdict in final.verdicts} if final else {}
    changes = [
        Change(
            key_point=verdict.key_point,
            text=rubric.key_point(verdict.key_point).text,
            before=known.get(verdict.key_point, Label.MISSING),
            after=verdict.verdict,
            quote=longest(quotes(exchange.retries[-1:], verdict.span)),
        )
        for verdict in retry.verdicts
    ]
    changed = tuple(change for change in changes if change.before is not change.after)
    still = tuple(change for change in changes if change.before is change.after is not Label.COVERED)
    return Retry(before=before, score=retry.score, changes=changed, still_open=still)


def _undone(rubric: Rubric, turns: Sequence[Turn]) -> int:
    def answers(these: Sequence[Turn]) -> int:
        return sum(turn.kind is Kind.ANSWER and turn.rubric_id == rubric.id for turn in these)

    return answers(turns) - answers(standing(turns))


def _points(
    rubric: Rubric,
    unaided: Grade | None,
    final: Grade,
    quoting: Quoting,
    rulings: Mapping[str, tuple[StoredRuling, StoredRuling]],
) -> tuple[Point, ...]:
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
            quote=longest(quoting(verdict.span)),
            quotes=quoting(verdict.span),
            note=point.note,
            source=point.source,
            overruled=_overruled(*rulings[point.id]) if point.id in rulings else None,
        )
        for point in rubric.key_points
        if (verdict := ruled.get(point.id))
    )


def _overruled(first: StoredRuling, last: StoredRuling) -> Overruled:
    return Overruled(was=first.was.verdict, who=last.who, why=last.why, at=last.at)


def _stated(rubric: Rubric, final: Grade, quoting: Quoting) -> tuple[Stated, ...]:
    texts = {misconception.id: misconception.text for misconception in rubric.misconceptions}
    return tuple(
        Stated(
            id=stated.id,
            text=texts.get(stated.id, stated.id),
            quote=longest(quoting(stated.span)),
            quotes=quoting(stated.span),
        )
        for stated in final.misconceptions
    )


def _next_steps(questions: Sequence[Question]) -> tuple[Step, ...]:
    """Return the next steps: what was wrong, then what was missed, then what took follow-ups."""
    found = [
        (_urgency(point), -point.weight, _point_step(question, point))
        for question in questions
        for point in question.points
    ]
    found += [
        (
            _WRONG,
            -_CORE,
            Step(rubric_id=question.rubric_id, misconception=stated.id, text=stated.text, source=question.source),
        )
        for question in questions
        for stated in question.misconceptions
    ]
    urgent = sorted((entry for entry in found if entry[0] < _NOTHING_TO_DO), key=lambda entry: entry[:2])
    # Of equal urgency one step of each question comes first, then the second ones: three on one question leave two out.
    seen: Counter[tuple[str, int]] = Counter()
    placed = []
    for urgency, weight, step in urgent:
        placed.append(((urgency, seen[step.rubric_id, urgency], weight), step))
        seen[step.rubric_id, urgency] += 1
    placed.sort(key=lambda entry: entry[0])
    return tuple(step for _, step in placed[:_STEPS])


def _urgency(point: Point) -> int:
    if point.final is Label.COVERED:
        return _NOTHING_TO_DO - (point.unaided is not Label.COVERED)
    return {Label.CONTRADICTED: _WRONG, Label.MISSING: 1, Label.PARTIAL: 2}.get(point.final, _NOTHING_TO_DO)


def _point_step(question: Question, point: Point) -> Step:
    return Step(
        rubric_id=question.rubric_id,
        key_point=point.key_point,
        text=point.text,
        verdict=point.final,
        note=point.note,
        source=point.source or question.source,
    )
