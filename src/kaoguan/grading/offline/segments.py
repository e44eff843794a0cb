"""An answer as clauses, and windows of neighbouring clauses, each with its place in the normalised text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.grading.offline.normalise import is_latin

# A sentence ends at these; a full stop only where no letter or digit follows at once ("0.5", "model.fit").
_SENTENCE = re.compile(r"[。;！!？?\n]+|\.+(?![\w.])")
_CLAUSE = re.compile(r"[,、:()（）【】\[\]→]+|——|--+|\s[-–—]\s")
_LIST_MARK = re.compile(r"\s*(?:[-*•·>#]+|\(?\d{1,2}(?:[.)、]|(?=[^\w.%]))|[(（]?[一二三四五六七八九十][)）、])\s*")

# One idea is rarely spread over more than three clauses; whole sentences are windows too.
WIDEST = 3
# A clause of one or two words ("首先", "大小") means nothing alone: it joins its neighbour.
SHORTEST = 3
LONGEST_CLAUSE = 60
LONGEST_WINDOW = 90
# Bounds the work on an answer of thousands of clauses; an ordinary answer has fewer than 100 windows.
MOST_CLAUSES = 160


class Clause(NamedTuple):
    """A stretch of text without inner punctuation; `sentence` counts from 0."""

    text: str
    start: int
    end: int
    sentence: int


class Window(NamedTuple):
    """One to several neighbouring clauses: `clauses[first:last]`."""

    text: str
    start: int
    end: int
    first: int
    last: int


def size(text: str) -> int:
    """Return the length in reading units: a Chinese character counts 1, a Latin word or number 2."""
    return sum(2 if run[0] < "\u2e80" else len(run) for run in re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", text))


def clauses(text: str, breaks: Sequence[int] = ()) -> list[Clause]:
    """Return the distinct clauses of a text in order; a clause said again is left out.

    Clauses end at punctuation and before each of `breaks`, where the text's writer had some.

    Saying a thing twice must not earn twice, so repetition is gone before anything is measured.
    """
    return _bounded([clause for clause, again in _clauses(text, breaks) if not again])


def repeated(text: str, breaks: Sequence[int] = ()) -> list[Clause]:
    """Return the clauses that were said before, as they stand in the text."""
    return [clause for clause, again in _clauses(text, breaks) if again]


def _clauses(text: str, breaks: Sequence[int]) -> Iterator[tuple[Clause, bool]]:
    """Yield every clause that says something, and whether it was said before."""
    seen: set[str] = set()
    for number, (start, end) in enumerate(_pieces(_SENTENCE, text, 0, len(text))):
        mark = _LIST_MARK.match(text, start, end)
        pieces = _pieces(_CLAUSE, text, mark.end() if mark else start, end)
        for first, last in _joined(text, _broken(text, pieces, breaks)):
            for a, b in _chunks(text, first, last):
                words = text[a:b]
                if any(character.isalnum() for character in words):
                    yield Clause(words, a, b, number), words in seen
                    seen.add(words)


def windows(parts: list[Clause]) -> list[Window]:
    """Return every run of 1 to 3 clauses and every whole sentence, if short enough to be one thought."""
    runs = {(i, j) for i in range(len(parts)) for j in range(i + 1, min(i + WIDEST, len(parts)) + 1)}
    first = 0
    for i in range(1, len(parts) + 1):
        if i == len(parts) or parts[i].sentence != parts[first].sentence:
            runs.add((first, i))
            first = i
    made = (_window(parts, i, j) for i, j in sorted(runs))
    return [window for window in made if window.last - window.first == 1 or size(window.text) <= LONGEST_WINDOW]


def _window(parts: list[Clause], first: int, last: int) -> Window:
    # Joined afresh rather than cut from the text, so that punctuation and left-out repetitions cannot matter.
    text = ", ".join(clause.text for clause in parts[first:last])
    return Window(text, parts[first].start, parts[last - 1].end, first, last)


def _pieces(boundary: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for match in boundary.finditer(text, start, end):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, end))
    return [trimmed for a, b in pieces if (trimmed := _trimmed(text, a, b))[0] < trimmed[1]]


def _broken(text: str, pieces: list[tuple[int, int]], breaks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pieces, cut where one of the breaks is inside."""
    found = []
    for start, end in pieces:
        inside = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
        stretches = zip([start, *inside], [*inside, end], strict=True)
        found += [trimmed for a, b in stretches if (trimmed := _trimmed(text, a, b))[0] < trimmed[1]]
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n'\"“”‘’":
        start += 1
    while start < end and text[end - 1] in " ,\n'\"“”‘’.":
        end -= 1
    return start, end


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pieces with each too short one joined to its neighbour."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and min(size(text[start:end]), size(text[joined[-1][0] : joined[-1][1]])) < SHORTEST:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _chunks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the piece whole, or cut into stretches of bounded length where it has no punctuation at all."""
    if end - start <= LONGEST_CLAUSE or size(text[start:end]) <= LONGEST_CLAUSE:
        return [(start, end)] if end - start <= 4 * LONGEST_CLAUSE else _cut(text, start, end, 4 * LONGEST_CLAUSE)
    return _cut(text, start, end, LONGEST_CLAUSE)


def _cut(text: str, start: int, end: int, length: int) -> list[tuple[int, int]]:
    cuts = []
    while end - start > length:
        stop = start + length
        while stop > start + length // 2 and is_latin(text[stop - 1]) and is_latin(text[stop]):
            stop -= 1
        cuts.append(_trimmed(text, start, stop))
        start = stop
    cuts.append(_trimmed(text, start, end))
    return [(a, b) for a, b in cuts if a < b]


def _bounded(found: list[Clause]) -> list[Clause]:
    if len(found) <= MOST_CLAUSES:
        return found
    half = MOST_CLAUSES // 2
    return found[:half] + found[-half:]
