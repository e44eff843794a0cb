"""What Chinese is, for everyone who has to know: the characters, and when a text is written in it.

re.compile(rf"[{HAN}]+")          a run of Chinese
re.compile(rf"[{FULL_WIDTH}]")    Chinese or its punctuation
"""

import re
from functools import lru_cache

HAN = "\u3400-\u9fff"
"""Unified ideographs with their extension A, to stand in a character class. Rarer ones are in no word people type."""
PUNCTUATION = "\u3000-\u303f\uff00-\uffef"
"""The punctuation and the full-width forms that go with them."""
FULL_WIDTH = PUNCTUATION + "\u3040-\u33ff" + HAN
"""Everything that stands in a full-width line without spaces, Japanese kana too."""

_HAN = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """Return whether this one character is Chinese."""
    return _HAN.match(character) is not None


def count_han(text: str) -> int:
    """Return how many characters of a text are Chinese."""
    return len(_HAN.findall(text))


# Asked of the same texts again and again.
@lru_cache(maxsize=4096)
def is_chinese(text: str) -> bool:
    """Return whether a text is written in Chinese: a fifth of its letters are enough, terms are often English."""
    letters = sum(map(str.isalpha, text))
    return count_han(text) * 5 >= letters > 0
