"""The page of a file of answers."""

from kaoguan import prompts
from kaoguan.cohort import Cohort
from kaoguan.interview.results import Score
from kaoguan.models import Language, Model
from kaoguan.report.cohort import cohort_sections, facts
from kaoguan.report.html.charts import Bar
from kaoguan.report.html.environment import page


class ScoreBand(Model):
    """How many scores lie in one range of ten; `label` is where it begins."""

    label: str
    count: int


def render_cohort(cohort: Cohort, language: Language) -> str:
    """Return the cohort as one HTML file."""
    return page(
        "cohort.html.jinja",
        language,
        title=prompts.load("cohort", language).say("title"),
        facts=facts(cohort, language),
        # What is a chart here needs no table of bars.
        sections=[section for section in cohort_sections(cohort, language) if not section.drawn],
        columns_of=[ScoreBand(label=str(10 * index), count=count) for index, count in enumerate(cohort.distribution)],
        means=[Bar(name=each.question, score=Score(final=_rounded(each.mean))) for each in cohort.questions],
    )


def _rounded(mean: float | None) -> float | None:
    return None if mean is None else round(mean, 1)
