"""The interview: a state machine that decides, records that survive, and two front ends.

    interview = Interview.start(plan, grader)
    while not interview.finished:
        interview.submit(ask_someone(interview.question))
    interview.report()

In practice mode an interview waits after each question (`interview.reviewing`) for `go_on()` or another `submit()`.

The machine needs no terminal. `conversation` adds commands, `terminal` and `piped` add people.
Names are resolved on first use: the list of sessions needs nothing of the machine, which takes 0.05 s to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kaoguan.interview.decide.planning import choose
    from kaoguan.interview.interview import Interview
    from kaoguan.interview.results import Report
    from kaoguan.session import Mode, Plan, Style

_HOMES = {
    "Interview": "kaoguan.interview.interview",
    "Mode": "kaoguan.session",
    "Plan": "kaoguan.session",
    "Report": "kaoguan.interview.results",
    "Style": "kaoguan.session",
    "choose": "kaoguan.interview.decide.planning",
}

__all__ = ["Interview", "Mode", "Plan", "Report", "Style", "choose"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kaoguan.interview' has no attribute {name!r}")
