"""The report on many answers: the same tables on a terminal and on a page, with nothing of theirs let loose."""

import io

import pytest
from rich.console import Console

from kaoguan.cohort import Cohort, Gathering
from kaoguan.grading import Grader
from kaoguan.models import Language, ReviewReason, Submission
from kaoguan.report.cohort import cohort_sections, draw_cohort
from kaoguan.report.html.cohort import render_cohort
from kaoguan.testing import KeywordJudge
from tests.cohort.test_items import BANK, RUBRIC

NASTY = "<i>[u]"

COPIED = "抄来抄去的一段很长的话，\x1b[2J谁写的已经说不清楚了，反正大家都这样写，老师也看不出来。"


@pytest.fixture
def cohort() -> Cohort:
    gathering = Gathering(BANK)
    for number, answer in enumerate(["甲一乙二丙三", "甲一，误解", "", COPIED, COPIED]):
        id_ = f"{NASTY}{number}"
        grade = Grader(KeywordJudge()).grade(RUBRIC, answer, id=id_)
        gathering.add(
            Submission(id=id_, rubric_id="q", answer=answer),
            grade.model_copy(update={"needs_review": True, "review_reasons": (ReviewReason.LOW_CONFIDENCE,)}),
        )
    return gathering.cohort()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_terminal_and_page_show_every_table(cohort: Cohort, language: Language) -> None:
    out = io.StringIO()
    draw_cohort(Console(file=out, width=160), cohort, language)
    page = render_cohort(cohort, language)
    sections = cohort_sections(cohort, language)
    titles = [section.title for section in sections]
    assert len(titles) == 6
    for title in titles:
        assert title in out.getvalue()
    # The page shows the distribution as a chart, once.
    assert all(title in page for title, section in zip(titles, sections, strict=True) if not section.drawn)


def test_ids_from_a_file_are_shown_and_do_nothing(cohort: Cohort) -> None:
    out = io.StringIO()
    draw_cohort(Console(file=out, width=200), cohort, "en")
    assert "\x1b[2J" not in out.getvalue()
    assert "[u]" in out.getvalue()
    page = render_cohort(cohort, "en")
    assert "<i>" not in page
    assert "&lt;i&gt;" in page
