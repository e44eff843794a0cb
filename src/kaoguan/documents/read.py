"""A file becomes a Document: what it is, told by its first bytes and its name, and then read by the format's reader."""

import hashlib
import io
from pathlib import Path

from kaoguan.documents import clutter, markdown, plain
from kaoguan.documents.document import Document, Line, Removed
from kaoguan.encoding import detect
from kaoguan.errors import DocumentError
from kaoguan.text import one_line

# Far beyond any book as text (a 500-page one is 1 MB); images make the others larger.
MOST_TEXT_BYTES = 20 << 20
MOST_BYTES = 100 << 20

_MARKDOWN = frozenset({".md", ".markdown", ".mdown"})


def read(path: str | Path) -> Document:
    """Return a document's lines and the boilerplate taken out; DocumentError when it cannot be read.

    Reads at most 100 MB (20 MB of text), executes nothing and fetches nothing.
    """
    path = Path(path)
    content = _bytes(path)
    name = one_line(path.name)
    codec, (lines, hidden) = _text(name, content)
    kept, removed = clutter.clean(lines)
    if not any(line.text for line in kept):
        raise DocumentError(name, "holds no text", "check that it is the right file")
    return Document(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        lines=kept,
        removed=tuple(sorted((*hidden, *removed), key=lambda line: line.number)),
        encoding=codec,
    )


def _bytes(path: Path) -> bytes:
    """Return a regular file's content, never more than the limit."""
    name = one_line(str(path))
    try:
        if not path.is_file():
            raise DocumentError(name, "is not a file" if path.exists() else "no such file", "check the path")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(
            name, f"cannot be opened ({one_line(str(error))})", "check the path and its rights"
        ) from None
    if len(content) > MOST_BYTES:
        raise DocumentError(name, f"is larger than {MOST_BYTES >> 20} MB", "split it, or remove its images")
    return content


def _text(name: str, content: bytes) -> tuple[str, tuple[list[Line], list[Removed]]]:
    if len(content) > MOST_TEXT_BYTES:
        raise DocumentError(name, f"is text of more than {MOST_TEXT_BYTES >> 20} MB", "split it")
    encoding = detect(io.BytesIO(content))
    if encoding is None or (b"\0" in content[:4096] and encoding.codec != "utf-16"):
        raise DocumentError(name, "is not text in UTF-8, UTF-16 or GB18030", "save it as UTF-8")
    text = content.decode(encoding.codec, "replace")
    if Path(name).suffix.lower() in _MARKDOWN:
        return encoding.codec, markdown.lines(text)
    return encoding.codec, (plain.lines(text), [])
