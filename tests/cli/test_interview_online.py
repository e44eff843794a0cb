"""`kaoguan interview` with a language model behind an endpoint on loopback: it words, it rules, it fails."""

import json

import pytest
from typer.testing import CliRunner, Result

from kaoguan.cli.main import app
from kaoguan.errors import KaoguanError
from kaoguan.session import Kind
from kaoguan.testing import Endpoint, Fault, Request

ANSWERS = "优化器根据梯度更新参数。\n\n步子的大小也归它管。\n\n"


def run(*arguments: str, stdin: str = ANSWERS) -> Result:
    result = CliRunner().invoke(
        app, ["interview", "--rubric", "optimizer", "--follow-ups", "1", *arguments], input=stdin
    )
    if result.exception and not isinstance(result.exception, KaoguanError | SystemExit):
        raise result.exception
    return result


def words(request: Request) -> bool:
    return "=====DATA-" in request.text


def interviewer(request: Request) -> str | Fault:
    """Word what is to be worded; rule on nothing."""
    if not words(request):
        return Fault.REFUSAL
    if "谢" in request.text.rsplit("任务：", 1)[1]:
        return "那今天先聊到这儿，谢谢你来。"
    return "顺着这个问题问：优化器在训练的每一步里，手上动的是哪样东西？"


def broken(request: Request) -> str | Fault:
    return Fault.SERVER_ERROR if words(request) else Fault.REFUSAL


def use(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    monkeypatch.setenv("KAOGUAN_MODEL", "m")


def said(result: Result) -> list[str]:
    turns = json.loads(result.stdout)["turns"]
    return [turn["text"] for turn in turns if turn["kind"] in (Kind.QUESTION, Kind.FOLLOW_UP, Kind.CLOSING)]


def test_the_models_words_are_asked_and_where_it_will_not_judge_the_offline_judge_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Endpoint(interviewer) as endpoint:
        use(endpoint, monkeypatch)
        held = run("--judge", "llm", "--json")
        assert held.exit_code == 0
        assert said(held) == [
            "深度学习里的优化器是什么？",
            "顺着这个问题问：优化器在训练的每一步里，手上动的是哪样东西？",
            "那今天先聊到这儿，谢谢你来。",
        ]
        (question,) = json.loads(held.stdout)["questions"]
        assert question["score"]["final"] is not None
        assert "refusal" in question["review_reasons"]
        assert "离线判分给出" in run("--judge", "llm").stdout


def test_a_broken_model_is_said_once_and_the_interview_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(broken) as endpoint:
        use(endpoint, monkeypatch)
        held = run("--judge", "llm", "--json")
        assert held.stderr.count("以下改用题库里的原话") == 1
        assert said(held)[-1] == "今天的面试就到这里，谢谢你的回答。"
        assert sum(words(request) for request in endpoint.requests) == 1


def test_in_its_own_words_and_offline_no_model_is_asked_for_any(monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(interviewer) as endpoint:
        use(endpoint, monkeypatch)
        run("--judge", "llm", "--own-words")
        assert not any(words(request) for request in endpoint.requests)
        endpoint.requests.clear()
        assert run("--judge", "offline").exit_code == 0
        assert endpoint.requests == []


def test_a_session_goes_on_with_another_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    with Endpoint(interviewer) as endpoint:
        use(endpoint, monkeypatch)
        run("--judge", "llm", stdin="优化器拿反向传播算出来的梯度去更新模型的参数，让损失变小。\n\n/pause\n")
    runner = CliRunner()
    resumed = runner.invoke(app, ["interview", "--resume", "--judge", "offline", "--json"], input=ANSWERS)
    assert resumed.exit_code == 0
    assert json.loads(resumed.stdout)["score"]["final"] > 0


def test_no_endpoint_is_said_before_the_first_question() -> None:
    held = run("--judge", "llm")
    assert "OPENAI_API_KEY" in str(held.exception)
    assert "优化器是什么" not in held.stdout
