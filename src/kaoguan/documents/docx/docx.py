"""DOCX: paragraphs, headings, tables, and lists with the numbers that a word processor would show.

Read with lxml: the libraries for this format drop the numbers of lists, which are how interview notes number questions.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kaoguan.documents.document import RemovalReason
from kaoguan.documents.docx import equations
from kaoguan.documents.docx.styles import Number, Styles, W, number_of, value
from kaoguan.documents.extract import Extract
from kaoguan.documents.package import Archive
from kaoguan.documents.pictures import PICTURE
from kaoguan.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

_EQUATIONS = frozenset({equations.M + "oMath", equations.M + "oMathPara"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted text, the older copy of a drawing, and text boxes, which are read as paragraphs of their own.
_NOT_IN_LINE = frozenset({W + "del", W + "moveFrom", _FALLBACK, W + "txbxContent", W + "pPr", W + "rPr"})
_PICTURES = frozenset({W + "drawing", W + "pict"})
_BLIPS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_AROUND = re.compile(r"^word/(?:header|footer)\d*\.xml$")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


_DIGITS = "零一二三四五六七八九"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


class _Level(NamedTuple):
    format: str
    text: str
    start: int


class Numbering:
    """The lists of one document, counting as their paragraphs come by."""

    def __init__(self, numbering: "_Element | None") -> None:
        self._lists: dict[str, tuple[str, list[_Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is None:
            return
        shapes = {shape.get(W + "abstractNumId"): _levels(shape) for shape in numbering.iterfind(f"{W}abstractNum")}
        for found in numbering.iterfind(f"{W}num"):
            shape = value(found, f"{W}abstractNumId") or ""
            list_id = found.get(W + "numId") or ""
            # A list with a start of its own counts for itself; the others of a shape go on counting together.
            own = found.find(f"{W}lvlOverride/{W}startOverride") is not None
            self._lists[list_id] = (f"own {list_id}" if own else shape, shapes.get(shape, []))

    def marker(self, number: Number | None) -> str:
        """Return the marker in front of the next paragraph of a list, indented by its level; "" outside lists."""
        if number is None or number.list_id not in self._lists:
            return ""
        key, levels = self._lists[number.list_id]
        if number.level >= len(levels):
            return ""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        current, level = counts[number.level], levels[number.level]
        counts[number.level] = level.start if current is None else current + 1
        counts[number.level + 1 :] = [None] * (_LEVELS - number.level - 1)
        indent = "  " * number.level
        if level.format == "bullet":
            return f"{indent}- "
        if level.format == "none" or not level.text:
            return indent
        shown = re.sub(r"%([1-9])", lambda place: _part(levels, counts, int(place[1]) - 1), level.text)
        return f"{indent}{shown.strip()} "


def _levels(shape: "_Element") -> list[_Level]:
    found = []
    for level in shape.iterfind(f"{W}lvl"):
        start = value(level, f"{W}start") or "1"
        found.append(
            _Level(
                value(level, f"{W}numFmt") or "decimal",
                (value(level, f"{W}lvlText") or "")[:20],
                int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1,
            )
        )
    return found[:_LEVELS]


def _part(levels: list[_Level], counts: list[int | None], place: int) -> str:
    if place >= len(levels):
        return ""
    count = counts[place]
    return _shown(levels[place].start if count is None else count, levels[place].format)


def _shown(count: int, format_: str) -> str:
    if format_ in {"lowerLetter", "upperLetter"} and count >= 1:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in {"lowerRoman", "upperRoman"} and 1 <= count < 90:
        roman = _roman(count)
        return roman.upper() if format_ == "upperRoman" else roman
    if ("chinese" in format_.lower() or "ideograph" in format_.lower()) and count < 100:
        return _chinese(count)
    return str(count)


def _roman(count: int) -> str:
    shown = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            shown, count = shown + letters, count - worth
    return shown


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


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
            into.remove(_text(paragraph), RemovalReason.REPEATED_HEADER)


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
                    self._into.remove(_text(paragraph), RemovalReason.NAVIGATION)
            elif isinstance(child.tag, str) and child.tag not in _NOT_IN_LINE:
                self.read(child)

    def _paragraph(self, paragraph: "_Element") -> None:
        style = self._styles.of(paragraph)
        text = _text(paragraph)
        if style.is_contents:
            self._into.remove(text, RemovalReason.NAVIGATION)
            return
        # An empty numbered paragraph still counts.
        marker = self._numbering.marker(number_of(paragraph) or style.number)
        if text.strip(f" \n\t{PICTURE}"):
            if not marker or style.heading_level:
                self._into.gap()
            shown = (marker + text.strip("\n")) if not style.is_code else text
            self._into.add(shown, heading_level=style.heading_level, strong=_is_strong(paragraph), code=style.is_code)
            if style.heading_level:
                self._into.gap()
        elif PICTURE in text:
            self._into.add(PICTURE)
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
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _EQUATIONS:
            yield f" {equations.plain(child)} "
        elif child.tag == W + "tab":
            yield "\t"
        elif child.tag in {W + "br", W + "cr"}:
            yield "\n"
        elif child.tag == W + "noBreakHyphen":
            yield "-"
        elif child.tag in _PICTURES and any(child.find(f".//{blip}") is not None for blip in _BLIPS):
            yield PICTURE
        elif isinstance(child.tag, str) and child.tag not in _NOT_IN_LINE:
            yield from _pieces(child)


def _is_strong(paragraph: "_Element") -> bool:
    runs = [run for run in paragraph.iter(W + "r") if any((text.text or "").strip() for text in run.iter(W + "t"))]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: "_Element") -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    return bold is not None and bold.get(W + "val") not in {"0", "false", "none"}
