"""Texts as numbers: pieces of words, and where in the text each piece stands."""

from pathlib import Path
from typing import NamedTuple

from sentencepiece import SentencePieceProcessor

_BEGIN, _END = 1, 2


class Pieces(NamedTuple):
    """The numbers of a text's pieces between a begin and an end mark, and the stretch of the text each came from.

    The marks have empty stretches.
    """

    numbers: list[int]
    stretches: list[tuple[int, int]]

    def part(self, first: int, last: int) -> "Pieces":
        """Return the pieces `first` to before `last` (counted without the marks) with marks of their own."""
        inner = slice(first + 1, last + 1)
        return Pieces(
            [_BEGIN, *self.numbers[inner], _END],
            [(0, 0), *self.stretches[inner], (0, 0)],
        )


class Vocabulary:
    """The pieces that the reader knows: e5's for simplified Chinese, lower-case Latin and formulas."""

    def __init__(self, path: Path) -> None:
        """Load a sentencepiece model. Safe to share between threads."""
        self._processor = SentencePieceProcessor(model_file=str(path))

    def words(self, text: str) -> list[str]:
        """Return the pieces of a text as they are written."""
        found: list[str] = self._processor.encode(text, out_type=str)
        return found

    def pieces(self, text: str) -> Pieces:
        """Return the pieces of a text in readable form."""
        words = self.words(text)
        numbers: list[int] = self._processor.piece_to_id(words)
        stretches = []
        # The first piece begins with a mark for the space that is not there.
        place = -1
        for word in words:
            stretches.append((max(place, 0), place + len(word)))
            place += len(word)
        return Pieces([_BEGIN, *numbers, _END], [(0, 0), *stretches, (0, 0)])
