"""One self-contained HTML file: no script, no request, every word from outside escaped.

html.render(report) -> str                              an interview's report, and nothing about any other: to be sent
html.progress.render_progress(progress, sessions, "zh")  how the candidate stands, over all interviews
html.cohort.render_cohort(cohort, "zh") -> str           a graded file's report
"""

from kaoguan.report.html.session import render

__all__ = ["render"]
