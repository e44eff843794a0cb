"""The interview: a state machine that decides, records that survive, and two front ends.

    interview = Interview.start(plan, grader)
    while not interview.finished:
        interview.submit(ask_someone(interview.question))
    interview.report()

In practice mode an interview waits after each question (`interview.reviewing`) for `go_on()` or another `submit()`.

The machine needs no terminal. `conversation` adds commands, `terminal` and `piped` add people.
"""

from kaoguan.interview.interview import Interview
from kaoguan.interview.planning import choose
from kaoguan.interview.results import Report
from kaoguan.store import Mode, Plan, Style

__all__ = ["Interview", "Mode", "Plan", "Report", "Style", "choose"]
