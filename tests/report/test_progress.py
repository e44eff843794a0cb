"""Progress on a terminal: right at every width, in Chinese, without colour."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from kaoguan.learning import catch_up, due, progress
from kaoguan.models import Language
from kaoguan.report.progress import bar, draw_due, draw_progress, plot
from kaoguan.store import Store
from tests.learning.sat import DAY, START, sit


@pytest.fixture(scope="module")
def practised() -> Store:
    store = Store.in_memory()
    for day in (0, 1, 2, 3, 5, 20, 50):
        sit(store, START + day * DAY, {1: "甲乙", 2: "甲" if day else "", 3: "乙丙"})
    catch_up(store)
    return store


def drawn(store: Store, language: Language = "zh", width: int | None = None) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=width is not None, color_system=None, highlight=False)
    draw_progress(console, progress(store.reviews, START + 51 * DAY), language)
    draw_due(console, due(store.reviews, START + 80 * DAY), language)
    return file.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(practised: Store, width: int, language: Language) -> None:
    lines = drawn(practised, language, width).split("\n")
    assert max(cell_len(line) for line in lines) < width


def test_it_names_topics_weak_points_and_what_teaches_them(practised: Store) -> None:
    text = drawn(practised)
    assert "话题1" in text
    assert "第1题的丙要点成立 —— 已答错 7 次。丙的讲解（1）。" in text
    assert "到期" in text
    assert "kaoguan interview --due" in text


def test_there_is_nothing_to_draw_at_first() -> None:
    text = drawn(Store.in_memory())
    assert "还没有可看的进度" in text
    assert "现在没有到期的要点" in text


@pytest.mark.parametrize(
    ("values", "expected"), [([], ""), ([0, 0], "⡀⡀"), ([0, 1, 2, 3, 4], "⡀⣀⣤⣶⣿"), ([1, 1], "⣿⣿"), ([0.01, 9], "⣀⣿")]
)
def test_a_plot_is_as_high_as_its_values(values: list[float], expected: str) -> None:
    assert plot(values) == expected


@pytest.mark.parametrize(("share", "expected"), [(0, "⣀⣀⣀⣀"), (0.5, "⣿⣿⣀⣀"), (1, "⣿⣿⣿⣿")])
def test_a_bar_is_full_at_one(share: float, expected: str) -> None:
    assert bar(share, 4) == expected
