"""Stretches of a text in a language that nobody is interviewed in here: filler, or something pasted with the answer."""

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from kaoguan.text.script import HAN, count_han

_WORD = re.compile(r"[a-z]{2,}")
# Letters that are neither Latin, Greek (formulas) nor Chinese, with what stands between them.
_OTHER_LETTER = rf"[^\W\d_a-zA-Z\u00aa-\u024f\u0370-\u03ff{HAN}]"
_OTHER = re.compile(rf"{_OTHER_LETTER}{{2,}}(?:[^\w{HAN}]+{_OTHER_LETTER}+)*")
_LEAST_LETTERS = 8
# So many more words that the field does not use than words that it does, and so many in all.
_LEAST_OVER, _LEAST_WORDS = 3, 4
# A stretch ends where it has got so much more familiar.
_FAMILIAR = 2
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "r")


class _Word(NamedTuple):
    start: int
    end: int
    known: bool


def foreign(text: str) -> list[tuple[int, int]]:
    """Return where a lower-case text is neither Chinese nor English: (start, end) of each stretch.

    A single strange word is a term or a slip of the keys; several in a row are not.
    """
    scripts = [(m.start(), m.end()) for m in _OTHER.finditer(text) if len(m.group()) >= _LEAST_LETTERS]
    words = [_Word(m.start(), m.end(), _known(m.group())) for m in _WORD.finditer(text)]
    return sorted(scripts + [found for run in _runs(text, words) for found in _strange(run)])


def _runs(text: str, words: list[_Word]) -> list[list[_Word]]:
    """Return the words in runs without Chinese between them."""
    runs: list[list[_Word]] = [words[:1]] if words else []
    for one, other in pairwise(words):
        if count_han(text[one.end : other.start]):
            runs.append([])
        runs[-1].append(other)
    return runs


def _strange(run: list[_Word]) -> list[tuple[int, int]]:
    """Return the stretches of a run in which strange words prevail."""
    found = []
    first = 0
    while first < len(run):
        last, over = _prevailing(run, first)
        if over >= _LEAST_OVER and last - first + 1 >= _LEAST_WORDS:
            found.append((run[first].start, run[last].end))
            first = last
        first += 1
    return found


def _prevailing(run: list[_Word], first: int) -> tuple[int, int]:
    """Return up to which word strange ones prevail most, and by how many."""
    last, most, over = first, 0, 0
    for place in range(first, len(run)):
        over += -1 if run[place].known else 1
        if over >= most and over > 0:
            last, most = place, over
        if over < 0 or over <= most - _FAMILIAR:
            break
    return last, most


@cache
def _known(word: str) -> bool:
    words = _words()
    cut = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return word in words or any(stem in words or f"{stem}e" in words for stem in cut)


@cache
def _words() -> frozenset[str]:
    """Return the Latin words of the field; `benchmarks/gold/words.py` collects them."""
    return frozenset((files("kaoguan.text") / "words.txt").read_text("utf-8").split())
