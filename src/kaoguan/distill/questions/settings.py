"""What the settings at the top of a document, which only the makers of sites read, say of it."""

import re

from kaoguan.documents import Document, RemovalReason


def set_title(document: Document) -> str:
    """Return the title that a document is given there, `title: Page caches`; nothing where there is none."""
    settings = (one.text for one in document.removed if one.reason is RemovalReason.MARKUP)
    return next((found[1].strip("\"' ") for text in settings if (found := _TITLE.match(text))), "")


_TITLE = re.compile(r"title:\s*(\S.*)", re.IGNORECASE)
