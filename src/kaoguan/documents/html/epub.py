"""EPUB: the pages of an electronic book, in the order in which they are read."""

import io
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kaoguan.documents.document import RemovalReason
from kaoguan.documents.extract import Extract
from kaoguan.documents.html import html
from kaoguan.documents.package import Archive
from kaoguan.errors import DocumentError
from kaoguan.files.encoding import detect

if TYPE_CHECKING:
    from lxml.etree import _Element

# A long book has some hundred.
_MOST_PAGES = 2_000
_CONTAINER = "META-INF/container.xml"
# XML's `<title/>` is an open tag in HTML, and would swallow the page.
_EMPTY_ELEMENT = re.compile(
    r"<((?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)[a-z][\w:]*)([^<>]*)/>"
)


def extract(name: str, archive: Archive, into: Extract) -> None:
    """Add the book's lines; DocumentError where it is damaged or protected."""
    folder, book = _book(name, archive)
    protected = _protected(archive)
    manifest = {item.get("id"): item for item in book.iterfind(".//{*}manifest/{*}item")}
    pages = book.findall(".//{*}spine/{*}itemref")
    if len(pages) > _MOST_PAGES:
        raise DocumentError(name, f"has {len(pages):,} parts, more than any book", "give the chapters in question")
    for reference in pages:
        item = manifest.get(reference.get("idref"))
        if item is None:
            continue
        part = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if part in protected:
            raise DocumentError(name, "is protected against copying", "use a copy without protection")
        content = archive.read(part)
        if content is None:
            continue
        page = Extract(name) if "nav" in (item.get("properties") or "").split() else into
        html.extract(name, _EMPTY_ELEMENT.sub(r"<\1\2></\1>", _text(content)), page)
        if page is not into:
            for line in page.lines:
                into.remove(line.text, RemovalReason.NAVIGATION)
        into.gap()


def _book(name: str, archive: Archive) -> "tuple[str, _Element]":
    """Return the folder and the contents of the book's package file."""
    container = archive.xml(_CONTAINER)
    root = container.find(".//{*}rootfile") if container is not None else None
    path = root.get("full-path") if root is not None else None
    book = archive.xml(path) if path else None
    if path is None or book is None:
        raise DocumentError(name, "is damaged", "open it in its own program and save it again")
    return posixpath.dirname(path), book


def _protected(archive: Archive) -> set[str]:
    """Return the parts that only the seller's reader can decrypt."""
    encryption = archive.xml("META-INF/encryption.xml")
    found = encryption.iterfind(".//{*}CipherReference") if encryption is not None else ()
    return {unquote(reference.get("URI") or "") for reference in found}


def _text(content: bytes) -> str:
    encoding = detect(io.BytesIO(content))
    return content.decode(encoding.codec if encoding else "utf-8", "replace")
