"""The LLM judge: what it asks, and what it believes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kaoguan.grading import Grader
from kaoguan.grading.llm import LLMJudge
from kaoguan.llm import Reason, Unanswered
from kaoguan.models import Judgement, Label, Rubric, Usage
from kaoguan.testing import ScriptedModel
from kaoguan.testing.judging import Labelled, faithful, gullible, read_prompt, spoken

ANSWER = "训练时随机丢弃一些神经元，测试时也要丢弃。"
P1, P2 = "训练时随机丢弃一部分神经元", "相当于多个子网络的集成"


def replying(verdicts: dict[str, tuple[str, str]], stated: dict[str, str] | None = None) -> Callable[[str], str]:
    """A model that says this verdict with this evidence for key points by their text; missing for all others."""

    def reply(text: str) -> str:
        prompt = read_prompt(text)
        assert prompt
        said: dict[str, Any] = {}
        for handle in prompt.asked:
            verdict, evidence = verdicts.get(prompt.points[handle], ("missing", ""))
            said[handle] = {"evidence": evidence, "explanation": "因为", "verdict": verdict, "confidence": 0.9}
        if prompt.misconceptions:
            said["misconceptions"] = [{"id": id_, "evidence": words} for id_, words in (stated or {}).items()]
        return json.dumps(said, ensure_ascii=False)

    return reply


def judged(reply: Callable[[str], str], rubric: Rubric, answer: str, **options: Any) -> tuple[Judgement, ScriptedModel]:
    model = ScriptedModel(spoken(reply))
    return LLMJudge(model, **options).judge(rubric, answer), model


def test_one_call_rules_on_all_key_points_with_words_of_the_answer(rubric: Rubric) -> None:
    reply = replying({P1: ("covered", "随机丢弃一些神经元")}, {"m1": "测试时也要丢弃"})
    judgement, model = judged(reply, rubric, ANSWER)
    assert len(model.asked) == 1
    first, second = judgement.verdicts
    assert (first.key_point, first.verdict, first.evidence) == ("p1", Label.COVERED, "随机丢弃一些神经元")
    assert first.span
    assert ANSWER[slice(*first.span)] == first.evidence
    assert (second.verdict, second.evidence, second.span) == (Label.MISSING, "", None)
    assert [one.id for one in judgement.misconceptions] == ["m1"]
    assert judgement.review_reasons == ()
    assert judgement.usage
    assert judgement.usage.requests == 1


def test_the_rubric_is_the_stable_beginning_and_the_answer_comes_last(rubric: Rubric) -> None:
    prompts = [judged(replying({}), rubric, answer)[1].asked[0] for answer in (ANSWER, "不知道怎么说")]
    assert prompts[0][0] == prompts[1][0]
    system, user = prompts[0]
    for told in (rubric.question, rubric.reference_answer, P1, P2, "测试时也要随机丢弃", rubric.notes[0]):
        assert told in system.content
    assert ANSWER not in system.content
    assert ANSWER in user.content


def test_weights_are_never_shown(rubric: Rubric) -> None:
    points = tuple(point.model_copy(update={"weight": 2}) for point in rubric.key_points)

    def shown(one: Rubric) -> set[str]:
        system = judged(replying({}), one, ANSWER)[1].asked[0][0].content
        # The canary's code and place change with everything in a rubric; nothing else may.
        return {line.split(". ", 1)[-1] for line in system.splitlines() if "内部编号" not in line}

    assert shown(rubric) == shown(rubric.model_copy(update={"key_points": points}))


@pytest.mark.parametrize("claimed", ["covered", "partial", "contradicted"])
@pytest.mark.parametrize("evidence", ["", "相当于很多个网络的集成"], ids=["none", "invented"])
def test_a_verdict_without_words_of_the_answer_is_missing_and_a_person_is_told(
    rubric: Rubric, claimed: str, evidence: str
) -> None:
    judgement, _ = judged(replying({P2: (claimed, evidence)}), rubric, ANSWER)
    assert judgement.verdicts[1].verdict is Label.MISSING
    assert judgement.verdicts[1].confidence <= 0.5
    assert "evidence_not_found" in judgement.review_reasons


def test_a_misconception_needs_words_of_the_answer_and_an_id_of_the_rubric(rubric: Rubric) -> None:
    judgement, _ = judged(replying({}, {"m1": "推理时也丢", "m9": "测试时也要丢弃"}), rubric, ANSWER)
    assert judgement.misconceptions == ()


def test_a_model_that_covers_the_canary_is_not_believed_at_all(rubric: Rubric) -> None:
    judgement, _ = judged(gullible(lambda answer: answer, canary=True), rubric, ANSWER)
    assert {verdict.verdict for verdict in judgement.verdicts} == {Label.UNSCORED}
    assert judgement.review_reasons == ("canary_covered",)


def test_point_by_point_each_call_has_one_key_point_and_its_canaries(rubric: Rubric) -> None:
    labels = {"p1": Label.COVERED, "p2": Label.CONTRADICTED}
    labelled = Labelled(rubric, ANSWER, labels, ["m1"])
    judgement, model = judged(faithful([labelled]), rubric, ANSWER, per_point=True)
    assert [one.id for one in judgement.misconceptions] == ["m1"]
    assert [verdict.verdict for verdict in judgement.verdicts] == list(labels.values())
    asked = [read_prompt("\n".join(message.content for message in messages)) for messages in model.asked]
    assert [len(prompt.asked) for prompt in asked if prompt] == [3, 2]  # the heaviest point with its denial
    assert len({messages[0] for messages in model.asked}) == 1  # the same beginning: cached by the provider


@pytest.mark.parametrize("answer", ["", "  \n", "\u200b\u2028", "。。。"], ids=["empty", "blank", "invisible", "dots"])
def test_an_answer_with_nothing_in_it_needs_no_call(rubric: Rubric, answer: str) -> None:
    judgement, model = judged(replying({}), rubric, answer)
    assert model.asked == []
    assert {verdict.verdict for verdict in judgement.verdicts} == {Label.MISSING}


@pytest.mark.parametrize("reason", list(Reason))
def test_a_call_that_gives_nothing_leaves_the_answer_unscored_with_the_reason(rubric: Rubric, reason: Reason) -> None:
    def fail(text: str) -> str:
        raise Unanswered("endpoint", reason, "…", usage=Usage(requests=1, prompt_tokens=7))

    grade = Grader(LLMJudge(ScriptedModel(spoken(fail)))).grade(rubric, ANSWER)
    assert grade.score is None
    assert grade.review_reasons == (reason.value,)
    assert grade.usage
    assert grade.usage.prompt_tokens == 7
    assert {verdict.verdict for verdict in grade.verdicts} == {Label.UNSCORED}
    assert grade.feedback == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [("0.8", 0.8), ('"90%"', 0.9), ("95", 0.95), ("1", 1.0), ('"high"', 0.5), ("-3", 0.0)],
)
def test_how_sure_a_model_is_is_read_however_it_writes_it(rubric: Rubric, said: str, meant: float) -> None:
    reply = replying({P1: ("covered", "随机丢弃")})
    judgement, _ = judged(lambda text: reply(text).replace("0.9", said), rubric, ANSWER)
    assert judgement.verdicts[0].confidence == pytest.approx(meant)


def test_a_grade_says_which_model_with_which_prompts_at_what_cost(rubric: Rubric) -> None:
    grade = Grader(LLMJudge(ScriptedModel(spoken(replying({}))))).grade(rubric, ANSWER, id="a")
    assert grade.model == "scripted"
    assert grade.fingerprints.prompt
    assert grade.usage
    assert grade.usage.prompt_tokens > 500


def test_a_user_s_own_prompt_replaces_the_shipped_one_and_changes_the_fingerprint(
    rubric: Rubric, tmp_path: Path
) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "judge.yaml").write_text("system: 请严格。\n", encoding="utf-8")
    model = ScriptedModel(spoken(replying({})))
    own, shipped = LLMJudge(model, own=tmp_path), LLMJudge(model)
    own.judge(rubric, ANSWER)
    assert model.asked[0][0].content.startswith("请严格。")
    assert own.fingerprints != shipped.fingerprints
