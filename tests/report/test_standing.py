"""The conclusion of a report: it follows from the verdicts, and praises nobody."""

import pytest

from kaoguan import prompts
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.results import Score
from kaoguan.report.phrases import Level, interviewer_note, level
from kaoguan.testing import KeywordJudge, Ticks
from tests.interview.bank import PERFECT, rubric


@pytest.mark.parametrize(
    ("unaided", "final", "against", "reached"),
    [
        (90, 95, 0, Level.INDEPENDENT),
        (90, 95, 1, Level.SOLID),
        (40, 95, 0, Level.SOLID),
        (60, 60, 0, Level.PARTLY),
        (0, 20, 0, Level.NOT_YET),
        (0, 0, 3, Level.NOT_YET),
    ],
)
def test_the_level_asks_for_more_than_a_final_score(unaided: float, final: float, against: int, reached: Level) -> None:
    assert level(Score(unaided=unaided, final=final), against) is reached


def said(*answers: str) -> list[str]:
    plan = Plan(rubrics=(rubric(1), rubric(2)), language="zh", follow_ups=1)
    interview = Interview.start(plan, Grader(KeywordJudge()), clock=Ticks())
    for answer in answers:
        interview.submit(answer)
    return interviewer_note(interview.report(), prompts.load("report", "zh").say)


def test_it_says_what_it_rests_on() -> None:
    assert said("第1题的甲要点成立，误以为1无所谓", "第1题的乙要点成立", PERFECT.format(2)) == [
        "结论：主要内容能讲出来，还有缺口，见下。",
        "依据：最重要的要点（权重 3）讲出 2/2 个；追问之后补上 1 个要点；误解 1 处。",
        "答得最多的是话题2（100 分），最少的是话题1（81.3 分）。",
    ]


def test_nothing_is_concluded_from_nothing() -> None:
    assert said() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_level_flatters(language: str) -> None:
    words = prompts.load("interviewer_model", language).options("verdicts")  # type: ignore[arg-type]
    texts = [prompts.load("report", language).say(f"level_{one}") for one in Level]  # type: ignore[arg-type]
    flattery = [word for word in words if word not in ("wrong", "incorrect", "incomplete", "错误", "不完整")]
    assert [text for text in texts if any(word in text for word in flattery)] == []
