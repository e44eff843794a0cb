"""DOCX: paragraphs, headings, tables, and lists with the numbers that a word processor would show.

Read with lxml: the libraries for this format drop the numbers of lists, which are how interview notes number questions.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaoguan.documents.document import Reason
from kaoguan.documents.docx.numbering import Numbering
from kaoguan.documents.docx.styles import Styles, W, number_of
from kaoguan.documents.extract import Extract
from kaoguan.documents.package import Archive
from kaoguan.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted text, the older copy of a drawing, and text boxes, which are read as paragraphs of their own.
_NOT_IN_LINE = frozenset({W + "del", W + "moveFrom", _FALLBACK, W + "txbxContent", W + "pPr", W + "rPr"})
_AROUND = re.compile(r"^word/(?:header|footer)\d*\.xml$")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def extract(name: str, archive: Archive, into: Extract) -> None:
    """Add the document's lines; page headers and footers as removed."""
    root = archive.xml("word/document.xml")
    if root is None:
        raise DocumentError(name, "is an archive, but neither a .docx nor an .epub", "unpack it, or save it as .docx")
    reader = _Reader(Styles(archive.xml("word/styles.xml")), Numbering(archive.xml("word/numbering.xml")), into)
    reader.read(root)
    for part in _NOTES:
        notes = archive.xml(part)
        if notes is not None:
            reader.read(notes)
    for part in sorted(filter(_AROUND.match, archive.names())):
        around = archive.xml(part)
        for paragraph in around.iter(W + "p") if around is not None else ():
            into.remove(_text(paragraph), Reason.REPEATED_HEADER)


class _Reader:
    """Adds the blocks of one part after another; the lists go on counting."""

    def __init__(self, styles: Styles, numbering: Numbering, into: Extract) -> None:
        self._styles = styles
        self._numbering = numbering
        self._into = into

    def read(self, parent: "_Element") -> None:
        """Add what an element holds. Recursion is bounded by the XML parser's 256 levels."""
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif (
                child.tag == W + "sdt" and child.find(f".//{W}docPartGallery[@{W}val='Table of Contents']") is not None
            ):
                for paragraph in child.iter(W + "p"):
                    self._into.remove(_text(paragraph), Reason.NAVIGATION)
            elif isinstance(child.tag, str) and child.tag not in _NOT_IN_LINE:
                self.read(child)

    def _paragraph(self, paragraph: "_Element") -> None:
        style = self._styles.of(paragraph)
        text = _text(paragraph)
        if style.is_contents:
            self._into.remove(text, Reason.NAVIGATION)
            return
        # An empty numbered paragraph still counts.
        marker = self._numbering.marker(number_of(paragraph) or style.number)
        if text.strip():
            if not marker or style.heading_level:
                self._into.gap()
            shown = (marker + text.strip("\n")) if not style.is_code else text
            self._into.add(shown, heading_level=style.heading_level, strong=_is_strong(paragraph), code=style.is_code)
            if style.heading_level:
                self._into.gap()
        for box in paragraph.iter(W + "txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None:
                self.read(box)

    def _table(self, table: "_Element") -> None:
        self._into.gap()
        for row in table.iterchildren(W + "tr"):
            cells = [[text for p in cell.iter(W + "p") if (text := _text(p).strip())] for cell in row.iter(W + "tc")]
            if all(len(cell) <= 1 for cell in cells):
                self._into.add(" | ".join(text.replace("\n", " ") for cell in cells for text in cell))
            else:
                # Paragraphs in a cell: the table is there for the layout.
                self.read(row)
        self._into.gap()


def _text(paragraph: "_Element") -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: "_Element") -> Iterator[str]:
    for child in element:
        if child.tag in {W + "t", _MATH_TEXT}:
            yield child.text or ""
        elif child.tag == W + "tab":
            yield "\t"
        elif child.tag in {W + "br", W + "cr"}:
            yield "\n"
        elif child.tag == W + "noBreakHyphen":
            yield "-"
        elif isinstance(child.tag, str) and child.tag not in _NOT_IN_LINE:
            yield from _pieces(child)


def _is_strong(paragraph: "_Element") -> bool:
    runs = [run for run in paragraph.iter(W + "r") if any((text.text or "").strip() for text in run.iter(W + "t"))]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: "_Element") -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    return bold is not None and bold.get(W + "val") not in {"0", "false", "none"}
