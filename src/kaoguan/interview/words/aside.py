"""Replies to what is no answer and not about the question: how much is left, how to leave, how answers are scored."""

from datetime import timedelta

from kaoguan.interview.decide.heard import Asks
from kaoguan.interview.decide.state import InterviewState, Phase
from kaoguan.interview.words import hints
from kaoguan.models import JudgeName
from kaoguan.prompts import Wording
from kaoguan.session import Mode, Plan


def aside(kind: Asks, plan: Plan, state: InterviewState, spent: timedelta, words: Wording) -> str:
    """Return the reply, which names the command that does what was asked for."""
    match kind:
        case Asks.HINT:
            return words.say("reply_hint", share=f"{hints.SHARES[0]:.0%}")
        case Asks.LEAVE if not any(exchange.answers for exchange in state.exchanges):
            return words.say("reply_leave_unanswered")
        case Asks.LEFT:
            return _left(plan, state, spent, words)
        case Asks.REFERENCE:
            return words.say("reply_reference_mock" if plan.mode is Mode.MOCK else "reply_reference")
        case Asks.KEPT:
            return words.say("reply_kept" if plan.judge is JudgeName.OFFLINE else "reply_kept_online")
        case _:
            return words.say(f"reply_{kind}")


def _left(plan: Plan, state: InterviewState, spent: timedelta, words: Wording) -> str:
    """Return which question this is, and how many questions, follow-ups and minutes are still to come."""
    number, current = len(state.exchanges), state.exchanges[-1]
    values = {"number": str(number), "count": str(plan.length), "left": str(plan.length - number)}
    said = [words.say("reply_left" if number < plan.length else "reply_left_last", **values)]
    more = plan.follow_ups - len(current.follow_ups)
    if more and state.phase is not Phase.REVIEWING:
        said.append(words.say("reply_left_follow_ups", left=str(more)))
    minutes = int(spent / timedelta(minutes=1))
    if plan.minutes is None and minutes:
        said.append(words.say("reply_left_spent", minutes=str(minutes)))
    elif plan.minutes is not None:
        said.append(words.say("reply_left_minutes", minutes=str(max(0, plan.minutes - minutes))))
    return words.say("joined").join(said)
