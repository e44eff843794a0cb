"""What is followed up: the heaviest open point, what is wrong by quoting it, and never what may have been said."""

from typing import ClassVar

import pytest

from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.decide.moves import Target, openness, targets
from kaoguan.models import Grade, Judgement, JudgeName, Label, ReviewReason, Rubric, StatedMisconception, Verdict
from kaoguan.session import Kind, Turn
from kaoguan.testing import KeywordJudge, Ticks
from tests.interview.bank import rubric

MOMENT = Ticks()()


def answers(*texts: str) -> list[Turn]:
    speaker = Kind.ANSWER.speaker
    return [
        Turn(seq=seq, speaker=speaker, kind=Kind.ANSWER, text=text, at=MOMENT)
        for seq, text in enumerate(texts, start=5)
    ]


def verdict(
    point: str,
    label: Label,
    confidence: float = 0.8,
    *,
    covered_probability: float | None = None,
    span: tuple[int, int] | None = None,
) -> Verdict:
    return Verdict(
        key_point=point,
        verdict=label,
        confidence=confidence,
        covered_probability=covered_probability,
        span=span,
        judge=JudgeName.OFFLINE,
    )


def graded(*verdicts: Verdict, misconceptions: tuple[StatedMisconception, ...] = ()) -> Grade:
    grade = Grader(KeywordJudge()).grade(rubric(1), "")
    return grade.model_copy(update={"verdicts": verdicts, "misconceptions": misconceptions})


ROUGHLY = "大概是那样"
STATED = (StatedMisconception(id="m1", evidence=ROUGHLY, span=(0, 5)),)
WHOLE = (0, 5)


@pytest.mark.parametrize(
    ("verdicts", "stated", "asked"),
    [
        pytest.param(
            (
                verdict("p1", Label.MISSING, covered_probability=0.3),
                verdict("p2", Label.MISSING, covered_probability=0.01),
            ),
            (),
            [(None, False), ("p2", False)],
            id="what may have been said is not asked for, however heavy",
        ),
        pytest.param(
            (verdict("p1", Label.CONTRADICTED, covered_probability=0.1, span=WHOLE),),
            (),
            [("p1", True)],
            id="a contradiction is confronted",
        ),
        pytest.param(
            (verdict("p1", Label.CONTRADICTED, covered_probability=0.4, span=WHOLE),),
            (),
            [(None, False)],
            id="what may be right is not quoted as wrong",
        ),
        pytest.param(
            (verdict("p1", Label.COVERED, span=WHOLE),), STATED, [], id="nor are words that a point was earned by"
        ),
        pytest.param(
            (verdict("p1", Label.MISSING, covered_probability=0.01),),
            STATED,
            [(None, True), ("p1", False)],
            id="a misconception is confronted",
        ),
    ],
)
def test_what_is_asked_for(
    verdicts: tuple[Verdict, ...], stated: tuple[StatedMisconception, ...], asked: list[tuple[str | None, bool]]
) -> None:
    found = targets(rubric(1), graded(*verdicts, misconceptions=stated), answers(ROUGHLY))
    assert [(target.key_point, target.quote is not None) for target in found] == asked


def test_who_could_not_be_read_is_asked_what_else_there_is() -> None:
    unread = graded(verdict("p1", Label.MISSING, 1.0)).model_copy(update={"review_reasons": (ReviewReason.UNREADABLE,)})
    assert targets(rubric(1), unread, answers(ROUGHLY)) == (Target(),)


def test_targets_are_ordered_by_weight_then_by_how_surely_they_are_open() -> None:
    heavy = rubric(1)
    points = (heavy.key_points[0], *(point.model_copy(update={"weight": 2}) for point in heavy.key_points[1:]))
    about = heavy.model_copy(update={"key_points": points})
    grade = graded(
        verdict("p1", Label.PARTIAL, covered_probability=0.4),
        verdict("p2", Label.MISSING, covered_probability=0.04),
        verdict("p3", Label.MISSING, covered_probability=0.01),
    )
    assert [target.key_point for target in targets(about, grade, ())] == ["p1", "p3", "p2"]


def test_what_may_have_been_said_is_no_target() -> None:
    about = rubric(1)
    verdicts = (
        verdict("p1", Label.MISSING, 0.5),  # the judge is not sure
        verdict("p2", Label.MISSING, 0.9),
        verdict("p3", Label.MISSING, 0.9),
    )
    grade = Grader(KeywordJudge()).grade(about, "").model_copy(update={"verdicts": verdicts, "misconceptions": ()})
    said = answers("这题的丙要点我说了")
    # "What else is there" is asked in the place of the heaviest: it names no point.
    assert [target.key_point for target in targets(about, grade, said)] == [None, "p2"]


def test_what_is_said_not_to_be_known_is_no_target() -> None:
    about = rubric(1)
    grade = Grader(KeywordJudge()).grade(about, "")
    said = answers("先说结论，甲要点我不知道")
    assert [target.key_point for target in targets(about, grade, said)] == ["p2", "p3"]


def test_a_doubtful_missing_is_less_open_than_a_sure_one() -> None:
    sure, doubtful, unscored = (
        openness(verdict("p1", label, confidence))
        for label, confidence in [(Label.MISSING, 1.0), (Label.MISSING, 0.4), (Label.UNSCORED, 0.0)]
    )
    assert sure > doubtful > unscored


class Unsure:
    """Finds everything missing and is sure of nothing."""

    name = JudgeName.OFFLINE
    model = None
    fingerprints: ClassVar[dict[str, str]] = {}

    def judge(self, about: Rubric, answer: str) -> Judgement:
        return Judgement(
            verdicts=tuple(verdict(point.id, Label.MISSING, 0.7, covered_probability=0.1) for point in about.key_points)
        )


def test_who_may_have_said_everything_is_asked_once_what_else_there_is() -> None:
    interview = Interview.start(Plan(rubrics=(rubric(1), rubric(2)), language="zh"), Grader(Unsure()))
    (asked,) = interview.submit("说法很不一样的一段话")
    assert (asked.kind, asked.key_point) == (Kind.FOLLOW_UP, None)
    assert asked.text.startswith("除了刚才说的")
    (asked,) = interview.submit("没什么可说的地方了吧")
    assert asked.kind is Kind.QUESTION
