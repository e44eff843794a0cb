"""All answers to one question as one text, and the way back from a span of it to what was typed."""

from collections.abc import Sequence

from kaoguan.models import Model, Span
from kaoguan.session import Turn

_BETWEEN = "\n"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "“": "”", "「": "」", "《": "》"}


class Quote(Model):
    """Words of the candidate: `text` is exactly `span` of the text of turn `turn`."""

    turn: int
    span: Span
    text: str


def join(answers: Sequence[Turn]) -> str:
    """Return the text that is graded."""
    return _BETWEEN.join(answer.text for answer in answers)


def quotes(answers: Sequence[Turn], span: Span | None) -> tuple[Quote, ...]:
    """Return where a span of the joined text was typed: one quote per answer it reaches into, in order."""
    if span is None:
        return ()
    found = []
    offset = 0
    for answer in answers:
        start, end = max(span[0] - offset, 0), min(span[1] - offset, len(answer.text))
        if start < end:
            start, end = _opened(answer.text, start, end), _closed(answer.text, start, end)
            found.append(Quote(turn=answer.seq, span=(start, end), text=answer.text[start:end]))
        offset += len(answer.text) + len(_BETWEEN)
    return tuple(found)


def _opened(text: str, start: int, end: int) -> int:
    """Return where the words up to `end` begin, with the brackets right before them that they close: O(1) for 1)."""
    for opening, closing in _BRACKETS.items():
        if text[:start].endswith(opening) and text.count(closing, start, end) > text.count(opening, start, end):
            start -= 1
            while start and text[start - 1].isascii() and text[start - 1].isalnum():
                start -= 1
    return start


def _closed(text: str, start: int, end: int) -> int:
    """Return where the words from `start` end, with the brackets right behind them that they opened: O(1) for O(1."""
    for opening, closing in _BRACKETS.items():
        while text[end : end + 1] == closing and text.count(opening, start, end) > text.count(closing, start, end):
            end += 1
    return end


def longest(parts: Sequence[Quote]) -> Quote | None:
    """Return the longest of several quotes, the first of several; None where there is none."""
    return max(parts, key=lambda part: part.span[1] - part.span[0], default=None)


def quote(answers: Sequence[Turn], span: Span | None) -> Quote | None:
    """Return the longest of a span's quotes, the first of several; None for no span or an empty one."""
    return longest(quotes(answers, span))
