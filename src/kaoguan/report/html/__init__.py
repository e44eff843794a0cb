"""One self-contained HTML file: no script, no request, every word from outside escaped.

html.render(report, sessions) -> str             an interview's report; `sessions` are for the timeline
html.page("cohort.html.jinja", "zh", …) -> str   any page that extends `base.html.jinja`
"""

from kaoguan.report.html.environment import page
from kaoguan.report.html.session import render

__all__ = ["page", "render"]
