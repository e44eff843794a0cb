"""An interview in a process of its own, with the keyword judge: `python -m tests.interview.sit [--resume] [--json]`."""

import sys

from kaoguan import config
from kaoguan.cli.interview_talk import hold
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.store import Store
from kaoguan.testing import KeywordJudge
from tests.interview.bank import rubric


def main(arguments: list[str]) -> None:
    grader = Grader(KeywordJudge())
    resumed = "--resume" in arguments
    with Store.open(config.folders().database) as store:
        if resumed:
            interview = Interview.resume(store.latest(unfinished=True).id, grader, store)
        else:
            plan = Plan(rubrics=tuple(rubric(number) for number in (1, 2, 3)), language="zh")
            interview = Interview.start(plan, grader, store=store)
        hold(interview, lambda: None, as_json="--json" in arguments, resumed=resumed)


if __name__ == "__main__":
    main(sys.argv[1:])
