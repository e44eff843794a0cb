"""Documents of our own making, in every format."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kaoguan.documents import Document, read

Placed = tuple[float, float, str]


@pytest.fixture
def reading(tmp_path: Path) -> Callable[[str, bytes | str], Document]:
    """Write a file of this name and content, and read it."""

    def written(name: str, content: bytes | str) -> Document:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path)

    return written


def texts(document: Document) -> list[str]:
    """The lines that say something."""
    return [line.text for line in document.lines if line.text]


def pdf(
    path: Path, pages: list[list[Placed]], *, size: float = 11, font: str = "Helvetica", password: str | None = None
) -> Path:
    """A PDF with each text written where it is placed, in points from the top left corner."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    if font == "STSong-Light":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    canvas = Canvas(str(path), pagesize=(595, 842), encrypt=password)
    for page in pages:
        for left, top, text in page:
            big = text.startswith("# ")
            canvas.setFont(font, size * 1.6 if big else size)
            canvas.drawString(left, 842 - top, text.removeprefix("# "))
        canvas.showPage()
    canvas.save()
    return path


def archive(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def epub(path: Path, chapters: Mapping[str, str], *, nav: str = "", **more: str) -> Path:
    """An electronic book with these chapters in this order (written to the archive in the opposite one)."""
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    if nav:
        items += '<item id="nav" href="text/nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        spine = '<itemref idref="nav"/>' + spine
    page = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'
    return archive(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf">'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OEBPS/text/{name}.xhtml": page.format(body) for name, body in reversed(list(chapters.items()))},
            **({"OEBPS/text/nav.xhtml": page.format(nav)} if nav else {}),
            **more,
        },
    )
