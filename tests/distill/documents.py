"""Documents for tests, made of text."""

import hashlib
from functools import cache

from kaoguan.distill import Distilled, OfflineDistiller
from kaoguan.documents import Document, Line


@cache
def distiller() -> OfflineDistiller:
    """Return the one distiller of all tests: it keeps its encoder."""
    return OfflineDistiller()


def document(text: str, name: str = "notes.txt") -> Document:
    """Return the text as a document; a line that starts with `#` is a heading of that level."""
    lines = []
    for number, line in enumerate(text.strip("\n").split("\n"), start=1):
        level = len(line) - len(line.lstrip("#"))
        lines.append(Line(number=number, text=line.lstrip("# ") if level else line, heading_level=level or None))
    return Document(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), lines=tuple(lines))


def distilled(*texts: str) -> Distilled:
    """Return what the offline distiller makes of these documents: a.txt, b.txt …"""
    names = (f"{letter}.txt" for letter in "abcdefgh")
    return distiller().distill([document(text, name) for text, name in zip(texts, names, strict=False)])
