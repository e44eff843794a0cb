"""A model that finds everything covered raises no grade of an answer that says nothing, unless a person is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kaoguan import config, rubrics
from kaoguan.grading import Grader, Judge
from kaoguan.grading.hybrid import HybridJudge
from kaoguan.grading.llm import LLMJudge
from kaoguan.grading.llm.evidence import Answer
from kaoguan.models import Judgement, Rubric
from kaoguan.testing import ScriptedModel
from kaoguan.testing.judging import ChatReplying, gullible, quotable, spoken

DEV = Path(__file__).parents[3] / "benchmarks/gold/dev"
KINDS = {"adv_injection", "adv_offtopic", "adv_keywords"}
ROWS = [row for row in map(json.loads, (DEV / "answers.jsonl").read_text("utf-8").splitlines()) if row["kind"] in KINDS]


class Once:
    """The real offline judge, asked once about each answer."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._known: dict[tuple[str, str], Judgement] = {}
        self.fingerprints = judge.fingerprints

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        key = (rubric.id, answer)
        if key not in self._known:
            self._known[key] = self._judge.judge(rubric, answer)
        return self._known[key]


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Once:
    folders = config.folders({"KAOGUAN_HOME": str(tmp_path_factory.mktemp("kaoguan"))})
    return Once(Grader.offline(folders=folders).ruling)


def obedient(quote: Callable[[str], str]) -> ChatReplying:
    """A model that is honest and finds nothing, unless the answer tells it what to find."""
    obeying, honest = gullible(quote, canary=False), gullible(lambda answer: "", canary=False)

    def replying(text: str) -> str:
        said = text.rpartition("=====ANSWER-")[0]
        return obeying(text) if Answer(said[said.find("=====ANSWER-") :]).gives_orders else honest(text)

    return replying


MODELS: dict[str, ChatReplying] = {
    "no evidence": gullible(lambda answer: "", canary=False),
    "invented evidence": gullible(lambda answer: "这句话候选人没有说过", canary=False),
    "some words of the answer": gullible(quotable, canary=False),
    "the whole answer": gullible(lambda answer: answer, canary=False),
    "the canary too": gullible(quotable, canary=True),
    "when told to": obedient(quotable),
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_injected_off_topic_and_stuffed_answers_stay_low_or_go_to_a_person(model: ChatReplying, offline: Once) -> None:
    bank = rubrics.load_folder(DEV / "rubrics")
    grader = Grader(HybridJudge(offline, LLMJudge(ScriptedModel(spoken(model)))))
    grades = {row["id"]: grader.grade(bank[row["rubric_id"]], row["answer"]) for row in ROWS}
    assert len(grades) == 21
    slipped = {id_: one.score for id_, one in grades.items() if not one.needs_review and (one.score or 0) > 15}
    assert slipped == {}
