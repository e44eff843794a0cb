"""A file becomes a Document: what it is, told by its first bytes and its name, and then read by the format's reader."""

import hashlib
import io
import re
from pathlib import Path

from kaoguan.documents import markdown, notebook, package, rst
from kaoguan.documents.clutter import clutter
from kaoguan.documents.document import Document
from kaoguan.documents.docx import docx
from kaoguan.documents.extract import Extract, split
from kaoguan.documents.html import epub, html
from kaoguan.documents.pdf import pdf
from kaoguan.errors import DocumentError
from kaoguan.files.encoding import detect
from kaoguan.text import one_line

# Far beyond any book as text (a 500-page one is 1 MB); images make the others larger.
MOST_TEXT_BYTES = 10 << 20
MOST_BYTES = 100 << 20

_RST = frozenset({".rst", ".rest"})
_MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
# Two headings, or a fenced block, and a text file is Markdown. One `# …` may be a comment in a command.
_MARKDOWN_MARKS = (re.compile(r"^#{1,6} \S", re.MULTILINE), re.compile(r"^(?:```|~~~)", re.MULTILINE))
_HTML = frozenset({".html", ".htm", ".xhtml"})
_HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: str | Path) -> Document:
    """Return a document's lines and the boilerplate taken out; DocumentError when it cannot be read.

    Reads at most 100 MB (10 MB of text), executes nothing and fetches nothing.
    """
    path = Path(path)
    where = one_line(str(path))
    content = _bytes(where, path)
    into = Extract(where)
    codec = _extract(where, path.suffix.lower(), content, into)
    kept, removed = clutter.clean(into.lines)
    if not any(line.text for line in kept):
        raise DocumentError(where, "holds no text", "check that it is the right file")
    return Document(
        name=one_line(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        lines=kept,
        removed=tuple(sorted((*into.removed, *removed), key=lambda line: line.number)),
        encoding=codec,
    )


def _bytes(where: str, path: Path) -> bytes:
    """Return a regular file's content, never more than the limit."""
    try:
        if not path.is_file():
            raise DocumentError(where, "is not a file" if path.exists() else "no such file", "check the path")
        with path.open("rb") as stream:
            # The size may be a lie (a file that grows, /proc): what is read is bounded as well.
            large = path.stat().st_size > MOST_BYTES
            content = b"" if large else stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(
            where, f"cannot be opened ({one_line(str(error))})", "check the path and its rights"
        ) from None
    if large or len(content) > MOST_BYTES:
        raise DocumentError(where, f"is larger than {MOST_BYTES >> 20} MB", "split it, or remove its images")
    if not content:
        raise DocumentError(where, "is empty", "check that it is the right file")
    return content


def _extract(where: str, suffix: str, content: bytes, into: Extract) -> str | None:
    """Add the document's lines, and return the codec where the format does not fix it."""
    if content.lstrip()[:5] == b"%PDF-" or b"%PDF-" in content[:1024]:
        pdf.extract(where, content, into)
        return None
    if content.startswith(b"PK\x03\x04"):
        with package.open_package(where, content) as archive:
            (epub if archive.is_epub else docx).extract(where, archive, into)
        return None
    if content.startswith(_OLD_OFFICE):
        raise DocumentError(where, "is an old Office file, or a protected one", "save it as an unprotected .docx")
    if len(content) > MOST_TEXT_BYTES:
        raise DocumentError(where, f"is text of more than {MOST_TEXT_BYTES >> 20} MB", "split it")
    if suffix in _HTML or _HTML_START.match(content[:2048]):
        codec = html.charset(content) or _codec(where, content)
        html.extract(where, content.decode(codec, "replace"), into)
        return codec
    codec = _codec(where, content)
    text = content.decode(codec, "replace")
    if suffix == ".ipynb":
        notebook.extract(where, text, into)
        return codec
    if suffix in _RST:
        rst.extract(text, into)
        return codec
    marked = suffix in _MARKDOWN or any(len(marks.findall(text)) > 1 for marks in _MARKDOWN_MARKS)
    (markdown.extract if marked else plain_text)(text, into)
    return codec


def _codec(where: str, content: bytes) -> str:
    encoding = detect(io.BytesIO(content))
    if encoding is None or (b"\0" in content[:4096] and "utf-16" not in encoding.codec):
        raise DocumentError(where, "is not text in UTF-8, UTF-16 or GB18030", "save it as UTF-8")
    return encoding.codec


def plain_text(text: str, into: Extract) -> None:
    """Add a text's lines, numbered as in the file."""
    for line in split(text):
        into.add(line)
