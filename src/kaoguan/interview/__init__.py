"""The interview: a state machine that decides, records that survive, and two front ends.

    interview = Interview.start(plan, grader)
    while not interview.finished:
        interview.submit(ask_someone(interview.question))
    interview.report()

In practice mode an interview waits after each question (`interview.reviewing`) for `go_on()` or another `submit()`.

The machine needs no terminal. `conversation` adds commands, `terminal` and `piped` add people.
Names are resolved on first use: the list of sessions needs nothing of the machine, which takes 0.05 s to load.
"""

from typing import TYPE_CHECKING

from kaoguan.faces import face

if TYPE_CHECKING:
    from kaoguan.interview.decide.planning import choose
    from kaoguan.interview.in_async import AsyncInterview
    from kaoguan.interview.interview import Interview
    from kaoguan.interview.results import Report
    from kaoguan.session import Mode, Plan, Style

__getattr__ = face(
    __name__,
    {
        "AsyncInterview": "kaoguan.interview.in_async",
        "Interview": "kaoguan.interview.interview",
        "Mode": "kaoguan.session",
        "Plan": "kaoguan.session",
        "Report": "kaoguan.interview.results",
        "Style": "kaoguan.session",
        "choose": "kaoguan.interview.decide.planning",
    },
)

__all__ = ["AsyncInterview", "Interview", "Mode", "Plan", "Report", "Style", "choose"]
