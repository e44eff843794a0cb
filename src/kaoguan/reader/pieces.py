"""Texts as numbers: pieces of words."""

from pathlib import Path

from sentencepiece import SentencePieceProcessor

BEGIN, END = 1, 2
"""The numbers of the marks that a text stands between."""


class Vocabulary:
    """The pieces that the reader knows: e5's for simplified Chinese, lower-case Latin and formulas."""

    def __init__(self, path: Path) -> None:
        """Load a sentencepiece model. Safe to share between threads."""
        self._processor = SentencePieceProcessor(model_file=str(path))

    def pieces(self, text: str) -> list[str]:
        """Return the pieces of a text in readable form; the first begins with a mark for the space before it."""
        found: list[str] = self._processor.encode(text, out_type=str)
        return found

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of those pieces, without marks."""
        found: list[int] = self._processor.encode(text)
        return found
