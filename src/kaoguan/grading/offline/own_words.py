"""Answers made of the rubric's own words: recited key points, or the reference answer."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.text.letters import letters


class OwnWords(NamedTuple):
    """The letters of each key point, and of each stretch of the rubric that states what is right, longest first.

    Where clauses part depends on their neighbours ("避免：" joins one of them); letters do not.
    """

    points: tuple[str, ...]
    stretches: tuple[str, ...]

    @classmethod
    def of(cls, points: Sequence[str], stretches: Sequence[str]) -> "OwnWords":
        """Take readable texts: of the key points, and of clauses of reference answer and key points."""
        whole = tuple(letters(point) for point in points)
        every = {*whole, *map(letters, stretches)} - {""}
        return cls(whole, tuple(sorted(every, key=lambda stretch: (-len(stretch), stretch))))

    def made_of(self, text: str) -> bool:
        """Return whether nothing but the rubric's own words stands in a readable text."""
        rest = letters(text)
        for stretch in self.stretches:
            rest = rest.replace(stretch, "\n")
        return not rest.strip("\n")

    def stated(self, text: str) -> Iterator[int]:
        """Yield which key points stand in a readable text word for word."""
        said = letters(text)
        return (i for i, point in enumerate(self.points) if point and point in said)
