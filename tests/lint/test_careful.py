"""What a careful reader would stumble over."""

import pytest

from kaoguan import lint
from kaoguan.models import KeyPoint, Rubric, Source

GOOD = KeyPoint(id="p1", text="动量是梯度的滑动平均", weight=3, source=Source(document="a.md", lines=(1, 1)))
RUBRIC = Rubric(
    id="momentum",
    language="zh",
    topic="动量",
    difficulty=2,
    question="什么是动量？",
    reference_answer="动量是梯度的滑动平均。",
    key_points=(GOOD,),
)
CASES: dict[str, tuple[dict[str, object], str]] = {
    "a hollow answer": ({"reference_answer": "TODO"}, "R107"),
    "a pointer instead of a point": ({"key_points": (GOOD.model_copy(update={"text": "详见：某某博客"}),)}, "R107"),
    "a check box": ({"question": "[ ] 什么是动量？"}, "R108"),
    "a star": ({"question": "什么是动量？★★"}, "R108"),
    "a topic that names nothing": ({"topic": "为什么要用"}, "R109"),
    "a point that leans": ({"key_points": (GOOD.model_copy(update={"text": "它能抑制震荡的分量"}),)}, "R110"),
    "an id that says nothing": ({"id": "question_2"}, "R111"),
    "a follow-up that names the title": (
        {
            "key_points": (
                GOOD.model_copy(update={"text": "抑制震荡：相反的分量抵消", "follow_up": "抑制震荡是怎么回事？"}),
            )
        },
        "R103",
    ),
}


@pytest.mark.parametrize(("change", "code"), CASES.values(), ids=CASES)
def test_it_is_found(change: dict[str, object], code: str) -> None:
    assert code in {finding.code for finding in lint.findings(RUBRIC.model_copy(update=change))}


def test_nothing_is_found_in_a_good_rubric() -> None:
    assert not list(lint.findings(RUBRIC))
