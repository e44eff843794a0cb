"""The list of sessions and what a search found, in windows of any width and in a pipe."""

import io
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.console import Console

from kaoguan.report.transcript import draw_hits, draw_list
from kaoguan.session import Kind, Mode, Speaker, Summary
from kaoguan.store import Hit

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)


def shown(width: int, *, terminal: bool = True) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system=None, highlight=False)


def lines(console: Console) -> list[str]:
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 59, 60, 80])
def test_an_id_in_the_list_is_whole_and_no_line_too_long(width: int) -> None:
    one = Summary(
        id="k3f9qa", started_at=AT, finished_at=None, mode=Mode.MOCK, questions=10, answered=10,
        unaided=41.7, final=58.3, mine=True,
    )  # fmt: skip
    console = shown(width)
    draw_list(console, [one], "zh")
    heading, row = lines(console)
    assert row.startswith("k3f9qa ")
    assert row.rstrip().endswith("41.7 → 58.3")
    assert max(map(cell_len, (heading, row))) <= width
    assert ("2025" in row) == ("未完成" in row) == (width >= 60)


HIT = Hit(
    session_id="k3f9qa",
    seq=2,
    speaker=Speaker.CANDIDATE,
    kind=Kind.ANSWER,
    rubric_id="q1",
    text="前面的话" * 20 + "梯度消失" + "后面的话" * 20,
    at=AT,
)


def test_a_hit_fits_a_window(words: str = "梯度") -> None:
    console = shown(40)
    draw_hits(console, [HIT], words, "zh")
    first, *rest = lines(console)
    assert first.startswith("k3f9qa ")
    assert words in "".join(line.strip() for line in rest)
    assert max(map(cell_len, rest)) < 40


def test_a_hit_is_one_line_in_a_pipe() -> None:
    console = shown(40, terminal=False)
    draw_hits(console, [HIT, HIT], "梯度", "zh")
    assert len(lines(console)) == 2
    assert all("k3f9qa" in line and "梯度" in line for line in lines(console))
