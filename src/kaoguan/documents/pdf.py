"""PDF: its text in reading order, with pages; columns told apart, running heads listed as removed.

PDFium only hands out characters and where they stand: no form is filled, no script run, no link followed.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaoguan.documents import layout, paragraphs
from kaoguan.documents.document import Reason
from kaoguan.documents.extract import Extract
from kaoguan.documents.layout import Run
from kaoguan.errors import DocumentError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MOST_PAGES = 3_000
# A page of the densest print has some 10 000 characters; more than this is not for reading.
MOST_PAGE_CHARACTERS = 200_000
# A gap this many times the height of the letters is the space between two columns or cells.
_WIDE_GAP = 1.6
_BOLD = 600
# What PDFium reports for a hyphen at the end of a line.
_HYPHEN = {0x02: "-", 0xFFFE: "-"}


def extract(name: str, content: bytes, into: Extract) -> None:
    """Add the document's lines; DocumentError where it is protected, damaged or holds no text."""
    # pypdfium2 costs 0.05 s and 8 MB, and most documents are no PDF.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(name, "is protected by a password", "save a copy without one") from None
        raise DocumentError(
            name, "is damaged, or no PDF", "open it in a PDF reader and print it to a new file"
        ) from None
    try:
        pages = _pages(name, document)
    finally:
        document.close()
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


def _pages(name: str, document: "PdfDocument") -> list[list[layout.TextLine]]:
    import pypdfium2  # deferred for the same reason

    count = len(document)
    if count > MOST_PAGES:
        raise DocumentError(name, f"has more than {MOST_PAGES} pages", "split it")
    pages: list[list[layout.TextLine]] = []
    for number in range(count):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            # One broken page must not cost the others.
            pages.append([])
            continue
        try:
            pages.append(layout.lines(list(_runs(text)), page.get_height()))
        finally:
            text.close()
            page.close()
    return pages


def _runs(page: "PdfTextPage") -> Iterator[Run]:
    """Yield the pieces of a page's text between line ends and wide gaps, in the order in which they were written."""
    import ctypes

    from pypdfium2 import raw  # deferred for the same reason

    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    run: list[str] = []
    left = right = bottom = top = 0.0
    bold = False
    for index in range(min(page.count_chars(), MOST_PAGE_CHARACTERS)):
        character = _HYPHEN.get(code := raw.FPDFText_GetUnicode(page, index), chr(code))
        if character in "\r\n\0":
            if run:
                yield Run(_whole(run), left, right, bottom, top, bold)
                run = []
            continue
        if not raw.FPDFText_GetLooseCharBox(page, index, pointer) or character.isspace():
            if run:
                run.append(" ")
            continue
        height = box.top - box.bottom
        elsewhere = abs(box.bottom - bottom) > height or box.left - right > _WIDE_GAP * height or box.left < left
        if run and elsewhere:
            yield Run(_whole(run), left, right, bottom, top, bold)
            run = []
        if not run:
            left, bottom, top = box.left, box.bottom, box.top
            bold = _is_bold(page, index)
        run.append(character)
        right = box.right
        bottom, top = min(bottom, box.bottom), max(top, box.top)
    if run:
        yield Run(_whole(run), left, right, bottom, top, bold)


def _is_bold(page: "PdfTextPage", index: int) -> bool:
    import ctypes

    from pypdfium2 import raw  # deferred for the same reason

    if raw.FPDFText_GetFontWeight(page, index) >= _BOLD:
        return True
    # The standard fonts carry no weight, but their names say it.
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(page, index, name, len(name), None)
    return b"Bold" in name.value or b"Heavy" in name.value


def _whole(characters: list[str]) -> str:
    """Return characters as text; those beyond U+FFFF come in halves."""
    return "".join(characters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
