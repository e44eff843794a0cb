"""`kaoguan grade` as a process against an endpoint that fails in every way it can: which outcome, which exit code.

A fault of one call leaves its answer unscored with the reason (exit code 4) and the other answers as they are; a fault
that every call would meet ends the run (exit code 3).
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoguan import rubrics
from kaoguan.models import Grade, JudgeName, Label, Rubric
from kaoguan.testing import Endpoint, Fault, Raw, Request
from kaoguan.testing.judging import Labelled, faithful, read_prompt
from kaoguan.testing.replies import ScriptedReply
from tests.cli.command import kaoguan

# Many processes each; what they watch over changes seldom.
pytestmark = pytest.mark.slow

# Spoken of in every answer; what follows tells the endpoint what to do.
HONEST = "优化器利用反向传播得到的梯度更新模型的参数，让损失函数不断减小。这一点记在第{}页。"

# (An endpoint that is at its limit for ever is waited for: see test_pace.py.)
FAULTS = {
    Fault.SERVER_ERROR: "server_error",
    Fault.OVERLOADED: "server_error",
    Fault.HANG: "timeout",
    Fault.RESET: "connection",
    Fault.CUT_BODY: "server_error",
    Fault.MALFORMED: "invalid_reply",
    Fault.WRONG_SCHEMA: "invalid_reply",
    Fault.CUT_OFF: "truncated",
    Fault.EMPTY_CHOICES: "empty_reply",
    Fault.EMPTY_TEXT: "empty_reply",
    Fault.REFUSAL: "refusal",
    Fault.FILTERED: "refusal",
    Fault.TOO_LONG: "context_exceeded",
}
# What an endpoint may do once and be forgiven.
FORGIVEN = (Fault.RATE_LIMITED, Fault.SERVER_ERROR, Fault.RESET, Fault.CUT_BODY, Fault.MALFORMED)
PROVIDER = {
    Fault.UNAUTHORISED: "check OPENAI_API_KEY",
    Fault.UNKNOWN_MODEL: "KAOGUAN_MODEL",
    Fault.NO_CREDIT: "top it up",
    Fault.NOT_JSON: "ends in /v1",
}


@pytest.fixture
def optimizer() -> Rubric:
    return rubrics.load_bundled()["optimizer"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    # A cache of its own: the next test asks the same questions of another endpoint.
    monkeypatch.setenv("KAOGUAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KAOGUAN_TIMEOUT", "1")
    monkeypatch.setenv("KAOGUAN_LANGUAGE", "en")
    return monkeypatch


class Script:
    """An endpoint that knows the labels of honest answers, and does wrong by the words on an answer's page."""

    def __init__(self, rubric: Rubric, pages: list[str]) -> None:
        self.answers = {page: HONEST.format(page) for page in pages}
        labels = {point.id: Label.MISSING for point in rubric.key_points} | {rubric.key_points[0].id: Label.COVERED}
        self._reply = faithful([Labelled(rubric, answer, labels) for answer in self.answers.values()])
        self.calls: Counter[str] = Counter()

    def __call__(self, request: Request) -> ScriptedReply:
        prompt = read_prompt(request.text)
        if prompt is None:
            return self._reply(request.text)
        page = next(page for page, answer in self.answers.items() if f"第{page}页" in prompt.answer)
        self.calls[page] += 1
        kind, _, fault = page.partition(" ")
        if kind == "always" or (kind == "once" and self.calls[page] == 1):
            return Fault(fault)
        text = self._reply(request.text)
        return f"Here is my ruling:\n```json\n{text}\n```\nAnything else?" if kind == "chatty" else text

    def file(self, folder: Path, rubric: Rubric) -> str:
        rows = [{"id": page, "rubric_id": rubric.id, "answer": answer} for page, answer in self.answers.items()]
        path = folder / "answers.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return str(path)


def pages() -> Iterator[str]:
    yield "plain"
    yield "chatty"
    yield from (f"always {fault}" for fault in FAULTS)
    yield from (f"once {fault}" for fault in FORGIVEN)


