"""Jupyter notebooks: the Markdown cells as Markdown, code cells as code; what a cell printed is left out."""

import json
from collections.abc import Iterator

from kaoguan.documents import markdown
from kaoguan.documents.extract import Extract
from kaoguan.errors import DocumentError


def extract(name: str, text: str, into: Extract) -> None:
    """Add a notebook's lines, numbered in reading order. Raises DocumentError where the file is no notebook."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise DocumentError(name, "is no notebook (its JSON is broken)", "save it again in Jupyter") from None
    if not isinstance(notebook, dict):
        raise DocumentError(name, "is no notebook", "save it again in Jupyter")
    # Notebooks of version 3 keep their cells in worksheets.
    sheets = notebook.get("worksheets")
    holders = [sheet for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
    markdown.extract("\n\n".join(part for holder in (notebook, *holders) for part in _cells(holder)), into)


def _cells(holder: dict[str, object]) -> Iterator[str]:
    cells = holder.get("cells")
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict):
            continue
        source = _joined(cell.get("source", cell.get("input", "")))
        if cell.get("cell_type") in {"markdown", "heading"}:
            level = cell.get("level")
            yield f"{'#' * level} {source}" if isinstance(level, int) and 1 <= level <= 6 else source
        elif cell.get("cell_type") == "code" and source.strip():
            yield f"~~~~~~\n{source}\n~~~~~~"


def _joined(source: object) -> str:
    """Return a cell's text: one string, or a list of lines with their line ends."""
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))
