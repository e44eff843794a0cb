"""What the interviewer does next: a pure decision; whoever words it changes nothing about it.

plan → ask → answer → (follow-up → answer)* → next → close
"""

from datetime import datetime, timedelta
from itertools import pairwise

from kaoguan.interview.state import State
from kaoguan.interview.targets import Target, targets
from kaoguan.models import Grade, Model, Rubric
from kaoguan.store import Kind, Plan, Turn


class Ask(Model):
    """Ask the next question."""

    rubric: Rubric


class FollowUp(Model):
    """Ask about the first of these that can be worded without giving it away."""

    rubric: Rubric
    targets: tuple[Target, ...]


class Close(Model):
    """Thank the candidate and end."""


Move = Ask | FollowUp | Close


def next_move(plan: Plan, state: State, grade: Grade | None, spent: timedelta) -> Move:
    """Return the interviewer's move; `grade` is of all answers to the current question, None when it has none.

    Follow-ups take no question's place. When the agreed minutes are over, the answer under way was the last.
    """
    if plan.minutes is not None and spent >= timedelta(minutes=plan.minutes):
        return Close()
    current = state.current
    if current and grade and not current.over and len(current.follow_ups) < plan.follow_ups:
        rubric = plan.rubric(current.rubric_id)
        asked = {(turn.key_point, turn.misconception) for turn in current.follow_ups}
        left = tuple(
            target
            for target in targets(rubric, grade, current.answers)
            if (target.key_point, target.misconception) not in asked
        )
        if left:
            return FollowUp(rubric=rubric, targets=left)
    return next_question(plan, state)


def next_question(plan: Plan, state: State) -> Ask | Close:
    """Return the first planned question that was not asked yet, or the end."""
    asked = {exchange.rubric_id for exchange in state.exchanges}
    for rubric in plan.rubrics:
        if rubric.id not in asked:
            return Ask(rubric=rubric)
    return Close()


def spent(turns: tuple[Turn, ...], now: datetime) -> timedelta:
    """Return the time the interview has taken, without the times it was left."""
    total = timedelta()
    for earlier, later in pairwise(turns):
        if later.kind is not Kind.RESUME:
            total += later.at - earlier.at
    return total + (now - turns[-1].at) if turns else total
