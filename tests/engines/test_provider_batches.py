"""The provider's batches give the grades that single calls give, whatever expires, fails or is killed on the way."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaoguan.testing import Endpoint, Fault, Request
from tests.conftest import ROOT

# Many processes each; what they watch over changes seldom.
pytestmark = pytest.mark.slow

RUBRIC = """
id: fitting
language: zh
topic: 拟合
difficulty: 1
question: 什么？
reference_answer: 训练误差大
key_points: [{id: p1, text: 训练误差大, weight: 1}, {id: p2, text: 测试误差大, weight: 2}]
"""
ANSWERS = [f"第{n}个回答：训练误差很大，测试误差也会很大。" for n in range(12)]


def reply(request: Request) -> str:
    """Rule on what the schema asks for; the answer's own words are the evidence."""
    properties = request.body["response_format"]["json_schema"]["schema"]["properties"]
    if "word" in properties:
        return '{"word": "kaoguan"}'
    ruling = {"evidence": "训练误差很大", "explanation": "说反了", "verdict": "contradicted", "confidence": 0.9}
    none = {"evidence": "", "explanation": "没有说", "verdict": "missing", "confidence": 0.9}
    return json.dumps({name: ruling if name == "k1" else none for name in properties}, ensure_ascii=False)


class Desk:
    """A folder with answers, an endpoint, and the command."""

    def __init__(self, folder: Path, endpoint: Endpoint) -> None:
        self.folder = folder
        self.endpoint = endpoint
        (folder / "fitting.yaml").write_text(RUBRIC, encoding="utf-8")
        rows = "".join(f"a{n},fitting,{answer}\n" for n, answer in enumerate(ANSWERS))
        (folder / "a.csv").write_text("id,rubric_id,answer\n" + rows, encoding="utf-8")

    def grade(self, engine: str, home: str, die: str = "") -> list[dict[str, Any]]:
        out = self.folder / f"{home}.jsonl"
        options = ["--rubrics", str(self.folder / "fitting.yaml"), "-o", str(out), "--judge", "llm", "--engine", engine]
        environment = os.environ | {
            "KAOGUAN_HOME": str(self.folder / home),
            "OPENAI_BASE_URL": self.endpoint.url,
            "KAOGUAN_MODEL": "scripted",
            "KAOGUAN_POLL_SECONDS": "0",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(self.folder)]),
            "DIE": die,
        }
        command = [sys.executable, str(self.folder / "dying.py"), "grade", str(self.folder / "a.csv"), *options]
        (self.folder / "dying.py").write_text(DYING, encoding="utf-8")
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        if die:
            assert run.returncode == -9, run.stderr
            return []
        assert run.returncode == 0, run.stderr
        return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


# Kills itself, as kill -9 would, before or after the step that is named.
DYING = """
import os, signal
from kaoguan.engines import provider_batches
from kaoguan.llm import batches

when, _, step = os.environ["DIE"].partition(" ")
for owner in (provider_batches.Post, batches.Batches):
    if step and hasattr(owner, step):
        def dying(*given, _do=getattr(owner, step), **named):
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            _do(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(owner, step, dying)

from kaoguan.cli.main import run
run()
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Endpoint(reply) as endpoint:
        yield Desk(tmp_path, endpoint)


def without_cost(grades: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in grade.items() if name != "usage"} for grade in grades]


def test_a_batch_gives_the_grades_of_single_calls(desk: Desk) -> None:
    single = desk.grade("local", "single")
    asked = len(desk.endpoint.requests)
    batched = desk.grade("openai-batch", "batched")
    assert without_cost(batched) == without_cost(single)
    assert all(grade["verdicts"][0]["verdict"] for grade in batched)
    # One request for each answer inside the batch, and one at once for what the endpoint can do.
    assert len(desk.endpoint.requests) - asked == len(ANSWERS) + 1
    assert sum(request.custom_id is not None for request in desk.endpoint.requests) == len(ANSWERS)


def test_a_second_run_sends_nothing(desk: Desk) -> None:
    first = desk.grade("openai-batch", "batched")
    sent = len(desk.endpoint.batches.batches)
    assert desk.grade("openai-batch", "batched") == first
    assert len(desk.endpoint.batches.batches) == sent


def test_what_expires_is_sent_again_and_nothing_else(desk: Desk) -> None:
    desk.endpoint.batches.expire_after = 5
    grades = desk.grade("openai-batch", "batched")
    assert all(grade["score"] is not None for grade in grades)
    custom_ids = [request.custom_id for request in desk.endpoint.requests if request.custom_id]
    assert len(custom_ids) == len(set(custom_ids)) == len(ANSWERS)
    assert len(desk.endpoint.batches.batches) == 3


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.MALFORMED])
def test_what_fails_in_a_batch_is_asked_again(tmp_path: Path, fault: Fault) -> None:
    def replying(request: Request) -> str | Fault:
        asked_before = sum(one.body == request.body for one in endpoint.requests) > 1
        first = request.custom_id and "第3个回答" in request.text and not asked_before
        return fault if first and len(request.body["messages"]) == 2 else reply(request)

    with Endpoint(replying) as endpoint:
        grades = Desk(tmp_path, endpoint).grade("openai-batch", "batched")
    assert all(grade["score"] is not None for grade in grades)


# The others were tried once; each of them takes two runs of the command.
STEPS = ["after plan", "after create", "after created", "after collected"]


@pytest.mark.parametrize("step", STEPS)
def test_after_kill_9_at_any_step_the_same_command_goes_on_and_pays_nothing_twice(desk: Desk, step: str) -> None:
    desk.grade("openai-batch", "batched", die=step)
    grades = desk.grade("openai-batch", "batched")
    assert [grade["id"] for grade in grades] == [f"a{n}" for n in range(len(ANSWERS))]
    assert all(grade["score"] is not None for grade in grades)
    assert sum(request.custom_id is not None for request in desk.endpoint.requests) == len(ANSWERS)
