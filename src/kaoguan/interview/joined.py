"""All answers to one question as one text, and the way back from a span of it to what was typed."""

from collections.abc import Sequence

from kaoguan.models import Model, Span
from kaoguan.store import Turn

_BETWEEN = "\n"


class Quote(Model):
    """Words of the candidate: `text` is exactly `span` of the text of turn `turn`."""

    turn: int
    span: Span
    text: str


def join(answers: Sequence[Turn]) -> str:
    """Return the text that is graded."""
    return _BETWEEN.join(answer.text for answer in answers)


def quote(answers: Sequence[Turn], span: Span | None) -> Quote | None:
    """Return where a span of the joined text was typed; None for no span or an empty one.

    A judge may quote across two answers; then the longer part of the quote stands.
    """
    if span is None:
        return None
    best: Quote | None = None
    offset = 0
    for answer in answers:
        start, end = max(span[0] - offset, 0), min(span[1] - offset, len(answer.text))
        if start < end and (best is None or end - start > best.span[1] - best.span[0]):
            best = Quote(turn=answer.seq, span=(start, end), text=answer.text[start:end])
        offset += len(answer.text) + len(_BETWEEN)
    return best
