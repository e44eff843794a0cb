"""The interview: a state machine that decides, records that survive, and two front ends.

    interview = Interview.start(plan, grader)
    while not interview.finished:
        interview.submit(ask_someone(interview.question))
    interview.report()

The machine needs no terminal. `conversation` adds commands, `terminal` and `piped` add people.
"""

from kaoguan.interview.interview import Interview
from kaoguan.interview.planning import choose
from kaoguan.interview.results import Report
from kaoguan.store import Mode, Plan

__all__ = ["Interview", "Mode", "Plan", "Report", "choose"]
