"""Spans that may overlap, as runs of text that do not: each run knows every mark that covers it.

cut("abcdef", [Mark(…, span=(0, 4)), Mark(…, span=(2, 6))])   -> runs "ab" [1], "cd" [1, 2], "ef" [2]
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from kaoguan.models import Label, Model, Span
from kaoguan.report.phrases import SYMBOLS


class Tone(StrEnum):
    """How a mark looks: a verdict, or a stated misconception. The worst first, which wins where marks overlap."""

    MISCONCEPTION = "misconception"
    CONTRADICTED = Label.CONTRADICTED.value
    MISSING = Label.MISSING.value
    PARTIAL = Label.PARTIAL.value
    UNSCORED = Label.UNSCORED.value
    COVERED = Label.COVERED.value


# The verdicts' signs, and one more for "this is not so".
SIGNS = {Tone(label): sign for label, sign in SYMBOLS.items()} | {Tone.MISCONCEPTION: "≠"}


class Highlight(Model):
    """One quoted span of a turn's text. `target` is the page's id of what it stands for, `sign` what leads there."""

    target: str
    tone: Tone
    sign: str
    label: str  # what the sign means, for those who do not see it
    span: Span


class HighlightRun(Model):
    """Text between two borders; `ends` are the marks whose last character is the run's last."""

    text: str
    marks: tuple[Highlight, ...]
    ends: tuple[Highlight, ...]

    @property
    def tone(self) -> Tone | None:
        """Return the worst tone of the run's marks; None where nothing is marked."""
        tones = list(Tone)
        return min((mark.tone for mark in self.marks), key=tones.index, default=None)


def cut(text: str, marks: Sequence[Highlight]) -> tuple[HighlightRun, ...]:
    """Return the runs of `text`, in order: their texts together are `text`, a mark's runs together are its span."""
    inside = [mark for mark in marks if 0 <= mark.span[0] < mark.span[1] <= len(text)]
    borders = sorted({0, len(text), *(border for mark in inside for border in mark.span)})
    return tuple(
        HighlightRun(
            text=text[start:end],
            marks=tuple(mark for mark in inside if mark.span[0] <= start and end <= mark.span[1]),
            ends=tuple(mark for mark in inside if mark.span[1] == end),
        )
        for start, end in pairwise(borders)
    )
