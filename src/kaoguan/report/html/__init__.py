"""One self-contained HTML file: no script, no request, every word from outside escaped.

html.render(report, sessions, progress) -> str   an interview's report, with the candidate's other sessions and progress
html.cohort.render(cohort, "zh") -> str           a graded file's report
"""

from kaoguan.report.html.session import render

__all__ = ["render"]
