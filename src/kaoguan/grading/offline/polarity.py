"""Which way round a claim is: its attributes, negators, and which entity each attribute is said of."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from kaoguan.grading.offline.contrast import Contrast, bound
from kaoguan.grading.offline.lexicon import Sided, lexicon
from kaoguan.grading.offline.overlap import placed_units

# An entity named this many characters back still owns what follows ("L1 ……，它会……").
CARRY = 120


class Profile(NamedTuple):
    """The direction of a text: signs per attribute axis, per entity axis, and per (entity, attribute) pair."""

    attributes: Mapping[int, int]
    entities: Mapping[int, int]
    bindings: Mapping[tuple[int, int], int]
    carried: Mapping[int, int]
    negators: int
    said_of: Mapping[tuple[int, str], int]


class Comparison(NamedTuple):
    """How a window's direction compares with a claim's: counts of axes that agree and that conflict."""

    agree: int
    conflict: int
    bound_agree: int
    bound_conflict: int
    entity_agree: int
    entity_conflict: int
    said_agree: int
    said_conflict: int
    odd_negation: int
    more_negators: int

    @property
    def net(self) -> float:
        """Return agreement less conflict; negative when the window says the claim the wrong way round."""
        against = 1.5 * (self.conflict + self.bound_conflict) + self.entity_conflict + 0.5 * self.odd_negation
        return self.agree + self.bound_agree + self.entity_agree - against


class Scan(NamedTuple):
    """Every telling word of a text with its place, found once; stretches of the text are then profiled from it."""

    attributes: list[Sided]
    entities: list[Sided]
    negators: list[int]
    units: list[tuple[int, str]]

    @classmethod
    def of(cls, text: str, contrast: Contrast) -> "Scan":
        """Return the scan of a normalised text."""
        words = lexicon()
        negators = words.negators(text)
        return cls(
            attributes=words.attributes_in(text, negators),
            entities=contrast.entities_in(text),
            negators=[start for start, _ in negators],
            units=placed_units(text),
        )

    def profile(self, start: int, end: int) -> Profile:
        """Return the direction of the stretch, in which what was named shortly before still counts."""
        attributes, entities = _between(self.attributes, start, end), _between(self.entities, start, end)
        carried = {found.axis: found.side for found in _between(self.entities, start - CARRY, start)}
        units = self.units[bisect_left(self.units, (start,)) : bisect_left(self.units, (end,))]
        return Profile(
            attributes=_signs(attributes),
            entities=_signs(entities),
            bindings=_bindings(attributes, entities, carried),
            carried=carried,
            negators=bisect_left(self.negators, end) - bisect_left(self.negators, start),
            said_of=bound(units, entities, carried),
        )


def profile(text: str, contrast: Contrast) -> Profile:
    """Return the direction of a whole normalised text."""
    return Scan.of(text, contrast).profile(0, len(text))


def compare(claim: Profile, window: Profile) -> Comparison:
    """Return where the window agrees with the claim and where it says the opposite."""
    shared = [sign * window.attributes.get(axis, 0) for axis, sign in claim.attributes.items()]
    bound = [sign * window.bindings.get(pair, 0) for pair, sign in claim.bindings.items()]
    named = [
        sign * (window.entities.get(axis, 0) or window.carried.get(axis, 0)) for axis, sign in claim.entities.items()
    ]
    said = [side * window.said_of.get(pair, 0) for pair, side in claim.said_of.items()]
    return Comparison(
        agree=sum(product > 0 for product in shared),
        conflict=sum(product < 0 for product in shared),
        bound_agree=min(3, sum(product > 0 for product in bound)),
        bound_conflict=min(3, sum(product < 0 for product in bound)),
        entity_agree=sum(product > 0 for product in named),
        entity_conflict=sum(product < 0 for product in named),
        said_agree=min(8, sum(product > 0 for product in said)),
        said_conflict=min(8, sum(product < 0 for product in said)),
        odd_negation=(claim.negators + window.negators) % 2,
        more_negators=max(-2, min(3, window.negators - claim.negators)),
    )


def _between(found: list[Sided], start: int, end: int) -> list[Sided]:
    return found[bisect_left(found, (start,)) : bisect_left(found, (end,))]


def _signs(found: list[Sided]) -> dict[int, int]:
    totals: dict[int, int] = {}
    for word in found:
        totals[word.axis] = totals.get(word.axis, 0) + word.side
    return {axis: (total > 0) - (total < 0) for axis, total in totals.items()}


def _bindings(attributes: list[Sided], entities: list[Sided], carried: Mapping[int, int]) -> dict[tuple[int, int], int]:
    current = dict(carried)
    totals: dict[tuple[int, int], int] = {}
    ordered = sorted([(word.start, 0, word) for word in entities] + [(word.start, 1, word) for word in attributes])
    for _, kind, word in ordered:
        if kind == 0:
            current[word.axis] = word.side
            continue
        for axis, side in current.items():
            totals[axis, word.axis] = totals.get((axis, word.axis), 0) + side * word.side
    return {pair: (total > 0) - (total < 0) for pair, total in totals.items()}
