"""Grades in, reviews and cards out: whatever changed since, a deletion too, and nothing else."""

import hashlib
from collections.abc import Iterable, Sequence, Set

from kaoguan.errors import SessionError
from kaoguan.interview.answers import join
from kaoguan.interview.decide.state import Exchange, replay
from kaoguan.learning.memory import MemoryModel, mastered
from kaoguan.models import Grade, Label, Verdict
from kaoguan.session import Kind, Stage, StoredGrade, Turn
from kaoguan.store import AskedRubric, Attempt, Card, MasteryChange, Memory, Rating, Review, Store

# So many sessions, or key points, are followed at once: another process waits a few seconds for its turn.
_AT_ONCE = 200
# The list of key points shows so many verdicts of each.
_RECENT = 8


def catch_up(store: Store) -> None:
    """Bring attempts, reviews and cards up to the stored grades. Raises SessionError."""
    model = MemoryModel()
    while store.reviews.stale(1):
        with store.reviews.exclusive():
            for session_id in store.reviews.stale(_AT_ONCE):
                _follow(store, session_id)
    while store.reviews.unsettled(1):
        with store.reviews.exclusive():
            for point in store.reviews.unsettled(_AT_ONCE):
                card, changes = remember(store.reviews.of(point), model)
                store.reviews.keep(point, card, changes)


def _follow(store: Store, session_id: str) -> None:
    attempts: list[Attempt] = []
    reviews: list[Review] = []
    try:
        session = store.session(session_id)
        turns, grades = store.turns(session.id), store.grades(session.id)
    except SessionError:
        store.reviews.replace(session_id, attempts, reviews)  # it was deleted, or is damaged
        return
    if session.mine and session.id == session_id:
        for attempt, of_points in events(session_id, turns, grades):
            attempts.append(attempt)
            reviews += of_points
            store.reviews.know(AskedRubric(at=attempt.at, rubric=session.plan.rubric(attempt.rubric_id)))
    store.reviews.replace(session_id, attempts, reviews)


def events(
    session_id: str, turns: Sequence[Turn], grades: Sequence[StoredGrade]
) -> Iterable[tuple[Attempt, list[Review]]]:
    """Return the attempt and the reviews of each question that was answered and graded."""
    known = {(graded.rubric_id, graded.stage, graded.answer_sha256): graded for graded in grades}
    for exchange in replay(turns).exchanges:
        rubric_id = exchange.rubric_id
        unaided = known.get((rubric_id, Stage.UNAIDED, _fingerprint(exchange.answers[:1])))
        final = known.get((rubric_id, Stage.FINAL, _fingerprint(exchange.answers)))
        if not (exchange.answers and unaided and final):
            continue  # not graded yet: its grade will make the session stale again
        at = exchange.answers[0].at
        rated = ratings(unaided.grade, final.grade, _hinted(exchange, turns))
        attempt = Attempt(
            session_id=session_id,
            rubric_id=rubric_id,
            at=at,
            unaided=unaided.score,
            final=final.score,
            recalled=sum(it not in (None, Rating.AGAIN) for _, it in rated.values()),
            missed=sum(it is Rating.AGAIN for _, it in rated.values()),
        )
        yield (
            attempt,
            [
                Review(
                    session_id=session_id, rubric_id=rubric_id, key_point=point, at=at, verdict=label, rating=how_well
                )
                for point, (label, how_well) in rated.items()
            ],
        )


def remember(reviews: Sequence[Review], model: MemoryModel) -> tuple[Card | None, list[MasteryChange]]:
    """Return where a key point stands after all its reviews, oldest first, and when it was mastered or lost."""
    if not reviews:
        return None, []
    memory: Memory | None = None
    changes: list[MasteryChange] = []
    for review in reviews:
        if review.rating is None:
            continue
        before, memory = mastered(memory), model.after(memory, review.rating, review.at)
        if step := mastered(memory) - before:
            point = {"rubric_id": review.rubric_id, "key_point": review.key_point}
            changes.append(MasteryChange(**point, at=review.at, mastered=step))
    last = reviews[-1]
    card = Card(
        rubric_id=last.rubric_id,
        key_point=last.key_point,
        memory=memory,
        asked=last.at,
        reviews=sum(review.rating is not None for review in reviews),
        misses=sum(review.rating is Rating.AGAIN for review in reviews),
        recent=tuple(Label(review.verdict) for review in reviews[-_RECENT:]),
    )
    return card, changes


def _fingerprint(answers: Sequence[Turn]) -> str:
    return hashlib.sha256(join(answers).encode()).hexdigest()


def _hinted(exchange: Exchange, turns: Sequence[Turn]) -> set[str]:
    # Over what was taken back as well: an undo does not unsay a hint.
    return {
        turn.key_point
        for turn in turns
        if turn.kind is Kind.HINT and turn.rubric_id == exchange.rubric_id and turn.key_point
    }


SURE_ENOUGH = 0.6
"""Verdicts below this confidence teach nothing; reports call them unsure."""


def ratings(unaided: Grade, final: Grade, hinted: Set[str]) -> dict[str, tuple[Label, Rating | None]]:
    """Return the final label and the rating of each key point; `hinted` are those the candidate took a hint on.

    covered by the first answer, as all others were      easy
    covered by the first answer                          good
    covered or partly, after a follow-up or with a hint  hard
    partly covered by the first answer                   hard
    missing, contradicted                                again
    unscored, or the judge is not sure                   nothing: it is no evidence either way
    """
    before = {verdict.key_point: verdict for verdict in unaided.verdicts}
    complete = all(verdict.verdict is Label.COVERED for verdict in unaided.verdicts) and not hinted
    return {
        verdict.key_point: (
            verdict.verdict,
            rating(before.get(verdict.key_point), verdict, helped=verdict.key_point in hinted, complete=complete),
        )
        for verdict in final.verdicts
    }


def rating(before: Verdict | None, after: Verdict, *, helped: bool, complete: bool) -> Rating | None:
    """Return how well one key point was recalled, by the verdicts on the first answer and on all answers."""
    if after.verdict is Label.UNSCORED or after.confidence < SURE_ENOUGH:
        return None
    if after.verdict in (Label.MISSING, Label.CONTRADICTED):
        return Rating.AGAIN
    by_itself = before is not None and before.verdict is Label.COVERED and not helped
    if after.verdict is Label.PARTIAL or not by_itself:
        return Rating.HARD
    return Rating.EASY if complete else Rating.GOOD
