"""The two things a question sets against each other ("随机森林与 GBDT 有什么区别"), and what is said of which."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from kaoguan.grading.offline.lexicon import Sided, lexicon

_BETWEEN = re.compile(r"与|和|跟|及|、|,|/|还是|而不是|而不用|相比|\bvs\.?\b|\bversus\b|\band\b|\bor\b|\bover\b")
# Longer names than this are not names.
_LONGEST = 24
# The axis number of the question's own pair; the lexicon's axes count from 0.
OWN_AXIS = -1


class Contrast(NamedTuple):
    """Finds a rubric's entities: the pair its question names, if any, and the lexicon's."""

    first: str
    second: str

    def entities_in(self, text: str) -> list[Sided]:
        """Return the entities of a normalised text in order."""
        found = lexicon().entities_in(text)
        for name, side in ((self.first, 1), (self.second, -1)):
            if name:
                found += [Sided(match.start(), OWN_AXIS, side) for match in re.finditer(re.escape(name), text)]
        return sorted(found)


def contrast(question: str, reference: str) -> Contrast:
    """Return the pair around the question's first conjunction whose both sides the reference answer names."""
    for match in _BETWEEN.finditer(question):
        before, after = question[: match.start()].rstrip(), question[match.end() :].lstrip()
        first = next((name for name in _endings(before) if name in reference), "")
        second = next((name for name in _beginnings(after) if name in reference), "")
        if first and second and first not in second and second not in first:
            return Contrast(first, second)
    return Contrast("", "")


def _endings(text: str) -> list[str]:
    cuts = [text[-n:] for n in range(min(_LONGEST, len(text)), 1, -1)]
    return [cut for cut in cuts if _whole(text[: len(text) - len(cut)][-1:], cut[0]) and cut[0].isalnum()]


def _beginnings(text: str) -> list[str]:
    cuts = [text[:n] for n in range(min(_LONGEST, len(text)), 1, -1)]
    return [cut for cut in cuts if _whole(cut[-1], text[len(cut) : len(cut) + 1]) and cut[-1].isalnum()]


def _whole(before: str, after: str) -> bool:
    """Return whether a cut between the two characters splits no Latin word."""
    return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


def bound(
    units: list[tuple[int, str]], entities: list[Sided], carried: Mapping[int, int]
) -> dict[tuple[int, str], int]:
    """Return for each axis and lexical unit which side it is said of: the entity named last before it."""
    current = dict(carried)
    waiting = list(entities)
    sides: dict[tuple[int, str], int] = {}
    for start, unit in units:
        while waiting and waiting[0].start <= start:
            entity = waiting.pop(0)
            current[entity.axis] = entity.side
        for axis, side in current.items():
            sides[axis, unit] = side if sides.get((axis, unit), side) == side else 0
    return sides
