"""Words of an answer with what they stand under."""

from typing import NamedTuple

from kaoguan.distill.text.facets import Facet


class Statement(NamedTuple):
    """Words of the answer, the lines they stand on, and what they stand under."""

    text: str
    first: int
    last: int
    subject: str
    facet: Facet | None
    depth: int
    """0 in a paragraph or a list of the top level, more in lists within lists."""
    listed: bool
    title: str
    """The label of the list item around it, such as 「数据层面」."""
    lead: str = ""
    """The words that led into its list: 「常见的原因有：」."""
    column: str = ""
    """Of a table's cell: what it says of its `subject`; such a statement is one claim as it stands."""
    aside: bool = False
    """Whether it is told of another thing than the question asks about."""
    number: int | None = None
    """Of an item of a list with numbers."""
