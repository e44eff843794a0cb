"""What the interviewer does next: a pure decision; whoever words it changes nothing about it.

plan → ask → answer → (follow-up → answer)* → [feedback → (retry → feedback)*] → next → close

A question back is replied to and changes nothing else.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from kaoguan.interview.answers import Quote, quote
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.state import Exchange, InterviewState
from kaoguan.models import Grade, KeyPoint, Label, Model, ReviewReason, Rubric, Verdict
from kaoguan.session import Kind, Mode, Plan, Turn
from kaoguan.text.overlap import LIMIT, containment

# A point that was made with better odds than this is not asked for: the judge overlooks pictures and notes that say a
# point in none of its words (benchmarks/interview/follow_ups.py).
_PERHAPS_SAID = 0.05
# A contradiction that is right with better odds than this is not quoted as wrong.
_PERHAPS_RIGHT = 0.1
# A judge without odds is believed from this confidence on.
_SURE_ENOUGH = 0.6


class Target(Model):
    """A key point that is open or was contradicted, or a misconception that was stated; neither: what else there is."""

    key_point: str | None = None
    misconception: str | None = None
    quote: Quote | None = None  # the words to ask about; None: ask for something not said yet


def targets(rubric: Rubric, grade: Grade, answers: Sequence[Turn], due: Collection[str] = ()) -> tuple[Target, ...]:
    """Return every target: contradictions and stated misconceptions, then open points, the heaviest first.

    Of the open points those that are `due` come first; of equal weight those that are most surely open. What the answer
    says is not known is no target. Where it may have said points already, what else there is stands in their place.
    """
    if ReviewReason.UNREADABLE in grade.review_reasons:
        return (Target(),)  # the judge could not read it: any point may stand there
    wrong = _wrong(grade, answers)
    confronted = {target.key_point for target in wrong}
    weight = {point.id: point.weight for point in rubric.key_points}
    said = "\n".join(answer.text for answer in answers)
    not_known = [name for answer in answers for name in hear(answer.text).not_known]
    open_points = [
        verdict
        for verdict in grade.verdicts
        if verdict.verdict is not Label.COVERED
        and verdict.key_point not in confronted
        and not any(_names(name, rubric.key_point(verdict.key_point)) for name in not_known)
    ]
    perhaps = {verdict.key_point for verdict in open_points if _perhaps_said(rubric, verdict, said)}

    def place(verdict: Verdict) -> tuple[bool, int, bool, float]:
        point = verdict.key_point
        return point in perhaps or point not in due, -weight[point], point in perhaps, -openness(verdict)

    # sorted() is stable: equals stay in the rubric's order.
    asked = (verdict.key_point for verdict in sorted(open_points, key=place))
    return (*wrong, *dict.fromkeys(Target(key_point=None if point in perhaps else point) for point in asked))


def openness(verdict: Verdict) -> float:
    """Return the odds, 0-1, that asking can bring something to light: that the point was not made yet.

    Where a judge gives no odds a sure "missing" is 1 and a doubtful one nears ½, where partial and unscored points are.
    """
    if verdict.covered_probability is not None:
        return 1 - verdict.covered_probability
    return (1 + verdict.confidence) / 2 if verdict.verdict is Label.MISSING else 0.5


def _wrong(grade: Grade, answers: Sequence[Turn]) -> list[Target]:
    """Return what is said to be wrong with its words; not what may be right, nor words that a point was earned by."""
    wrong = [verdict for verdict in grade.verdicts if verdict.verdict is Label.CONTRADICTED]
    earned = [verdict.span for verdict in grade.verdicts if verdict.verdict is Label.COVERED and verdict.span]
    stated = [
        one
        for one in grade.misconceptions
        if wrong or not any(start < one.span[1] and one.span[0] < end for start, end in earned)
    ]
    return [
        *(
            Target(key_point=verdict.key_point, quote=quote(answers, verdict.span))
            for verdict in wrong
            if (verdict.covered_probability or 0) <= _PERHAPS_RIGHT
        ),
        *(Target(misconception=one.id, quote=quote(answers, one.span)) for one in stated),
    ]


def _perhaps_said(rubric: Rubric, verdict: Verdict, said: str) -> bool:
    """Return whether the answer may say the point although the judge did not find it: nobody repeats themselves gladly.

    The judge is not sure, or the answer holds much of what the point, and no other one, is worded in.
    """
    match verdict.verdict:
        case Label.UNSCORED:
            return False  # nobody ruled: nothing is known
        case Label.CONTRADICTED:
            return True  # it may well be right
        case Label.MISSING if verdict.covered_probability is not None:
            unsure = verdict.covered_probability > _PERHAPS_SAID
        case Label.MISSING:
            unsure = verdict.confidence < _SURE_ENOUGH
        case _:
            unsure = False
    point = rubric.key_point(verdict.key_point)
    others = " ".join((rubric.question, *(other.text for other in rubric.key_points if other.id != point.id)))
    return unsure or any(containment(said, claim, others) > LIMIT for claim in (point.text, *point.paraphrases))


def _names(name: str, point: KeyPoint) -> bool:
    """Return whether what is said not to be known is what the point, or its follow-up, is about."""
    return any(containment(about, name) >= LIMIT for about in (point.text, *point.paraphrases, point.follow_up or ""))


class Ask(Model):
    """Ask the next question."""

    rubric: Rubric


class FollowUp(Model):
    """Ask about the first of these that can be worded without giving it away."""

    rubric: Rubric
    targets: tuple[Target, ...]


class Reply(Model):
    """Reply to the candidate's question."""

    rubric: Rubric


