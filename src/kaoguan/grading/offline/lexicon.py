"""The words that turn a claim round: attributes, entities and negators, read from `data/polarity.txt`."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Sided(NamedTuple):
    """A word found in a text: where, on which axis, and on which side (+1 or -1)."""

    start: int
    axis: int
    side: int


@dataclass(frozen=True)
class Lexicon:
    """Finds attribute, entity and negator words in a normalised text."""

    attributes: dict[str, tuple[tuple[int, int], ...]]
    entities: dict[str, tuple[tuple[int, int], ...]]
    function_words: frozenset[str]
    empty_words: frozenset[str]
    empty_pattern: re.Pattern[str]
    attribute_pattern: re.Pattern[str]
    entity_pattern: re.Pattern[str]
    negator_pattern: re.Pattern[str]
    not_negators: frozenset[str]

    def negators(self, text: str) -> list[tuple[int, int]]:
        """Return where negators stand, as (start, end)."""
        return [match.span() for match in self.negator_pattern.finditer(text) if match[0] not in self.not_negators]

    def attributes_in(self, text: str, negators: list[tuple[int, int]]) -> list[Sided]:
        """Return the attributes in order; a negator at most 3 characters before one turns its side round."""
        found = []
        for match in self.attribute_pattern.finditer(text):
            start = match.start()
            turned = any(begin < start and 0 <= start - end <= 3 for begin, end in negators)
            for axis, side in self.attributes.get(match[0], ()):
                found.append(Sided(start, axis, -side if turned else side))
        return found

    def entities_in(self, text: str) -> list[Sided]:
        """Return the entities in order."""
        matches = self.entity_pattern.finditer(text)
        return [Sided(match.start(), axis, side) for match in matches for axis, side in self.entities[match[0]]]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the package."""
    sections = _sections(files(__package__).joinpath("data", "polarity.txt").read_text("utf-8"))
    attributes, entities = _axes(sections["attributes"]), _axes(sections["entities"])
    negators, not_negators = _words(sections["negators"]), _words(sections["not negators"])
    return Lexicon(
        attributes=attributes,
        entities=entities,
        function_words=frozenset(_words(sections["function words"])),
        empty_words=frozenset(_words(sections["empty words"])),
        empty_pattern=_pattern([word for word in _words(sections["empty words"]) if word[0] > "\u2e80"]),
        attribute_pattern=_pattern([*attributes, *_words(sections["neutral"]), *not_negators]),
        entity_pattern=_pattern(list(entities)),
        negator_pattern=_pattern(negators + not_negators),
        not_negators=frozenset(not_negators),
    )


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = []
        elif line and not line.startswith("#"):
            sections[name].append(line)
    return sections


def _words(lines: list[str]) -> list[str]:
    return [word.replace("_", " ") for line in lines for word in line.split()]


def _axes(lines: list[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    table: dict[str, tuple[tuple[int, int], ...]] = {}
    for axis, line in enumerate(lines):
        left, right = line.split(" / ")
        for words, side in ((left, 1), (right, -1)):
            for word in _words([words]):
                table[word] = (*table.get(word, ()), (axis, side))
    return table


def _pattern(words: list[str]) -> re.Pattern[str]:
    # Longest first, so that 不适合 is found before 适合; Latin words only whole. Grouped by their first characters,
    # which are looked for first: trying every word at every place takes ten times as long.
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = []
    for first, ends in tails.items():
        found = rf"{re.escape(first)}(?:{'|'.join(ends)})"
        groups.append(rf"(?<![a-z])(?:{found})(?![a-z])" if first < "\u2e80" else found)
    return re.compile(f"(?=[{''.join(map(re.escape, tails))}])(?:{'|'.join(groups)})")
