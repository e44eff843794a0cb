"""Two judges' verdicts made one: pure functions, one case each.

    offline     LLM                     second look             result              to review
    same        same                    -                       the LLM's           no
    other       evidence found          -                       the LLM's           no
    sure, far   sure, evidence found    near the offline's      the second look's   no
    sure, far   sure, evidence found    still far               the second look's   yes
    any         evidence not found      found                   the second look's   as above
    any         evidence not found      not found               the offline's       yes

"Far" is more than half of a key point's weight apart. The LLM understands more, so it decides where its evidence is in
the answer; the offline judge cannot be talked to, so a person is told where it is sure of something else. It is asked
again only there: elsewhere a second look changes nothing but the bill. Where the answer gives the grader orders, it
looks again at every key point for which it gives more than the offline judge does.
"""

from typing import NamedTuple

from kaoguan.grading.scoring import CREDIT
from kaoguan.models import JudgeName, ReviewReason, Verdict

# From here on the offline judge counts as sure: its probabilities are calibrated.
SURE_OFFLINE = 0.95
# A model that says less of itself is not sure.
_SURE_LLM = 0.7
_FAR = 0.5
# Two judges of which each errs now and then, agreeing; and one judge alone against the other.
_ALONE = 0.75


class Second(NamedTuple):
    """A second look of the LLM at one key point."""

    verdict: Verdict
    unverified: bool


class Combined(NamedTuple):
    """The verdict, and why a person should look; None when nobody needs to."""

    verdict: Verdict
    reason: ReviewReason | None = None


def needs_second(offline: Verdict, first: Verdict, *, unverified: bool, ordered: bool) -> bool:
    """Return whether the LLM should look at this key point once more."""
    more = _credit(first) > _credit(offline)
    sure = offline.confidence >= SURE_OFFLINE and first.confidence >= _SURE_LLM
    return unverified or (sure and _far(offline, first)) or (ordered and more)


def combine(offline: Verdict, first: Verdict, second: Second | None) -> Combined:
    """Return one verdict; `second` is there where `needs_second` asked for it."""
    if second and second.unverified:
        return Combined(_by(offline, offline.confidence * _ALONE), ReviewReason.EVIDENCE_NOT_FOUND)
    last = second.verdict if second else first
    if last.verdict is offline.verdict:
        return Combined(_agreed(offline, last))
    if not _far(offline, last):
        return Combined(_by(last, last.confidence))
    sure = offline.confidence >= SURE_OFFLINE
    return Combined(_by(last, last.confidence * _ALONE), ReviewReason.JUDGES_DISAGREE if sure else None)


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
