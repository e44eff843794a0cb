"""Whether a text is language at all, or characters in no order.

Language is made of words that the vocabulary knows as one piece; turned round or shuffled, it falls apart into single
characters. Measured on 2 278 answers of our own and the same answers reversed and shuffled: the limits below take one
in a thousand of the former and 97 % of the latter (benchmarks/reader).
"""

import math
import re
from collections.abc import Callable

from kaoguan.text.script import HAN

_CHINESE = re.compile(f"[{HAN}]+")
_WORD = re.compile("[a-z]{5,}")
# Fewer tell nothing.
_LEAST_CHINESE, _LEAST_WORDS = 20, 8
# Beyond this, more make it no surer: a text may say one thing again and again.
_MANY = 100
# A Latin word in so many pieces is none that the vocabulary knows.
_UNKNOWN = 3


def jumbled(text: str, pieces: Callable[[str], list[str]]) -> bool:
    """Return whether a readable text is characters in no order; `pieces` takes a text apart."""
    characters = sum(map(len, _CHINESE.findall(text)))
    if characters >= _LEAST_CHINESE:
        alone = sum(1 for piece in pieces(text) if _CHINESE.search(piece)) / characters
        if alone > 0.86 + 0.45 / math.sqrt(min(characters, _MANY)):
            return True
    words = _WORD.findall(text)
    if len(words) < _LEAST_WORDS or characters > len(words):
        return False
    unknown = sum(len(pieces(word)) >= _UNKNOWN for word in words) / len(words)
    return unknown > 0.3 + 0.8 / math.sqrt(min(len(words), _MANY))
