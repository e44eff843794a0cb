"""Reports for people: the same `interview.results.Report` on a terminal and as Markdown; a transcript; one grade.

terminal.draw_report(console, report)                  the closing report
terminal.draw_grade(console, rubric, answer, grade)    one answer outside any interview
markdown.render_markdown(report) -> str
"""
