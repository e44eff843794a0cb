"""The same question in two documents, or twice in one, as one rubric that keeps both sources."""

import re
from collections.abc import Iterable, Sequence

from kaoguan.distill.folder.identity import unique
from kaoguan.models import KeyPoint, Rubric, Source
from kaoguan.text.alike import differ
from kaoguan.text.overlap import common_share, containment

# Two questions are one when each holds this much of the other.
_SAME_QUESTION = 0.8
# Two points are one when one holds this much of the other.
_SAME_POINT = 0.7


def merged(rubrics: Iterable[Rubric]) -> list[Rubric]:
    """Return the rubrics, each question once, each id once."""
    kept: list[Rubric] = []
    asked: list[str] = []
    for rubric in rubrics:
        twin = next((i for i, other in enumerate(asked) if same_question(rubric.question, other)), None)
        if twin is None:
            kept.append(rubric)
            asked.append(rubric.question)
        else:
            kept[twin] = _both(kept[twin], rubric)
    return _named_apart(kept)


def same_question(one: str, other: str) -> bool:
    """Return whether two questions ask the same in nearly the same words."""
    return common_share(one, other) >= _SAME_QUESTION and not differ(one, other) and not _narrower(one, other)


_DEFINITION = re.compile(r"什么是(?P<zh>.+?)[？?]?|What (?:is|are)(?: an?| the)? (?P<en>.+?)\??", re.IGNORECASE)


def _narrower(one: str, other: str) -> bool:
    """Return whether two questions ask what a thing is, and what a kind of it is: a t-test, a paired t-test."""
    named = [_DEFINITION.fullmatch(text) for text in (one, other)]
    shorter, longer = sorted(((match["zh"] or match["en"]).casefold() if match else "" for match in named), key=len)
    return shorter not in {"", longer} and longer.endswith(shorter)


def same_point(one: str, other: str) -> bool:
    """Return whether two claims say the same in nearly the same words."""
    shorter, longer = sorted((one, other), key=len)
    return containment(longer, shorter) >= _SAME_POINT and not differ(longer, shorter)


def _named_apart(kept: Sequence[Rubric]) -> list[Rubric]:
    taken: set[str] = set()
    named = []
    for rubric in kept:
        name = unique(rubric.id, taken)
        taken.add(name)
        named.append(rubric.model_copy(update={"id": name}))
    return named


def _both(first: Rubric, second: Rubric) -> Rubric:
    """Return the first rubric with what only the second says, under ids that follow on."""
    points = list(first.key_points)
    new: list[KeyPoint] = []
    for point in second.key_points:
        if not any(same_point(point.text, other.text) for other in (*points, *new)):
            new.append(point.model_copy(update={"id": f"p{len(points) + len(new) + 1}"}))
    gap = "" if first.language == "zh" else " "
    more = gap.join(point.text.rstrip("。.") + ("。" if first.language == "zh" else ".") for point in new)
    sources: tuple[Source, ...] = (*first.other_sources, *filter(None, [second.source]), *second.other_sources)
    return first.model_copy(
        update={
            "key_points": (*points, *new),
            "reference_answer": "\n".join(filter(None, [first.reference_answer, more])),
            "misconceptions": first.misconceptions or second.misconceptions,
            "notes": tuple(dict.fromkeys((*first.notes, *second.notes))),
            "other_sources": tuple(source for source in dict.fromkeys(sources) if source != first.source),
        }
    )
