"""The HTML page in a real browser: it asks for nothing, runs nothing, marks what was quoted, and can be read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kaoguan.interview import Report
from kaoguan.learning import catch_up, progress
from kaoguan.models import Language
from kaoguan.report import html
from kaoguan.report.html.progress import render_progress
from kaoguan.store import Store
from tests.interview.bank import PERFECT
from tests.learning.sat import DAY, START, sit
from tests.report.conftest import Opened
from tests.report.pages import HOSTILE, history, hostile_report, quotes_of, report_of
from tests.report.test_cohort_page import page_of as cohort_page

pytestmark = pytest.mark.browser

Open = Callable[..., Opened]

MIXED = (
    "第1题的甲要点成立\n不对：第1题的乙要点成立",
    "误以为1无所谓",
    "与数据有关",
    "/undo",
    "还是与数据有关",
    "/skip",
)

# What each mark shows, per key point and turn, without the signs; codes of unseen characters are turned back.
READ_MARKS = """() => {
  const typed = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.classList.contains("unseen")) return String.fromCodePoint(parseInt(node.textContent.slice(2), 16));
    return [...node.childNodes].map(typed).join("");
  };
  const found = {};
  for (const mark of document.querySelectorAll("[data-turn] mark"))
    for (const point of mark.dataset.points.split(" ")) {
      const key = `${point} ${mark.closest("[data-turn]").dataset.turn}`;
      found[key] = (found[key] ?? "") + typed(mark);
    }
  return found;
}"""

# Point at, focus and click everything there is.
POKE = """() => {
  for (const element of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "pointerdown", "focus", "click"])
      element.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
    element.focus?.();
  }
}"""


def page_of(report: Report) -> str:
    return html.render(report)


def mixed(language: Language = "zh") -> str:
    return page_of(report_of(*MIXED, language=language))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_hostile_report_asks_for_nothing_and_runs_nothing(opened: Open, width: int) -> None:
    shown = opened(page_of(hostile_report()), width=width)
    shown.page.evaluate(POKE)
    shown.page.wait_for_load_state("networkidle")
    assert shown.said == []
    assert [url.rpartition("#")[0] or url for url in shown.asked] == [shown.page.url.partition("#")[0]]
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.locator("main .turn").count() > 0


ESCAPED_NOTHING = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'><style>main{display:none}</style>"
    "<img src='http://127.0.0.1:9/p.png'><link rel=stylesheet href='http://127.0.0.1:9/x.css'>"
)


def test_even_what_escaped_the_escaping_would_do_nothing(opened: Open) -> None:
    page = mixed().replace("</main>", ESCAPED_NOTHING + "</main>")
    shown = opened(page)
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.locator("main").is_visible()
    outside = [url for url in shown.asked if url.startswith("http")]
    assert {shown.refused[url] for url in outside} == {"csp"}  # stopped by the page's own policy, not by being offline
    # Without the policy the same page is taken over: this test can tell.
    policy = page[page.index("<meta http-equiv") : page.index("<meta name")]
    assert opened(page.replace(policy, "")).page.evaluate("window.hacked") in (1, 2)


@pytest.mark.parametrize(
    "report", [pytest.param(report_of(*MIXED), id="mixed"), pytest.param(hostile_report(), id="hostile")]
)
def test_highlights_are_the_stored_spans(opened: Open, report: Report) -> None:
    turns = {turn.seq: turn.text for turn in report.turns}
    stored = {
        f"q{number}-{letter}{index} {quote.turn}": turns[quote.turn][slice(*quote.span)]
        for number, question in enumerate(report.questions, start=1)
        for letter, ruled in (("p", question.points), ("m", question.misconceptions))
        for index, one in enumerate(ruled, start=1)
        for quote in quotes_of(one)
    }
    assert stored
    assert opened(page_of(report)).page.evaluate(READ_MARKS) == stored


def test_what_cannot_be_seen_is_shown(opened: Open) -> None:
    page = opened(page_of(report_of("\u202e反过来\u202c\u200b", "/skip", "/skip"))).page
    codes = page.locator("[data-turn] .unseen").all_inner_texts()
    assert codes == ["U+202E", "U+202C", "U+200B"]
    assert all(code.is_visible() for code in page.locator("[data-turn] .unseen").all())


def progressed(language: Language) -> str:
    """The page of the progress over a month: every day another question, some missed again and again."""
    with Store.in_memory() as store:
        for day in range(30):
            sit(store, START + day * DAY, {1 + day % 7: ("甲", "甲乙")[day % 2], 8: "甲乙丙"[: day % 3]})
        catch_up(store)
        found = progress(store.reviews, START + 30 * DAY)
        assert found.totals.leeches and found.retries and len(found.days) == 30
        return render_progress(found, history(report_of(*MIXED)), language)


def graded(language: Language) -> str:
    """The page of a file of answers: good ones, copies, hostile ones."""
    return cohort_page(
        *([PERFECT.format(1)] * 4), "第1题的甲要点成立，误以为1无所谓", "与数据有关", *HOSTILE, language=language
    )


PAGES = {"mixed": mixed, "progress": progressed, "cohort": graded}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_it_is_accessible(opened: Open, name: str, language: Language, width: int, scheme: str) -> None:
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).parent / "axe.min.js"
    page = opened(PAGES[name](language), width=width, scheme=scheme).page
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(axe.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run()")
    assert found["passes"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["progress", "cohort"])
def test_other_pages_fit_ask_for_nothing_and_run_nothing(opened: Open, name: str, width: int) -> None:
    shown = opened(PAGES[name]("zh"), width=width)
    shown.page.evaluate(POKE)
    assert shown.said == []
    assert [url.rpartition("#")[0] or url for url in shown.asked] == [shown.page.url.partition("#")[0]]
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(chart.bounding_box()["width"] > 200 for chart in shown.page.locator("svg.chart").all())


# Columns whose cells are letters must begin where they are read: at the left.
READ_SIDES = """() => [...document.querySelectorAll("table")].flatMap(table =>
  [...table.querySelectorAll("tbody tr:first-child > *")].map((cell, index) => [
    /[a-z\\u4e00-\\u9fff]/i.test(cell.textContent), getComputedStyle(cell).textAlign,
    getComputedStyle(table.querySelectorAll("thead th")[index]).textAlign]))"""


def test_words_stand_left_and_numbers_right_below_their_heading(opened: Open) -> None:
    sides = opened(graded("zh")).page.evaluate(READ_SIDES)
    assert sides
    assert all(cell == heading for _, cell, heading in sides)
    assert {cell for words, cell, _ in sides if words} == {"left"}
    assert "right" in {cell for words, cell, _ in sides if not words}


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    "report", [pytest.param(report_of(*MIXED), id="mixed"), pytest.param(hostile_report(), id="hostile")]
)
def test_nothing_is_wider_than_the_screen(opened: Open, report: Report, width: int) -> None:
    page = opened(page_of(report), width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_printed_it_is_dark_on_white_with_every_table_open(opened: Open) -> None:
    page = opened(mixed(), scheme="dark").page
    on_screen = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="print", color_scheme="dark")
    printed = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (on_screen, printed) == ("rgb(22, 23, 26)", "rgb(255, 255, 255)")
    assert all(table.is_visible() for table in page.locator("table").all())
    assert page.pdf().startswith(b"%PDF-")
