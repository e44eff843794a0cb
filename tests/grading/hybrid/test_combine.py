"""The table of cases: two judges' verdicts made one."""

from typing import Any

import pytest

from kaoguan.grading.hybrid.combine import SURE_OFFLINE, Second, combine, needs_second
from kaoguan.models import JudgeName, Label, Verdict

COVERED, PARTIAL, MISSING, CONTRADICTED = Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED


def offline(label: Label, confidence: float = 0.96) -> Verdict:
    quoted: dict[str, Any] = {} if label is MISSING else {"evidence": "离线", "span": (0, 2)}
    return Verdict(key_point="p1", verdict=label, confidence=confidence, judge=JudgeName.OFFLINE, **quoted)


def llm(label: Label, confidence: float = 0.8) -> Verdict:
    quoted: dict[str, Any] = {} if label is MISSING else {"evidence": "模型", "span": (5, 7)}
    return Verdict(key_point="p1", verdict=label, confidence=confidence, judge=JudgeName.LLM, **quoted)


def found(label: Label) -> Second:
    return Second(llm(label), unverified=False)


UNSURE = SURE_OFFLINE - 0.01
NOT_FOUND = Second(llm(MISSING), unverified=True)

# offline, first look, its evidence missing, orders in the answer: is a second look needed?
SECOND = {
    "agree": (COVERED, COVERED, False, False, False),
    "near above": (MISSING, PARTIAL, False, False, False),
    "near below": (COVERED, PARTIAL, False, False, False),
    "missing or contradicted": (MISSING, CONTRADICTED, False, False, False),
    "far above": (MISSING, COVERED, False, False, True),
    "far below": (COVERED, MISSING, False, False, True),
    "opposite": (COVERED, CONTRADICTED, False, False, True),
    "evidence not found": (MISSING, MISSING, True, False, True),
    "orders, LLM gives more": (MISSING, PARTIAL, False, True, True),
    "orders, LLM gives less": (PARTIAL, MISSING, False, True, False),
    "orders, agree": (COVERED, COVERED, False, True, False),
}


@pytest.mark.parametrize(("ours", "theirs", "unverified", "ordered", "needed"), SECOND.values(), ids=SECOND)
def test_a_second_look_is_taken_where_the_first_cannot_stand(
    ours: Label, theirs: Label, unverified: bool, ordered: bool, needed: bool
) -> None:
    assert needs_second(offline(ours), llm(theirs), unverified=unverified, ordered=ordered) is needed


# offline, first look, second look: verdict, whose words, reason to review
CASES = {
    "agree": (offline(COVERED), llm(COVERED), None, COVERED, "模型", None),
    "near: the LLM's": (offline(MISSING), llm(PARTIAL), None, PARTIAL, "模型", None),
    "far, then sides with offline": (offline(MISSING), llm(COVERED), found(MISSING), MISSING, "", None),
    "far, then near": (offline(MISSING), llm(COVERED), found(PARTIAL), PARTIAL, "模型", None),
    "far, stays, offline sure": (offline(MISSING), llm(COVERED), found(COVERED), COVERED, "模型", "judges_disagree"),
    "far, stays, offline unsure": (offline(MISSING, UNSURE), llm(COVERED), found(COVERED), COVERED, "模型", None),
    "opposite, stays": (
        offline(COVERED), llm(CONTRADICTED), found(CONTRADICTED), CONTRADICTED, "模型", "judges_disagree"
    ),
    "never found": (offline(COVERED), llm(MISSING), NOT_FOUND, COVERED, "离线", "evidence_not_found"),
    "found at last": (offline(COVERED), llm(MISSING), found(COVERED), COVERED, "模型", None),
    "agree on missing": (offline(MISSING), llm(MISSING), None, MISSING, "", None),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "first", "second", "label", "words", "reason"), CASES.values(), ids=CASES)
def test_two_verdicts_become_one(
    ours: Verdict, first: Verdict, second: Second | None, label: Label, words: str, reason: str | None
) -> None:
    verdict, why = combine(ours, first, second)
    assert (verdict.verdict, verdict.evidence, why) == (label, words, reason)
    assert verdict.judge is JudgeName.HYBRID


def test_agreement_is_surer_than_either_and_disagreement_less_sure() -> None:
    agreed, _ = combine(offline(COVERED, 0.7), llm(COVERED, 0.8), None)
    assert agreed.confidence == pytest.approx(0.94)
    alone, _ = combine(offline(MISSING, 0.9), llm(COVERED, 0.8), found(COVERED))
    assert alone.confidence < 0.8
