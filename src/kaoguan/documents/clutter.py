"""Boilerplate told from content: which lines a web page, a publisher or a printer put around what is taught."""

from collections.abc import Sequence

from kaoguan.documents.document import Line, Removed


def clean(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    """Return the lines that are content, and the others with the reason they are not."""
    return tuple(lines), ()
