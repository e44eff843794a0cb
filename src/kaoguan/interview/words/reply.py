"""Replies to a candidate's question: what the question says, or that it is theirs to decide; no key point."""

from kaoguan.interview.decide.heard import Asks, asked_about, hear
from kaoguan.interview.decide.state import Exchange
from kaoguan.models import Rubric
from kaoguan.prompts import Wording
from kaoguan.text.overlap import containment

# What is asked about is part of the question when this share of it stands there.
_PART = 0.5
# One of two alternatives is meant when it is this much nearer to the question than the other.
_NEARER = 0.3


def reply(rubric: Rubric, exchange: Exchange, words: Wording) -> str:
    """Return the reply to what the candidate asked last."""
    asked = exchange.asked_back[-1].text
    match hear(asked).asks:
        case Asks.REPEAT | None:
            follows_up = exchange.prompt != exchange.question
            return words.say(
                "reply_repeat", text=_without_lead(exchange.prompt.text, words) if follows_up else rubric.question
            )
        case Asks.SCOPE:
            return _scope(rubric, exchange, asked_about(asked), words)
        case kind:
            return words.say(f"reply_{kind}")


def _without_lead(text: str, words: Wording) -> str:
    """Return a follow-up without the kind word or the opening before it."""
    leads = [*words.options("kind_follow_up"), *words.options("lead_follow_up_friendly")]
    return next((text.removeprefix(lead).strip() for lead in leads if text.startswith(lead)), text)


def _scope(rubric: Rubric, exchange: Exchange, named: tuple[str, ...], words: Wording) -> str:
    """Return which alternative the question means, whether what is named belongs to it, or that it is left open."""
    public = f"{rubric.question} {rubric.topic} {exchange.prompt.text}"
    inside = " ".join((public, rubric.reference_answer, *(point.text for point in rubric.key_points)))
    shares = {name: containment(inside, name) for name in named}
    ranked = sorted(shares, key=lambda name: -shares[name])
    if len(ranked) > 1:
        first, second = ranked[:2]
        if shares[first] >= _PART and shares[first] - shares[second] >= _NEARER:
            return words.say("reply_alternative", name=first)
        return words.say("reply_either")
    if ranked and containment(public, ranked[0]) >= _PART:
        return words.say("reply_question", text=rubric.question)
    return words.say("reply_inside" if ranked and shares[ranked[0]] >= _PART else "reply_open")
