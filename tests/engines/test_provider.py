"""A provider that fails for good ends the run at once; what is graded is written, and the same command goes on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kaoguan.testing import Endpoint, Fault, Request
from kaoguan.testing.replies import ScriptedReply
from tests.cli.command import inside

# Many processes each; what they watch over changes seldom.
pytestmark = pytest.mark.slow

ANSWERS = 30


def verdicts(request: Request) -> str:
    """Return a reply in which every key point is missing."""
    missing = {"evidence": "", "explanation": "", "verdict": "missing", "confidence": 0.9}
    shape = request.body["response_format"]["json_schema"]["schema"]["properties"]
    known = {"word": "kaoguan", "misconceptions": []}
    return json.dumps({name: known.get(name, missing) for name in shape})


def ending_with(fault: Fault, after: int) -> Callable[[Request], ScriptedReply]:
    return lambda request: verdicts(request) if request.number <= after else fault


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    rows = "".join(f"a{n},optimizer,第{n}个回答说优化器更新参数\n" for n in range(ANSWERS))
    (tmp_path / "a.csv").write_text("id,rubric_id,answer\n" + rows, encoding="utf-8")
    return tmp_path / "a.csv"


def grade(answers: Path, url: str, monkeypatch: pytest.MonkeyPatch, code: int = 0, model: str = "scripted") -> str:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    out = str(answers.with_name("out.jsonl"))
    options = ("--judge", "llm", "--model", model, "--concurrency", "2")
    return inside("grade", str(answers), "-o", out, *options, code=code).stderr


def ids(answers: Path) -> list[str]:
    lines = answers.with_name("out.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(Fault.UNAUTHORISED, "answered 401", id="the key is taken back"),
        pytest.param(Fault.NO_CREDIT, "answered 429", id="the credit is used up"),
        pytest.param(Fault.UNKNOWN_MODEL, "answered 404", id="the model is withdrawn"),
    ],
)
def test_what_is_graded_is_written_and_the_rest_is_graded_by_the_next_run(
    answers: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault, said: str
) -> None:
    with Endpoint(ending_with(fault, after=11)) as endpoint:  # the first finds out what the endpoint can do
        told = grade(answers, endpoint.url, monkeypatch, code=3)
        assert len(endpoint.requests) <= 13  # of those in flight nobody knew yet
        written = ids(answers)
        assert written == sorted(set(written), key=lambda id_: int(id_[1:]))
        assert 8 <= len(written) <= 10  # the last two may have overtaken one another
        assert said in told
        assert f"not started {ANSWERS - len(written)}" in told
    with Endpoint(verdicts, port=int(endpoint.url.split(":")[2].split("/")[0])) as again:
        grade(answers, again.url, monkeypatch)
        assert len(again.requests) <= ANSWERS - 10
    assert len(ids(answers)) == ANSWERS


def test_an_endpoint_that_never_works_is_given_up_early(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers.with_name("out.jsonl").write_text("yesterday's grades")
    with Endpoint(lambda request: Fault.SERVER_ERROR) as endpoint:
        told = grade(answers, endpoint.url, monkeypatch, code=3)
        assert len(endpoint.requests) <= 30
    assert "fails again and again" in told
    assert answers.with_name("out.jsonl").read_text() == "yesterday's grades"


def test_two_endpoints_with_one_model_name_share_no_grades(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        with Endpoint(verdicts) as endpoint:
            grade(answers, endpoint.url, monkeypatch)
            assert len(endpoint.requests) == ANSWERS + 1


def test_a_server_with_one_slow_place_leaves_nothing_unscored(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As 200 answers, 20 s each and a minute's patience, on a scale of 1:100; ten are asked for at once all the same.
    monkeypatch.setenv("KAOGUAN_TIMEOUT", "0.6")
    with Endpoint(verdicts, latency=0.2, places=1) as endpoint:
        for options in ((), ("--concurrency", "10")):
            monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
            before = len(endpoint.requests)
            run = inside("grade", str(answers), "--judge", "llm", "--model", "m", "--anew", *options)
            assert "unscored" not in run.stderr
            assert len(endpoint.requests) - before <= ANSWERS + 1
            answers.write_text(answers.read_text("utf-8").replace("回答", "答卷"), "utf-8")
