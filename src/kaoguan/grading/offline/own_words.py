"""Answers made of the rubric's own words: recited key points, or the reference answer."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kaoguan.text.letters import letters


class OwnWords(NamedTuple):
    """The letters of each key point and of its clauses, and of each stretch that states what is right, longest first.

    Where clauses part depends on their neighbours ("避免：" joins one of them); letters do not.
    """

    points: tuple[str, ...]
    clauses: tuple[tuple[str, ...], ...]
    stretches: tuple[str, ...]

    @classmethod
    def of(cls, points: Sequence[str], clauses: Sequence[Sequence[str]], reference: Iterable[str]) -> "OwnWords":
        """Take readable texts: the key points, the clauses of each, and the clauses of the reference answer."""
        whole = tuple(letters(point) for point in points)
        parts = tuple(tuple(letters(clause) for clause in some) for some in clauses)
        every = {*whole, *chain.from_iterable(parts), *map(letters, reference)} - {""}
        return cls(whole, parts, tuple(sorted(every, key=lambda stretch: (-len(stretch), stretch))))

    def made_of(self, text: str) -> bool:
        """Return whether nothing but the rubric's own words stands in a readable text."""
        rest = letters(text)
        for stretch in self.stretches:
            rest = rest.replace(stretch, "\n")
        return not rest.strip("\n")

    def stated(self, text: str) -> Iterator[int]:
        """Yield which key points stand in a readable text word for word.

        What an answer says a second time is not read, so a clause that two key points share stands there once.
        """
        said = letters(text)
        for i, (point, clauses) in enumerate(zip(self.points, self.clauses, strict=True)):
            if point and (point in said or (clauses and all(clause in said for clause in clauses))):
                yield i
