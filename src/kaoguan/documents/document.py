"""What a document is once read: its lines, where each stands in the source, and what was taken out as boilerplate."""

from enum import StrEnum

from kaoguan.models import Model


class RemovalReason(StrEnum):
    """Why a line is not part of what the document teaches."""

    NAVIGATION = "navigation"
    TAGS = "tags"
    ADVERTISEMENT = "advertisement"
    DISCLAIMER = "disclaimer"
    COPYRIGHT = "copyright"
    VIEW_COUNT = "view_count"
    BYLINE = "byline"
    SHARING = "sharing"
    COOKIES = "cookies"
    RELATED = "related"
    REPEATED_HEADER = "repeated_header"
    MARKUP = "markup"


class Line(Model):
    """One line of a document; an empty `text` is an empty line, which separates paragraphs.

    `number` counts from 1: in Markdown and plain text it is the line of the file, elsewhere the line of the extracted
    text, which names its `page` where there are pages. Indentation is kept, list markers are as written (or as a word
    processor would show them), a Markdown heading is without its marks. `heading_level` is 1-6, `strong` marks a
    line that is bold as a whole, `code` a line of a code block, `linked` one whose words are all links to elsewhere,
    `pictured` one that shows a picture: within the text U+FFFC stands where it was, and nothing at its ends.
    """

    number: int
    text: str
    page: int | None = None
    heading_level: int | None = None
    strong: bool = False
    code: bool = False
    linked: bool = False
    pictured: bool = False


class Removed(Model):
    """A line that was taken out, and why."""

    number: int
    text: str
    reason: RemovalReason
    page: int | None = None


class Document(Model):
    """A document without its boilerplate: `lines` and `removed` together are every line, each with its own number.

    `name` is the file's name without folders, `sha256` the hash of its bytes, `encoding` the codec it was read with
    where that had to be found out.
    """

    name: str
    sha256: str
    lines: tuple[Line, ...]
    removed: tuple[Removed, ...] = ()
    encoding: str | None = None
