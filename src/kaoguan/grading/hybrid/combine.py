"""Two judges' verdicts made one: pure functions, one case each.

    offline     LLM                     second look             result              to review
    same        same                    -                       both's              no
    near        near, evidence found    -                       the LLM's           no
    far         far, evidence found     near the offline's      the second look's   no
    far         far, evidence found     still far               the second look's   where the offline judge was sure
    any         evidence not found      found                   as in the rows above
    any         evidence not found      not found               the offline's       yes

"Far" is more than half of a key point's weight apart. Where the answer gives the grader orders, the LLM looks again at
every key point for which it gives more than the offline judge does. The LLM understands more, the offline judge cannot
be talked to: so the LLM decides where evidence is found, and never against a sure offline judge without a person being
told.
"""

from typing import NamedTuple

from kaoguan.grading.scoring import CREDIT
from kaoguan.models import JudgeName, ReviewReason, Verdict

# From here on the offline judge counts as sure. Its probabilities are calibrated: above it, it errs in one of ten.
SURE_OFFLINE = 0.8
_FAR = 0.5
# Two judges of which each errs now and then, agreeing; and one judge alone against the other.
_ALONE = 0.75


class Second(NamedTuple):
    """A second, single look of the LLM at one key point."""

    verdict: Verdict
    unverified: bool


class Combined(NamedTuple):
    """The verdict, and why a person should look; None when nobody needs to."""

    verdict: Verdict
    reason: ReviewReason | None = None


def needs_second(offline: Verdict, first: Verdict, *, unverified: bool, ordered: bool) -> bool:
    """Return whether the LLM should look at this key point once more, alone."""
    more = _credit(first) > _credit(offline)
    return unverified or _far(offline, first) or (ordered and more)


def combine(offline: Verdict, first: Verdict, second: Second | None) -> Combined:
    """Return one verdict; `second` is there where `needs_second` asked for it."""
    if second and second.unverified:
        return Combined(_by(offline, offline.confidence * _ALONE), ReviewReason.EVIDENCE_NOT_FOUND)
    last = second.verdict if second else first
    if last.verdict is offline.verdict:
        return Combined(_agreed(offline, last))
    if not _far(offline, last):
        return Combined(_by(last, last.confidence))
    return Combined(
        _by(last, last.confidence * _ALONE),
        ReviewReason.JUDGES_DISAGREE if offline.confidence >= SURE_OFFLINE else None,
    )


def _agreed(offline: Verdict, llm: Verdict) -> Verdict:
    """Return the LLM's verdict with the confidence of two; its evidence, or else the offline judge's."""
    doubt = (1 - offline.confidence) * (1 - llm.confidence)
    quoted = llm if llm.span or not offline.span else offline
    return llm.model_copy(
        update={
            "judge": JudgeName.HYBRID,
            "confidence": round(1 - doubt, 4),
            "evidence": quoted.evidence,
            "span": quoted.span,
        }
    )


def _by(verdict: Verdict, confidence: float) -> Verdict:
    """Return a verdict that one judge decided, counted by its label alone."""
    return verdict.model_copy(update={"judge": JudgeName.HYBRID, "confidence": round(confidence, 4)})


def _far(one: Verdict, other: Verdict) -> bool:
    return abs(_credit(one) - _credit(other)) > _FAR


def _credit(verdict: Verdict) -> float:
    return CREDIT[verdict.verdict]
