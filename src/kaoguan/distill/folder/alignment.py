"""Which new draft is which old rubric, and which new point is which old one: ids stay with what they mean."""

from collections.abc import Iterable, Mapping, Sequence

from kaoguan.distill.folder.duplicates import same_question
from kaoguan.models import KeyPoint, Rubric, Source
from kaoguan.text.overlap import shingles

# Two wordings of one point share at least this much (Dice over their content).
_ALIKE = 0.5
# Where a document is unchanged, a rubric that mostly cites a question's lines is about this question.
_CITED = 0.5


def likeness(one: str, other: str) -> float:
    """Return how much content two texts share, 0-1."""
    left, right = shingles(one), shingles(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else float(one == other)


def find_old(new: Rubric, old: Mapping[str, Rubric]) -> str | None:
    """Return the id of the rubric among `old` that is about the same question as `new`."""
    for rubric_id, rubric in old.items():
        if same_question(rubric.question, new.question):
            return rubric_id
    scores = {rubric_id: max(_cited(rubric, new), _shared(rubric, new)) for rubric_id, rubric in old.items()}
    best = max(scores, key=lambda rubric_id: scores[rubric_id], default=None)
    return best if best is not None and scores[best] > _CITED else None


def _cited(rubric: Rubric, new: Rubric) -> float:
    """Return the share of a rubric's points whose lines stand in the answer that `new` was made from."""
    if not (rubric.source and new.source and rubric.source.sha256 == new.source.sha256 and new.source.sha256):
        return 0.0
    first, last = _reach(new)
    inside = [p for p in rubric.key_points if p.source and p.source.lines and first <= p.source.lines[0] <= last]
    return len(inside) / len(rubric.key_points)


def _reach(rubric: Rubric) -> tuple[int, int]:
    places = (rubric.source, *(point.source for point in rubric.key_points))
    lines = [place.lines for place in places if place and place.lines and place.document == _document(rubric)]
    return min((first for first, _ in lines), default=1), max((last for _, last in lines), default=0)


def _document(rubric: Rubric) -> str:
    return rubric.source.document if rubric.source else ""


def _shared(rubric: Rubric, new: Rubric) -> float:
    """Return the share of the new points that the old rubric has nearly word for word."""
    found = sum(any(likeness(p.text, old.text) > 0.7 for old in rubric.key_points) for p in new.key_points)
    return found / len(new.key_points) if len(new.key_points) > 1 else 0.0


def aligned(new: Sequence[KeyPoint], old: Sequence[KeyPoint], taken: Iterable[str]) -> tuple[KeyPoint, ...]:
    """Return the new points under the ids of the old ones they reword; others get ids that were never used."""
    pairs = sorted(
        ((_score(point, before), i, j) for i, point in enumerate(new) for j, before in enumerate(old)), reverse=True
    )
    found: dict[int, int] = {}
    for score, i, j in pairs:
        if score >= _ALIKE and i not in found and j not in found.values():
            found[i] = j
    used = {*taken, *(point.id for point in old)}
    named = []
    for i, point in enumerate(new):
        name = old[found[i]].id if i in found else _fresh(used)
        used.add(name)
        named.append(point.model_copy(update={"id": name}))
    return tuple(named)


def _score(point: KeyPoint, before: KeyPoint) -> float:
    # The same lines decide between wordings that are equally near, and carry a hand-reworded point over the threshold.
    return likeness(point.text, before.text) + 0.3 * _same_place(point.source, before.source)


def _same_place(one: Source | None, other: Source | None) -> bool:
    return bool(one and other and one.lines and (one.document, one.lines) == (other.document, other.lines))


def _fresh(used: set[str]) -> str:
    numbers = [int(name[1:]) for name in used if name[:1] == "p" and name[1:].isdecimal()]
    return f"p{max(numbers, default=0) + 1}"