@pytest.mark.parametrize("judge", ["llm", "hybrid"])
def test_each_fault_of_a_call_ends_as_documented_and_harms_no_other_answer(
    judge: str, optimizer: Rubric, tmp_path: Path, impatient: pytest.MonkeyPatch
) -> None:
    script = Script(optimizer, list(pages()))
    with Endpoint(script, retry_after=0.02) as endpoint:
        impatient.setenv("OPENAI_BASE_URL", endpoint.url)
        out = tmp_path / "grades.jsonl"
        code = 4 if judge == "llm" else 0  # the offline grade stands in
        run = kaoguan("grade", script.file(tmp_path, optimizer), "--judge", judge, "-o", str(out), code=code)
    grades = {one.id: one for one in map(Grade.model_validate_json, out.read_text("utf-8").splitlines())}
    assert list(grades) == list(script.answers)  # in order, none left out
    failed = {page: reason for fault, reason in FAULTS.items() if (page := f"always {fault}")}
    assert {page: grades[page].review_reasons[0] for page in failed} == failed
    for page, grade in grades.items():
        assert grade.judge is JudgeName(judge)
        assert (grade.score is None) is (page in failed and judge == "llm"), page
        if page in failed and judge == "hybrid":
            assert {verdict.judge for verdict in grade.verdicts} == {JudgeName.OFFLINE}, page
        elif page in failed:
            assert {verdict.verdict for verdict in grade.verdicts} == {Label.UNSCORED}
            assert (grade.feedback, grade.misconceptions) == ("", ())
        else:
            assert [one.verdict for one in grade.verdicts] == [one.verdict for one in grades["plain"].verdicts], page
            assert grade.score == grades["plain"].score
            # The offline judge may disagree more or less with another page number in the answer; that is no fault.
            assert not set(grade.review_reasons) & set(FAULTS.values())
    assert grades["plain"].verdicts[0].verdict is Label.COVERED
    assert (f"unscored {len(FAULTS)}" in run.stderr) is (judge == "llm")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(("fault", "said"), PROVIDER.items(), ids=PROVIDER)
def test_a_fault_that_every_call_would_meet_ends_the_run_and_says_what_to_do(
    fault: Fault, said: str, optimizer: Rubric, tmp_path: Path, impatient: pytest.MonkeyPatch
) -> None:
    script = Script(optimizer, ["plain"])
    with Endpoint(lambda request: fault) as endpoint:
        impatient.setenv("OPENAI_BASE_URL", endpoint.url)
        run = kaoguan("grade", script.file(tmp_path, optimizer), "--judge", "llm", code=3)
    assert run.stdout == ""
    assert said in run.stderr.splitlines()[-1]
    assert "Traceback" not in run.stderr
    assert len(endpoint.requests) == 1  # asking again would not help


@pytest.mark.parametrize("model", ["named", None], ids=["model named", "model to be asked for"])
def test_where_nothing_listens_the_run_ends_and_says_so(
    model: str | None, optimizer: Rubric, tmp_path: Path, impatient: pytest.MonkeyPatch
) -> None:
    with Endpoint(lambda request: Raw(200)) as endpoint:
        gone = endpoint.url
    script = Script(optimizer, ["plain"])
    impatient.setenv("OPENAI_BASE_URL", gone)
    named = ["--model", model] if model else []
    run = kaoguan("grade", script.file(tmp_path, optimizer), "--judge", "hybrid", *named, code=3)
    # With the model's name known, the offline judge has graded what there is.
    assert (run.stdout == "") is (model is None)
    assert gone in run.stderr
    assert "OPENAI_BASE_URL" in run.stderr.splitlines()[-1]


def test_a_second_run_asks_only_about_what_failed(
    optimizer: Rubric, tmp_path: Path, impatient: pytest.MonkeyPatch
) -> None:
    script = Script(optimizer, ["plain", "refused"])
    mended = [False]

    def reply(request: Request) -> ScriptedReply:
        refused = "第refused页" in request.text and not mended[0]
        return Fault.REFUSAL if refused else script(request)

    with Endpoint(reply) as endpoint:
        impatient.setenv("OPENAI_BASE_URL", endpoint.url)
        file = script.file(tmp_path, optimizer)
        first = kaoguan("grade", file, "--judge", "llm", code=4)
        asked, mended[0] = len(endpoint.requests), True
        second = kaoguan("grade", file, "--judge", "llm", code=0)
        assert len(endpoint.requests) == asked + 1
    assert second.stdout.splitlines()[0] == first.stdout.splitlines()[0]
    assert Grade.model_validate_json(second.stdout.splitlines()[1]).score is not None
