"""PDF: its text in reading order, with pages; columns told apart, running heads listed as removed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from kaoguan.documents.document import Reason
from kaoguan.documents.extract import Extract
from kaoguan.documents.pdf import layout, paragraphs
from kaoguan.errors import DocumentError

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
    pages = [layout.lines([layout.Run(*run) for run in runs], height) for height, runs in _pages(name, content)]
    if not any(page for page in pages):
        raise DocumentError(name, "holds no text, only images", "run text recognition (OCR) on it first")
    running = layout.running_heads(pages)
    size = layout.body_size(pages)
    for number, page in enumerate(pages, 1):
        for line in page:
            if line in running[number - 1]:
                into.remove(line.text, Reason.REPEATED_HEADER, page=number)
    kept = [[line for line in page if line not in gone] for page, gone in zip(pages, running, strict=True)]
    for paragraph in paragraphs.join(kept, size):
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
