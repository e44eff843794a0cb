"""What stands around words of a document, without a pattern built anew for each of them."""

from collections.abc import Iterator


def around(words: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind these words wherever a text has them, in capitals or not."""
    small, wanted = text.lower(), words.lower()
    if len(small) != len(text) or len(wanted) != len(words):  # a letter whose small form is two
        small, wanted = text, words
    place = small.find(wanted)
    while place >= 0:
        yield text[:place], text[place + len(words) :]
        place = small.find(wanted, place + 1)
