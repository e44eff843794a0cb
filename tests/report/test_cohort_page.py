"""The page of a graded file: well formed, with a table for every chart, deaf to what stands in an answer."""

import pytest

from kaoguan.cohort import Gathering
from kaoguan.grading import Grader
from kaoguan.models import Language, Submission
from kaoguan.report.html.cohort import render_cohort
from kaoguan.testing import KeywordJudge
from tests.interview.bank import PERFECT, rubric
from tests.report.pages import HOSTILE, attribute, parsed


def page_of(*answers: str, language: Language = "zh") -> str:
    about = rubric(1)
    grader, gathering = Grader(KeywordJudge()), Gathering({about.id: about})
    for number, answer in enumerate(answers):
        submission = Submission(id=f"<b>{number}</b>", rubric_id=about.id, answer=answer)
        gathering.add(submission, grader.grade(about, answer, id=submission.id))
    return render_cohort(gathering.cohort(), language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "answers",
    [
        pytest.param((), id="no-answers"),
        pytest.param((PERFECT.format(1), PERFECT.format(1), "不知道"), id="copies"),
        pytest.param(HOSTILE * 2, id="hostile"),
    ],
)
def test_every_graded_file_has_a_page(answers: tuple[str, ...], language: Language) -> None:
    page = parsed(page_of(*answers, language=language))
    assert not page.query("script, link, img, iframe, b b")
    ids = [attribute(element, "id") for element in page.query("[id]")]
    assert len(ids) == len(set(ids))
    counts = [int(number.to_text()) for number in page.query("#chart-distribution .count")]
    assert sum(counts) == len(answers)
