"""Faults of a rubric that no schema sees: it reads well and would still grade or ask badly.

findings(rubric)                 what the words alone show
judged(rubric, grade)            what shows when the rubric's own words are graded
against(rubrics, known, grade)   what contradicts the shipped questions and the statements of the field
mended(rubric)                   the rubric with the mechanical faults mended
"""

from kaoguan.lint.finding import Code, Finding, Severity
from kaoguan.lint.known import Against, Known, against
from kaoguan.lint.words import findings, judged, mended

__all__ = ["Against", "Code", "Finding", "Known", "Severity", "against", "findings", "judged", "mended"]
