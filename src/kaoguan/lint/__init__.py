"""Faults of a rubric that no schema sees: it reads well and would still grade or ask badly.

findings(rubric)                 what the words alone show
judged(rubric, grade)            what shows when the rubric's own words are graded
mended(rubric)                   the rubric with the mechanical faults mended
"""

from kaoguan.lint.finding import Code, Finding, Severity
from kaoguan.lint.words import findings, judged, mended

__all__ = ["Code", "Finding", "Severity", "findings", "judged", "mended"]
