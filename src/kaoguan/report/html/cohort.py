"""The page of a file of answers."""

from kaoguan import prompts
from kaoguan.cohort import Cohort
from kaoguan.models import Language
from kaoguan.report.cohort import facts, sections
from kaoguan.report.html.environment import page


def render(cohort: Cohort, language: Language) -> str:
    """Return the cohort as one HTML file."""
    return page(
        "cohort.html.jinja",
        language,
        title=prompts.load("cohort", language).say("title"),
        facts=facts(cohort, language),
        sections=sections(cohort, language),
    )
