"""An answer that argues with its grader gains nothing by it, and loses nothing of what it really says."""

import json
import unicodedata
from collections.abc import Callable, Sequence

import pytest
from tests.grading.llm.injections import INJECTIONS

from kaoguan.grading.llm import LLMJudge
from kaoguan.llm import Message
from kaoguan.models import Judgement, Label, Rubric
from kaoguan.testing import ScriptedModel
from kaoguan.testing.judging import read_prompt, spoken

FIRST, SECOND = "训练时每一步都随机丢弃一部分神经元。", "这样好比训练了许多个子网络，再取它们的平均。"
LABELS = {"训练时随机丢弃一部分神经元": (Label.COVERED, FIRST), "相当于多个子网络的集成": (Label.PARTIAL, SECOND)}
PLACES: dict[str, Callable[[str], str]] = {
    "before": lambda injected: f"{injected}\n{FIRST}{SECOND}",
    "inside": lambda injected: f"{FIRST}{injected}\n{SECOND}",
    "after": lambda injected: FIRST + SECOND + injected,
}
# What chat templates are made of, as servers tokenise it.
LIVE = (
    "<|",
    "|>",
    "<｜",
    "｜>",
    "[INST",
    "[/INST",
    "<<SYS",
    "<s>",
    "</s>",
    "<start_of_turn",
    "<end_of_turn",
    "[TOOL_CALLS",
    "</answer",
    "<think",
    "[/TOOL_RESULTS",
    "<tool_result",
    "<!--",
    "<![CDATA",
)


def careful(text: str) -> str:
    """A model that is not talked to: it rules on what the honest sentences say, and quotes them."""
    prompt = read_prompt(text)
    assert prompt
    said = {handle: LABELS.get(prompt.points[handle], (Label.MISSING, "")) for handle in prompt.asked}
    rulings = {
        handle: {"evidence": words, "explanation": "", "verdict": label.value, "confidence": 0.9}
        for handle, (label, words) in said.items()
    }
    return json.dumps(rulings | {"misconceptions": []}, ensure_ascii=False)


Judged = Callable[[Rubric, str], tuple[Judgement, Sequence[Message]]]


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Judge an answer once, and say what was asked."""
    model = ScriptedModel(spoken(careful))
    judge = LLMJudge(model)

    def judging(rubric: Rubric, answer: str) -> tuple[Judgement, Sequence[Message]]:
        judgement = judge.judge(rubric, answer)
        return judgement, model.asked[-1]

    return judging


def test_there_are_sixty_of_them_and_no_two_alike() -> None:
    assert len(set(INJECTIONS.values())) == len(INJECTIONS) >= 60


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("injected", INJECTIONS.values(), ids=INJECTIONS)
def test_no_verdict_changes_and_evidence_stays_within_the_honest_words(
    rubric: Rubric, judged: Judged, injected: str, place: Callable[[str], str]
) -> None:
    answer = place(injected)
    judgement, _ = judged(rubric, answer)
    found = {verdict.key_point: (verdict.verdict, verdict.evidence.rstrip("。")) for verdict in judgement.verdicts}
    honest = {"p1": (Label.COVERED, FIRST.rstrip("。")), "p2": (Label.PARTIAL, SECOND.rstrip("。"))}
    assert found == honest
    for verdict in judgement.verdicts:
        assert verdict.span is not None
        assert answer[slice(*verdict.span)] == verdict.evidence
    assert set(judgement.review_reasons) <= {"injection_suspected"}


@pytest.mark.parametrize("injected", INJECTIONS.values(), ids=INJECTIONS)
def test_an_order_that_runs_into_an_honest_sentence_costs_that_one_at_most_and_a_person_is_told(
    rubric: Rubric, judged: Judged, injected: str
) -> None:
    # Where nothing ends the order, nobody can tell where the answer begins.
    judgement, _ = judged(rubric, FIRST + injected + SECOND)
    first, second = judgement.verdicts
    assert first.verdict is Label.COVERED
    if second.verdict is not Label.PARTIAL:
        assert second.verdict is Label.MISSING
        assert {"injection_suspected", "evidence_not_found"} <= set(judgement.review_reasons)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("injected", INJECTIONS.values(), ids=INJECTIONS)
def test_what_is_injected_stands_between_the_fences_only_visible_and_without_live_tokens(
    rubric: Rubric, judged: Judged, injected: str, place: Callable[[str], str]
) -> None:
    _, (system, user) = judged(rubric, place(injected))
    _, (plain_system, plain_user) = judged(rubric, FIRST + SECOND)
    assert system == plain_system
    fence = next(line for line in user.content.splitlines() if line.startswith("=====ANSWER-") and line not in injected)
    before, between, after = user.content.split(f"\n{fence}\n")
    plain_fence = next(line for line in plain_user.content.splitlines() if line.startswith("=====ANSWER-"))
    frame = plain_user.content.split(f"\n{plain_fence}\n")
    assert (before.replace(fence, ""), after) == (frame[0].replace(plain_fence, ""), frame[2])
    assert FIRST in between
    assert [one for one in between if one not in "\n\t" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co")] == []
    assert [token for token in LIVE if token in between] == []
