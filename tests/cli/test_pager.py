"""Long texts a screen at a time, by the keys that the screen names."""

import io

import pytest
from rich.console import Console

from kaoguan.cli.pager import paged


class Terminal(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True


def draw(console: Console) -> None:
    for number in range(30):
        console.print(f"line {number}.")


def shown(monkeypatch: pytest.MonkeyPatch, keys: str, height: int = 11) -> str:
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setattr("sys.stdin", Terminal(keys))
    file = io.StringIO()
    paged(Console(file=file, force_terminal=True, width=40, height=height, color_system=None), draw, "zh")
    return file.getvalue()


def test_enter_goes_on_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, "\n\n\n")
    assert all(f"line {number}." in text for number in range(30))


def test_q_leaves_the_rest_out(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, "q\n")
    assert "line 9." in text
    assert "line 10." not in text


def test_the_end_of_the_input_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "line 10." not in shown(monkeypatch, "")


def test_what_fits_is_shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "line 29." in shown(monkeypatch, "", height=40)
