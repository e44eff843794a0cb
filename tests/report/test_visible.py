"""What cannot be seen is shown, and nothing else is touched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.report.html.environment import pieces, visible

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\u202eb", "a‹U+202E›b", id="bidi-override"),
        pytest.param("\u2066x\u2069", "‹U+2066›x‹U+2069›", id="bidi-isolate"),
        pytest.param("得\u200b分", "得‹U+200B›分", id="zero-width-space"),
        pytest.param("a\u200db", "a‹U+200D›b", id="joiner-between-letters"),
        pytest.param("a\xadb", "a‹U+00AD›b", id="soft-hyphen"),
        pytest.param("\x1b[31m", "‹U+001B›[31m", id="escape"),
        pytest.param("\ufeffa", "‹U+FEFF›a", id="byte-order-mark"),
        pytest.param("a\u2028b", "a‹U+2028›b", id="line-separator"),
        pytest.param("\u3164", "‹U+3164›", id="hangul-filler"),
        pytest.param("\U000e0041", "‹U+E0041›", id="tag"),
        pytest.param("\ud800", "‹U+D800›", id="half-character"),
        pytest.param("\u200d👩", "‹U+200D›👩", id="joiner-with-nothing-before"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text", ["一\n二\t三", "👩‍💻👨‍👩‍👧 ❤️‍🔥", "naïve café ∑λ²", "이것은 한국어", "العربية", "𝑤 ← 𝑤 − 𝜂∇𝐿"]
)
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(ANY_TEXT)
def test_nothing_is_lost(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


@given(ANY_TEXT)
def test_nothing_that_reorders_or_hides_is_left(text: str) -> None:
    shown = visible(text).replace("\n", "").replace("\t", "").replace("\u200d", "")
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
