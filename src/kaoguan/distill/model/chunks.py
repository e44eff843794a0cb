"""A long document in stretches that a language model can read at once, cut between questions wherever possible."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.documents import Document, Line
from kaoguan.text.script import is_chinese

CHUNK_LENGTH = 6_000
"""Characters of a chunk: a few questions with their answers, and a reply of about the same length."""


class Chunk(NamedTuple):
    """Neighbouring lines of a document, and the question that an answer at their start belongs to."""

    document: Document
    lines: tuple[Line, ...]
    running: str


def chunks(document: Document, longest: int = CHUNK_LENGTH) -> list[Chunk]:
    """Return the document in chunks; every line with text is in exactly one."""
    chinese = is_chinese("".join(line.text for line in document.lines))
    asked = {s.block.first: s.question for s in sections(blocks(document.lines), chinese)}
    found: list[Chunk] = []
    start, running = 0, ""
    lines = document.lines
    while start < len(lines):
        end = _end(lines, start, asked.keys(), longest)
        taken = lines[start:end]
        if any(line.text.strip() for line in taken):
            carried = "" if taken[0].number in asked else running
            found.append(Chunk(document, tuple(taken), carried))
        running = next((asked[line.number] for line in reversed(taken) if line.number in asked), running)
        start = end
    return found


def _end(lines: Sequence[Line], start: int, questions: Collection[int], longest: int) -> int:
    """Return where a chunk ends: before the last question in reach, else the last heading or empty line, else full."""
    size, end = 0, start
    while end < len(lines) and (end == start or size + len(lines[end].text) < longest):
        size += len(lines[end].text) + 8
        end += 1
    if end == len(lines):
        return end
    half = start + max(1, (end - start) // 2)
    marks: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.number in questions,
        lambda line: line.heading_level is not None,
        lambda line: not line.text.strip(),
    )
    for opens in marks:
        place = next((i for i in range(end, half - 1, -1) if i < len(lines) and opens(lines[i])), None)
        if place is not None:
            return place
    return end
