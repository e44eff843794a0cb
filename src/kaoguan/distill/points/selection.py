"""Which of the claims of an answer are asked for: said once, standing alone, and no more than can be asked."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kaoguan.distill.points.again import again
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.fitness import broken, stands
from kaoguan.distill.points.worth import Worth
from kaoguan.distill.questions.asking import demands
from kaoguan.text.alike import differ
from kaoguan.text.overlap import containment, shingles
from kaoguan.text.script import is_chinese

# A claim that holds this much of another one says the same again.
_SAME = 0.8
_NAME = 2
# A claim that holds nothing but the words of the question; that is the answer where it asks whether something is so.
_RESTATES = 0.8
_WHETHER = re.compile(
    r"^(?:can|could|is|are|do|does|did|will|should|has|have) |吗|是否|能否|可否|能不能|是不是|会不会", re.IGNORECASE
)
# What is asked for in one question: what is told in passing, what is enumerated, and what is enumerated for each of the
# things that a question sets side by side. What else the document says is kept as notes.
_TOLD, _ENUMERATED, _FOR_EACH = 9, 12, 16


# Probabilities, below a question and below a title. A claim that is less likely good, or more likely of no use, is a
# note; but the best one is asked for where it may well be good, so that few questions are lost.
GOOD, MAY_BE = {"question": 0.7, "title": 0.78}, {"question": 0.55, "title": 0.74}
UNUSABLE = 0.15
# A question, and a title, that is less likely sensible is left out with all that stands below it.
SENSIBLE = {"question": 0.76, "title": 0.86}
_FEWEST = 1


class Selected(NamedTuple):
    """The points to ask for, and what else the answer says, both in the order of the document."""

    points: tuple[Draft, ...]
    rest: tuple[Draft, ...]


def select(question: str, claims: Sequence[Draft], worths: Sequence[Worth]) -> Selected:
    """Return which of these different claims are asked for; none where a careful reader would call none good."""
    fit = _fit(question, claims, worths)
    place: dict[int, int] = {}
    groups: Counter[tuple[str, object, str]] = Counter()
    for i in fit:
        group = (claims[i].subject, claims[i].facet, claims[i].column)
        place[i] = groups[group]
        groups[group] += 1
    # The heaviest first, and of each part of the answer its first claims before the second ones of another.
    most = _most(question, [claims[i] for i in fit])
    chosen = set(sorted(fit, key=lambda i: (-claims[i].weight, place[i], i))[:most])
    return Selected(
        tuple(one for i, one in enumerate(claims) if i in chosen),
        tuple(one for i, one in enumerate(claims) if i not in chosen and not broken(one.text)),
    )


def form_of(question: str) -> str:
    """Return "question" for words that demand an answer, else "title": more is asked of what stands below titles."""
    return "question" if demands(question, is_chinese(question)) else "title"


def _fit(question: str, claims: Sequence[Draft], worths: Sequence[Worth]) -> list[int]:
    """Return which claims are worth asking for, in their order."""
    form = form_of(question)
    good = {
        i: worth.good
        for i, (claim, worth) in enumerate(zip(claims, worths, strict=True))
        if not claim.aside
        and worth.good >= MAY_BE[form]
        and worth.unusable <= UNUSABLE
        and stands(claim.text)
        and (containment(question, claim.text) < _RESTATES or _WHETHER.search(question))
    }
    best = sorted(good, key=lambda i: -good[i])[:_FEWEST]
    return [i for i in good if good[i] >= GOOD[form] or i in best]


def _most(question: str, fit: Sequence[Draft]) -> int:
    listed = [one for one in fit if one.listed]
    if 2 * len(listed) < len(fit):
        return _TOLD
    named = {one.subject for one in listed if one.facet and one.subject in question}
    return _FOR_EACH if len(named) > 1 else _ENUMERATED


def distinct(made: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with what is said twice kept once, in its more structured or shorter form."""
    kept: list[Draft] = []
    for draft in made:
        for i, other in enumerate(kept):
            if (
                draft.text == other.text
                or (draft.subject == other.subject and _says(draft, other))
                or again(draft, other)
            ):
                first, second = (other, draft) if _rank(other) >= _rank(draft) else (draft, other)
                variants = (*first.variants, *second.variants, second.text)
                weight = max(first.weight, second.weight)
                kept[i] = first._replace(variants=variants, weight=weight)
                break
        else:
            kept.append(draft)
    return kept


def without_refrain(answers: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """Return the claims of a document's answers without those that several answers hold word for word.

    "Clear assumptions and tradeoffs" under every question says nothing of any of them.
    """
    count = Counter(text for claims in answers for text in {claim.text for claim in claims})
    return [[claim for claim in claims if count[claim.text] < _REFRAIN] for claims in answers]


_REFRAIN = 3


def _says(draft: Draft, other: Draft) -> bool:
    if (draft.facet and other.facet and draft.facet != other.facet) or draft.column != other.column:
        return False
    shorter, longer = sorted((draft.text, other.text), key=len)
    # A name stands in many sentences that do not say the same.
    return len(shingles(shorter)) > _NAME and containment(longer, shorter) >= _SAME and not differ(longer, shorter)


def _rank(draft: Draft) -> tuple[bool, bool, int]:
    return draft.facet is not None, not draft.column, -len(draft.text)