class ShowFeedback(Model):
    """Give feedback on the question and let the candidate go on or try again."""


class Close(Model):
    """Thank the candidate and end."""


Move = Ask | FollowUp | Reply | ShowFeedback | Close


class InterviewProgress(Model):
    """What the decision rests on beside the turns.

    `grades` are those after each of the last answers to the current question, the latest last; `able` the candidate's
    running ability.
    """

    grades: tuple[Grade, ...] = ()
    able: float = 0.0
    spent: timedelta = timedelta()


def next_move(plan: Plan, state: InterviewState, progress: InterviewProgress) -> Move:
    """Return the interviewer's move.

    Follow-ups take no question's place. When the agreed minutes are over, the answer under way was the last.
    """
    current = state.current
    if current and current.waiting:
        return Reply(rubric=plan.rubric(current.rubric_id))
    if current and not _time_is_over(plan, progress):
        rubric = plan.rubric(current.rubric_id)
        if left := _worth_asking(plan, rubric, current, progress.grades):
            return FollowUp(rubric=rubric, targets=left)
    if current and plan.mode is Mode.PRACTICE:
        return ShowFeedback()
    return next_question(plan, state, progress)


def next_question(plan: Plan, state: InterviewState, progress: InterviewProgress) -> Ask | Close:
    """Return the next question, or the end: those with something due first, then as planned or as suits best."""
    asked = {exchange.rubric_id for exchange in state.exchanges}
    left = [rubric for rubric in plan.rubrics if rubric.id not in asked]
    if _time_is_over(plan, progress) or not left or len(asked) >= plan.length:
        return Close()
    if plan.adaptive is None:
        return Ask(rubric=left[0])
    due = {rubric_id for rubric_id, _ in plan.due}
    # min() takes the first of equals: the seed's order decides between them.
    return Ask(rubric=min(left, key=lambda rubric: (rubric.id not in due, abs(rubric.difficulty - progress.able))))


def stalled(grades: Sequence[Grade]) -> bool:
    """Return whether the last two answers changed no verdict for the better."""
    return len(grades) > 2 and not any(_gained(before, after) for before, after in pairwise(grades[-3:]))


def _worth_asking(plan: Plan, rubric: Rubric, current: Exchange, grades: Sequence[Grade]) -> tuple[Target, ...]:
    if (
        not grades
        or current.over
        or len(current.follow_ups) >= plan.follow_ups
        or stalled(grades)
        or _at_an_end(current)
    ):
        return ()
    asked = {(turn.key_point, turn.misconception) for turn in current.follow_ups}
    due = frozenset(key_point for rubric_id, key_point in plan.due if rubric_id == rubric.id)
    found = targets(rubric, grades[-1], current.answers, due)
    return tuple(target for target in found if (target.key_point, target.misconception) not in asked)


def _at_an_end(exchange: Exchange) -> bool:
    """Return whether the candidate knows no more about the question: asking on would only embarrass."""
    heard = [hear(answer.text) for answer in exchange.answers]
    return heard[0].unknown or any(one.rest_unknown for one in heard) or sum(one.unknown for one in heard) > 1


_RANK = {Label.CONTRADICTED: 0, Label.MISSING: 1, Label.UNSCORED: 1, Label.PARTIAL: 2, Label.COVERED: 3}


def _gained(before: Grade, after: Grade) -> bool:
    rank = {verdict.key_point: _RANK[verdict.verdict] for verdict in before.verdicts}
    return any(_RANK[verdict.verdict] > rank.get(verdict.key_point, 1) for verdict in after.verdicts)


def _time_is_over(plan: Plan, progress: InterviewProgress) -> bool:
    return plan.minutes is not None and progress.spent >= timedelta(minutes=plan.minutes)


def spent(turns: tuple[Turn, ...], now: datetime) -> timedelta:
    """Return the time the interview has taken, without the times it was left."""
    total = timedelta()
    for earlier, later in pairwise(turns):
        if later.kind is not Kind.RESUME:
            total += later.at - earlier.at
    return total + (now - turns[-1].at) if turns else total
