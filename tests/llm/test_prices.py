"""What tokens cost, by whose table."""

from pathlib import Path

import pytest

from kaoguan.errors import SettingError
from kaoguan.llm.prices import FREE, Price, price

OPENAI = "https://api.openai.com/v1/"


def test_the_longest_name_that_fits_decides() -> None:
    mini, dated, big = (price(name, OPENAI) for name in ("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14", "gpt-4.1"))
    assert mini == dated != big


def test_a_model_that_only_the_library_knows_has_a_price_and_tiers_begin_at_their_base() -> None:
    assert price("gemini-2.5-flash", "https://example.com/v1") is not None
    tiered = price("claude-sonnet-4-5", "https://example.com/v1")
    assert tiered is not None
    assert 0 < (tiered.cached or 0) < tiered.input < tiered.output


def test_an_unknown_model_has_no_price_and_a_local_one_is_free() -> None:
    assert price("somebody-s", OPENAI) is None
    assert price("gpt-4.1", "http://127.0.0.1:8080/v1") == FREE


def test_a_user_s_own_price_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text("gpt-4.1: {input: 7, output: 8}\n")
    assert price("gpt-4.1", OPENAI, own) == Price(input=7, output=8)
    assert price("gpt-4.1", "http://localhost/v1", own) == Price(input=7, output=8)


@pytest.mark.parametrize("text", ["gpt: 3", "gpt: {input: -1, output: 2}", "- a\n- b", "a: {input: 1"])
def test_a_broken_table_says_where_and_how_to_write_it(tmp_path: Path, text: str) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text(text)
    with pytest.raises(SettingError, match=r"prices.yaml.*write lines like"):
        price("m", OPENAI, own)
