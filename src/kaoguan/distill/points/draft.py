"""A key point before it is worded."""

from typing import Literal, NamedTuple

from kaoguan.distill.text.facets import Facet


class Draft(NamedTuple):
    """A key point to be worded: what is said, of what, and how much it matters."""

    text: str
    subject: str
    facet: Facet | None
    weight: Literal[1, 2, 3]
    first: int
    last: int
    variants: tuple[str, ...] = ()
    """Other wordings of the same claim in the document."""
    title: str = ""
    """The label in front of the claim, which a follow-up must not name."""
    column: str = ""
    """Of a table's cell: what it says of its subject."""
    listed: bool = False
    """Whether it is an item of a list or a cell, and not told in passing."""
    aside: bool = False
    """Whether it is told of another thing than the question asks about: a note, and no point."""
