"""The HTML page, read by a real HTML parser: well formed, complete, exact, and deaf to what stands in an answer."""

import re

import pytest
from justhtml import JustHTML

from kaoguan.learning import catch_up, progress
from kaoguan.models import Label, Language
from kaoguan.report import html
from kaoguan.report.html.progress import render_progress
from kaoguan.store import Store
from tests.learning.sat import START, sit
from tests.report.pages import HOSTILE, attribute, history, hostile_report, parsed, quotes_of, report_of, typed

MIXED = ("第1题的甲要点成立\n不对：第1题的乙要点成立", "误以为1无所谓", "与数据有关", "还是与数据有关")


def page_of(*answers: str, language: Language = "zh") -> JustHTML:
    report = report_of(*answers, language=language)
    return parsed(html.render(report))


def text_of(page: JustHTML, selector: str) -> list[str]:
    return [" ".join(element.to_text().split()) for element in page.query(selector)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "answers",
    [
        pytest.param((), id="nothing-answered"),
        pytest.param(("/skip", "/skip"), id="all-skipped"),
        pytest.param(MIXED, id="mixed"),
        pytest.param(("与数据有关", "/undo", "第1题的甲要点成立", "/skip"), id="undone"),
    ],
)
def test_every_report_is_well_formed(answers: tuple[str, ...], language: Language) -> None:
    page = page_of(*answers, language=language)
    ids = [attribute(element, "id") for element in page.query("[id]")]
    assert len(ids) == len(set(ids))
    targets = {attribute(element, "href")[1:] for element in page.query("a")}
    assert targets <= set(ids)
    labels = " ".join(attribute(element, "aria-labelledby") for element in page.query("[aria-labelledby]")).split()
    assert set(labels) <= set(ids)


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = parsed(html.render(hostile_report()))
    assert not page.query("script, link, img, iframe, object, embed, base, form, audio, video")
    assert all(attribute(element, "href").startswith("#") for element in page.query("[href]"))
    assert not page.query("[src], [style], [srcset], [action], [background]")
    assert not [name for element in page.query("*") for name in element.attrs or () if name.startswith("on")]
    assert len(page.query("style")) == 1
    style = typed(page.query("style")[0])
    assert not re.search(r"url\(|@import|@font-face", style)


def test_the_policy_allows_one_style_sheet_and_nothing_else() -> None:
    (policy,) = page_of().query("meta[http-equiv]")
    allowed = re.fullmatch(
        r"default-src 'none'; style-src '(sha256-[\w+/=]{44})'; base-uri 'none'; form-action 'none'",
        attribute(policy, "content"),
    )
    assert allowed


def test_every_turn_is_shown_as_it_was_typed() -> None:
    report = hostile_report()
    page = parsed(html.render(report))
    shown = {int(attribute(bubble, "data-turn")): typed(bubble) for bubble in page.query("[data-turn]")}
    assert shown == {turn.seq: turn.text for turn in report.turns if turn.text}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_answer_is_text(hostile: str) -> None:
    report = report_of(hostile, "/skip", "/skip")
    (bubble,) = parsed(html.render(report)).query(".candidate [data-turn]")
    assert typed(bubble) == hostile
    assert {element.name for element in bubble.query("*")} <= {"span"}
    assert {attribute(element, "class") for element in bubble.query("*")} <= {"unseen"}


def test_highlights_are_the_stored_spans() -> None:
    report = report_of(*MIXED)
    page = parsed(html.render(report))
    shown: dict[tuple[str, int], str] = {}
    for bubble in page.query("[data-turn]"):
        for run in bubble.query("mark"):
            for point in attribute(run, "data-points").split():
                key = (point, int(attribute(bubble, "data-turn")))
                shown[key] = shown.get(key, "") + typed(run)
    stored = {
        (f"q{number}-{letter}{index}", quote.turn): quote.text
        for number, question in enumerate(report.questions, start=1)
        for letter, ruled in (("p", question.points), ("m", question.misconceptions))
        for index, one in enumerate(ruled, start=1)
        for quote in quotes_of(one)
    }
    assert shown == stored
    assert len(stored) == 3


def test_verdicts_are_told_apart_without_colour() -> None:
    page = page_of(*MIXED)
    assert text_of(page, ".ref") == ["✓1", "!2", "≠1"]
    signs = {attribute(element, "class"): element.to_text() for element in page.query(".points .sign")}
    assert len(set(signs.values())) == len(signs) == 4


def test_each_chart_has_a_title_a_description_and_a_table() -> None:
    page = page_of(*MIXED)
    charts = page.query("svg[role=img]")
    assert len(charts) == 1
    assert all(chart.query("title") and chart.query("desc") for chart in charts)
    assert len(page.query("details table")) == 1
    about = typed(page.query("#chart-topics-d")[0])
    assert re.fullmatch(r"话题1 首答 [\d.]+，追问后 [\d.]+；话题2 首答 0，追问后 0。", about)


def test_an_unanswered_question_is_not_spoiled() -> None:
    assert "第1题的丙要点成立" not in html.render(report_of())
    assert "第1题的丙要点成立" in html.render(report_of("/skip"))


def test_what_was_taken_back_is_shown_as_such_and_earns_nothing() -> None:
    page = page_of("第1题的甲要点成立", "/undo", "与数据有关", "/skip")
    (gone,) = page.query(".candidate.taken-back [data-turn]")
    assert typed(gone) == "第1题的甲要点成立"
    assert not page.query("mark")


def test_the_timeline_needs_two_sessions() -> None:
    with Store.in_memory() as store:
        sit(store, START, {1: "甲"})
        catch_up(store)
        found = progress(store.reviews, START)
    report = report_of(*MIXED)
    assert not parsed(render_progress(found, history(report, 1), "zh")).query("#timeline")
    page = parsed(render_progress(found, history(report, 40), "zh"))
    assert len(page.query("#chart-timeline .dot")) == 24


def test_a_session_page_holds_that_session_and_nothing_of_any_other() -> None:
    page = page_of(*MIXED)
    assert not page.query("#timeline")
    assert not page.query("#chart-mastered")


def test_scores_and_next_steps_are_those_of_the_report() -> None:
    report = report_of("与数据有关", "第1题的甲要点成立", "与数据有关", "与数据有关")
    page = parsed(html.render(report))
    assert [float(figure.to_text()) for figure in page.query(".figure b")] == [0, 25]
    steps = text_of(page, ".steps > li")
    assert len(steps) == len(report.next_steps) == 3
    assert all(step.text in shown for step, shown in zip(report.next_steps, steps, strict=True))
    verdicts = [point.final for question in report.questions for point in question.points]
    assert [Label(attribute(item, "class")) for item in page.query(".points > li")] == verdicts
