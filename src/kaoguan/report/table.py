"""Tables on a terminal: plain columns without lines, as every command draws them."""

from typing import NamedTuple

from rich.table import Table


class Column(NamedTuple):
    """A column: numbers stand right; what folds takes the lines it needs, else one line is enough or cut at `most`."""

    title: str = ""
    right: bool = False
    folds: bool = False
    most: int | None = None


def table(*columns: Column, title: str = "", gap: int = 1) -> Table:
    """Return an empty table; `gap` is the room between two columns."""
    made = Table(
        title=title or None,
        title_justify="left",
        box=None,
        header_style="bold",
        pad_edge=False,
        padding=(0, gap, 0, 0) if gap > 1 else (0, 1),
    )
    for column in columns:
        made.add_column(
            column.title,
            justify="right" if column.right else "left",
            no_wrap=not column.folds,
            overflow="fold" if column.folds else "ellipsis",
            max_width=column.most,
        )
    return made
