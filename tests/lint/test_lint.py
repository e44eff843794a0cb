"""The linter: one rubric with one fault each, and the shipped bank without any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.grading import Grader
from kaoguan.lint import Code, findings, judged, mended
from kaoguan.models import KeyPoint, Misconception, Rubric, Source
from kaoguan.rubrics import load_bundled
from kaoguan.testing import KeywordJudge, make_rubric

SOURCE = Source(document="notes.txt", lines=(1, 1))
MOMENTUM = KeyPoint(id="p1", text="动量是梯度的滑动平均", weight=3, follow_up="动量到底在算什么？", source=SOURCE)
DAMPING = KeyPoint(id="p2", text="动量能够抑制来回震荡的分量", weight=2, source=SOURCE)
GOOD = make_rubric(
    MOMENTUM,
    DAMPING,
    id="momentum",
    topic="动量",
    difficulty=2,
    question="什么是动量？",
    reference_answer="动量是梯度的滑动平均。动量能够抑制来回震荡的分量。",
    misconceptions=(Misconception(id="m1", text="动量会让学习率变大"),),
)


def with_second(**change: object) -> Rubric:
    """Return the good rubric with its second point changed."""
    return GOOD.model_copy(update={"key_points": (MOMENTUM, DAMPING.model_copy(update=change))})


def with_points(*texts: str) -> Rubric:
    points = tuple(KeyPoint(id=f"p{i}", text=text, weight=2, source=SOURCE) for i, text in enumerate(texts, start=1))
    return GOOD.model_copy(update={"key_points": points})


FAULTS = {
    "two sentences": (with_second(text="动量抑制震荡。系数一般取 0.9"), Code.NOT_ATOMIC, "key_points[p2].text"),
    "a whole paragraph": (with_second(text="动量" + "抑制震荡的分量，" * 12), Code.NOT_ATOMIC, "key_points[p2].text"),
    "a point within a point": (
        with_second(text="动量是梯度的滑动平均值"),
        Code.OVERLAP,
        "key_points[p2].text",
    ),
    "the same point again": (with_second(text="动量是梯度的滑动平均。"), Code.SAME_POINT, "key_points[p2].text"),
    "a follow-up that tells": (
        with_second(follow_up="动量是不是能够抑制来回震荡？"),
        Code.LEAK,
        "key_points[p2].follow_up",
    ),
    "a point that neither teaches nor names a source": (with_second(source=None), Code.NO_SOURCE, "key_points[p2]"),
    "no point that does": (
        GOOD.model_copy(update={"key_points": (DAMPING.model_copy(update={"source": None}),)}),
        Code.NO_SOURCE,
        "key_points",
    ),
    "a paraphrase said twice": (
        with_second(paraphrases=("动量让震荡抵消", "动量让震荡抵消！")),
        Code.SAME_PARAPHRASE,
        "key_points[p2].paraphrases",
    ),
    "a misconception that is a point": (
        GOOD.model_copy(update={"misconceptions": (Misconception(id="m1", text="动量是梯度的滑动平均！"),)}),
        Code.MISCONCEPTION,
        "misconceptions[m1].text",
    ),
}


@pytest.mark.parametrize(("rubric", "code", "place"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_at_its_place(rubric: Rubric, code: Code, place: str) -> None:
    assert (code, place) in [(finding.code, finding.place) for finding in findings(rubric)]


def test_a_good_rubric_has_no_findings() -> None:
    assert not list(findings(GOOD))


ATOMIC = {
    "a full stop at the end": "动量是梯度的滑动平均。",
    "steps in order": "反向传播的过程依次是：前向计算；反向求导；更新参数",
    "a contrast": "加动量走得更稳；不加动量容易来回震荡",
    "sentences in brackets": "动量是滑动平均（系数取 0.9。也可以取 0.99。）",
    "a number": "动量系数通常取 0.9 到 0.99",
}


@pytest.mark.parametrize("text", ATOMIC.values(), ids=ATOMIC)
def test_one_claim_is_not_called_several(text: str) -> None:
    assert Code.NOT_ATOMIC not in [finding.code for finding in findings(with_points(text))]


def test_points_about_two_sides_do_not_overlap() -> None:
    rubric = with_points("梯度消失的原因之一是层数太深", "梯度爆炸的原因之一是层数太深")
    assert Code.OVERLAP not in [finding.code for finding in findings(rubric)]


def test_a_reference_answer_that_leaves_out_a_point_is_found() -> None:
    rubric = GOOD.model_copy(update={"reference_answer": "动量是梯度的滑动平均。"})
    (finding,) = judged(rubric, Grader(KeywordJudge()).grade)
    assert (finding.code, finding.place) == (Code.REFERENCE, "reference_answer")
    assert "open: p2" in finding.what


def test_points_that_cannot_all_be_earned_are_found() -> None:
    wrong = Misconception(id="m1", text="抑制来回震荡")
    rubric = GOOD.model_copy(update={"misconceptions": (wrong,), "reference_answer": "动量是梯度的滑动平均。"})
    assert Code.UNREACHABLE in [finding.code for finding in judged(rubric, Grader(KeywordJudge()).grade)]


def test_the_shipped_rubrics_have_no_findings() -> None:
    bank = load_bundled()
    assert {rubric.id: list(findings(rubric)) for rubric in bank.values()} == {rubric_id: [] for rubric_id in bank}


def test_a_note_is_where_to_read() -> None:
    taught = [point.model_copy(update={"source": None, "note": "两三句话。"}) for point in GOOD.key_points]
    assert not list(findings(GOOD.model_copy(update={"key_points": tuple(taught)})))


@pytest.mark.parametrize("rubric", [fault[0] for fault in FAULTS.values()], ids=FAULTS)
def test_mending_takes_away_all_that_it_says_it_can(rubric: Rubric) -> None:
    assert not [finding for finding in findings(mended(rubric)) if finding.fixable]


def test_of_two_equal_points_the_first_keeps_the_heavier_weight_and_both_wordings() -> None:
    twin = DAMPING.model_copy(update={"id": "p3", "weight": 3, "paraphrases": ("动量让震荡抵消",)})
    after = mended(GOOD.model_copy(update={"key_points": (MOMENTUM, DAMPING, twin)}))
    assert [(point.id, point.weight, point.paraphrases) for point in after.key_points] == [
        ("p1", 3, ()),
        ("p2", 3, ("动量让震荡抵消",)),
    ]


TEXTS = st.sampled_from(["动量", "动量是梯度的滑动平均", "抑制震荡", "抑制震荡。", "系数取 0.9"])


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS), TEXTS), min_size=1, max_size=4), st.lists(TEXTS))
def test_mending_twice_is_mending_once(points: list[tuple[str, list[str], str]], wrong: list[str]) -> None:
    made = tuple(
        KeyPoint(id=f"p{i}", text=text, weight=1, paraphrases=tuple(wordings), follow_up=ask)
        for i, (text, wordings, ask) in enumerate(points)
    )
    errors = tuple(Misconception(id=f"m{i}", text=text) for i, text in enumerate(wrong))
    rubric = GOOD.model_copy(update={"key_points": made, "misconceptions": errors})
    assert mended(mended(rubric)) == mended(rubric)
    assert not [finding for finding in findings(mended(rubric)) if finding.fixable]
