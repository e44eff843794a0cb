"""Overlapping spans become runs that lose no letter and no mark."""

from hypothesis import given
from hypothesis import strategies as st

from kaoguan.report.html.highlights import Highlight, Tone, cut


def mark(target: str, start: int, end: int, tone: Tone = Tone.COVERED) -> Highlight:
    return Highlight(target=target, tone=tone, sign="✓1", label="", span=(start, end))


BORDERS = st.tuples(st.integers(-2, 14), st.integers(-2, 14))


@given(st.text(max_size=12), st.lists(BORDERS, max_size=6))
def test_each_mark_is_exactly_its_span(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [mark(str(index), *span) for index, span in enumerate(spans)]
    runs = cut(text, marks)
    assert "".join(run.text for run in runs) == text
    for one in marks:
        start, end = one.span
        inside = 0 <= start < end <= len(text)
        assert "".join(run.text for run in runs if one in run.marks) == (text[start:end] if inside else "")
        assert sum(one in run.ends for run in runs) == inside


def test_where_marks_overlap_the_worst_is_shown() -> None:
    runs = cut("abcdef", [mark("a", 0, 4), mark("b", 2, 6, Tone.CONTRADICTED)])
    assert [(run.text, run.tone) for run in runs] == [
        ("ab", Tone.COVERED),
        ("cd", Tone.CONTRADICTED),
        ("ef", Tone.CONTRADICTED),
    ]
