"""Plain text, as it was scraped or typed: every line of the file is a line of the document."""

from kaoguan.documents.extract import Extract, split


def extract(text: str, into: Extract) -> None:
    """Add a text's lines, numbered as in the file."""
    for line in split(text):
        into.add(line)
