"""PDF: its text in reading order, with pages; columns told apart, running heads listed as removed."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kaoguan.documents.clutter.signs import narrow
from kaoguan.documents.document import RemovalReason
from kaoguan.documents.extract import Extract
from kaoguan.documents.pdf import layout
from kaoguan.documents.pdf.layout import TextLine
from kaoguan.errors import DocumentError
from kaoguan.text.script import FULL_WIDTH

# 200 pages of full text take some 5 s; a page can be made to take for ever.
LONGEST_SECONDS = 120
_PROCESS = Path(__file__).with_name("process.py")
_PROBLEMS = {
    "password": ("is protected by a password", "save a copy without one"),
    "damaged": ("is damaged, or no PDF", "open it in a PDF reader and print it to a new file"),
    "pages": ("has more than 2000 pages", "split it"),
}


def extract(name: str, content: bytes, into: Extract) -> None:
    """Add the document's lines; DocumentError where it is protected, damaged, endless or holds no text."""
    pages = [
        layout.text_lines([layout.GlyphRun(*run) for run in runs], height) for height, runs in _pages(name, content)
    ]
    if not any(page for page in pages):
        raise DocumentError(name, "holds no text, only images", "run text recognition (OCR) on it first")
    running = layout.running_heads(pages)
    size = layout.body_size(pages)
    for number, page in enumerate(pages, 1):
        for line in page:
            if line in running[number - 1]:
                into.remove(line.text, RemovalReason.REPEATED_HEADER, page=number)
    kept = [[line for line in page if line not in gone] for page, gone in zip(pages, running, strict=True)]
    for paragraph in join_lines(kept, size):
        if paragraph.starts_block:
            into.gap(page=paragraph.page)
        into.add(paragraph.text, page=paragraph.page, heading_level=paragraph.heading_level, strong=paragraph.strong)


def _pages(name: str, content: bytes) -> list[tuple[float, list[list[Any]]]]:
    """Return each page's height and runs, as the process that opened the PDF reports them."""
    try:
        # -P: nothing is imported from the folder the user happens to stand in.
        process = subprocess.run(  # noqa: S603 (our own file, by our own Python)
            [sys.executable, "-P", str(_PROCESS)],
            input=content,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(
            name, f"takes more than {LONGEST_SECONDS} seconds to read", "print it to a new file"
        ) from None
    try:
        found = json.loads(process.stdout)
    except ValueError:
        found = {}
    if process.returncode or "pages" not in found:
        raise DocumentError(name, *_PROBLEMS[found.get("problem", "damaged")])
    pages: list[tuple[float, list[list[Any]]]] = found["pages"]
    return pages


class Paragraph(NamedTuple):
    """A paragraph, heading or list item, and the page it begins on."""

    text: str
    page: int
    heading_level: int | None
    strong: bool
    starts_block: bool


_MARKER = re.compile(
    r"^(?:[-*•·●▪◦–]\s|[((]?\d{1,3}(?:\.\d{1,3})*[.、))]\s?(?!\d)|\d{1,3}(?:\.\d{1,3})+\s|[((]?[一二三四五六七八九十]{1,3}[、.))]"
    r"|[QA]\d*\s*[::.]|[问答]\s*[::]|第.{1,4}[章节题条部])",
)
_STOP = re.compile(r"[。!?!?.::;;]\W?$")
_ENDS = ("?", "\uff1f", ":", "\uff1a")
_CJK = re.compile(f"[{FULL_WIDTH}]")
# Letters this much taller than the body's make a heading; that many distinct sizes are told apart.
_TALLER = 1.12
_DEEPEST_HEADING = 4
_LONGEST_HEADING = 80
# Lines further apart than this many line heights are separate paragraphs.
_LINE_GAP = 1.75


def join_lines(pages: Sequence[Sequence[TextLine]], size: float) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document whose body is set in letters of this height."""
    levels = _levels(pages, size)
    open_: list[TextLine] = []
    began = 1
    starts = True
    for number, page in enumerate(pages, 1):
        for line in page:
            if open_ and _goes_on(open_[-1], line, levels):
                open_.append(line)
                continue
            if open_:
                yield _paragraph(open_, began, levels, starts)
                starts = _is_apart(open_[-1], line)
            open_, began = [line], number
    if open_:
        yield _paragraph(open_, began, levels, starts)


def _levels(pages: Sequence[Sequence[TextLine]], size: float) -> dict[float, int]:
    """Return the heading level of each letter height that is taller than the body's."""
    sizes = sorted(
        {round(line.size, 1) for page in pages for line in page if line.size > size * _TALLER and _is_short(line)},
        reverse=True,
    )
    return {size: min(level, _DEEPEST_HEADING) for level, size in enumerate(sizes, 1)}


def _is_short(line: TextLine) -> bool:
    return len(line.text) <= _LONGEST_HEADING


def _level(line: TextLine, levels: dict[float, int]) -> int | None:
    return levels.get(round(line.size, 1)) if _is_short(line) else None


def _goes_on(line: TextLine, following: TextLine, levels: dict[float, int]) -> bool:
    """Return whether a line was wrapped into the following one."""
    # Whatever comes after a question or a colon begins something new.
    if _MARKER.match(narrow(following.text)) or line.text.endswith(_ENDS) or line.bold != following.bold:
        return False
    if _level(line, levels) != _level(following, levels):
        return False
    same_column = following.top < line.top
    if same_column and _is_apart(line, following):
        return False
    first_word = following.text.split(" ", 1)[0]
    # In Chinese a line breaks at any character; elsewhere before a word that did not fit.
    fitting = 2 if _CJK.match(first_word) else len(first_word) + 1
    width = (following.right - following.left) / max(1, len(following.text))
    was_full = line.edge - line.right < fitting * width + line.size * 0.5
    if same_column:
        return was_full
    return was_full and not _STOP.search(narrow(line.text))


def _is_apart(line: TextLine, following: TextLine) -> bool:
    return line.bottom - following.bottom > _LINE_GAP * max(line.size, following.size) or following.top >= line.top


def _paragraph(lines: Sequence[TextLine], page: int, levels: dict[float, int], starts: bool) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text = _mended(text, line.text)
    level = _level(lines[0], levels)
    return Paragraph(text, page, level, lines[0].bold, starts or level is not None)


def _mended(text: str, following: str) -> str:
    """Return two lines as one: no space between Chinese, no hyphen inside a word."""
    if re.search(r"[A-Za-z]{2}[-\u00ad\u2010]$", text) and re.match(r"[a-z]{2}", following):
        return text[:-1] + following
    if _CJK.match(text[-1:]) or _CJK.match(following):
        return text + following
    return f"{text} {following}"
