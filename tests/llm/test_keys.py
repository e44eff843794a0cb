"""The key reaches the endpoint and nothing else: not a file, not a screen, whatever the endpoint says back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kaoguan import rubrics
from kaoguan.models import Label
from kaoguan.testing import Endpoint, Fault, Raw, Request
from kaoguan.testing.judging import Labelled, faithful, read_prompt
from kaoguan.testing.replies import ScriptedReply, completion, error
from tests.cli.command import inside, kaoguan

# Many processes each; what they watch over changes seldom.
pytestmark = pytest.mark.slow

KEY = "sk-planted0123456789abcdefghijklmnopqrstuvwxyz"
# Not every provider's keys look like keys.
PLAIN_KEY = "b7e1d5c09f3a4e2288aa66cc"
ANSWER = "优化器利用反向传播得到的梯度更新模型的参数，让损失函数不断减小。"


def honest(request: Request) -> str:
    rubric = rubrics.load_bundled()["optimizer"]
    labels = {point.id: rubric_label for point, rubric_label in zip(rubric.key_points, _labels(), strict=False)}
    return faithful([Labelled(rubric, ANSWER, labels)])(request.text)


def _labels() -> list[Label]:
    return [Label.COVERED, *[Label.MISSING] * 20]


def sent(request: Request) -> str:
    """The key as the endpoint got it."""
    return {name.lower(): value for name, value in request.headers.items()}["authorization"].removeprefix("Bearer ")


def echoed_in_the_explanation(request: Request) -> ScriptedReply:
    return honest(request).replace("as labelled", f"your key is {sent(request)}, is it not?")


def echoed_in_a_broken_reply(request: Request) -> ScriptedReply:
    return honest(request) if read_prompt(request.text) is None else f"I will not; Bearer {sent(request)}"


def echoed_as_a_field_s_fault(request: Request) -> ScriptedReply:
    return honest(request).replace('"covered"', json.dumps(sent(request)))


def echoed_in_a_refusal(request: Request) -> ScriptedReply:
    if read_prompt(request.text) is None:
        return honest(request)
    refusal = {"role": "assistant", "content": None, "refusal": f"No, {sent(request)}."}
    return Raw(200, json.dumps(completion(request, "", message=refusal)).encode())


def echoed_in_an_error(status: int) -> Callable[[Request], ScriptedReply]:
    def reply(request: Request) -> ScriptedReply:
        wrong = f"Something is wrong with {sent(request)} ({request.headers})"
        return honest(request) if read_prompt(request.text) is None else error(status, wrong, None)

    return reply


def page(request: Request) -> ScriptedReply:
    return Raw(200, f"<html>{sent(request)}</html>".encode(), content_type="text/html")


REPLIES: dict[str, tuple[Callable[[Request], ScriptedReply], int]] = {
    "a grade": (honest, 0),
    "an explanation": (echoed_in_the_explanation, 0),
    "a broken reply": (echoed_in_a_broken_reply, 4),
    "a field's fault": (echoed_as_a_field_s_fault, 4),
    "a refusal": (echoed_in_a_refusal, 4),
    "error 400": (echoed_in_an_error(400), 4),
    "error 401": (echoed_in_an_error(401), 3),
    "error 404": (echoed_in_an_error(404), 3),
    "a page": (page, 3),
    "a reset": (lambda request: Fault.RESET if read_prompt(request.text) else honest(request), 4),
}


def leaks(folder: Path, *said: str, key: str) -> list[str]:
    """Return where the key stands: in files, in their names, or in what was said."""
    found = [str(path) for path in folder.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]
    return found + [text for text in [*said, *map(str, folder.rglob("*"))] if key in text]


@pytest.mark.parametrize("key", [KEY, PLAIN_KEY], ids=["sk", "plain"])
def test_the_key_stands_in_nothing_that_is_written(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps({"id": "a", "rubric_id": "optimizer", "answer": ANSWER}), encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", key)
    for name, (reply, code) in REPLIES.items():
        with subtests.test(name), Endpoint(reply, key=key) as endpoint:
            home = tmp_path / name.replace(" ", "-")
            monkeypatch.setenv("KAOGUAN_HOME", str(home))
            monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
            out = home / "grades.jsonl"
            home.mkdir()
            run = inside("grade", str(file), "--judge", "llm", "-o", str(out), code=code)
            assert endpoint.requests  # it was really sent
            assert leaks(home, run.stdout, run.stderr, key=key) == []


def test_the_key_stands_in_no_traceback_and_no_other_command_s_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    for name, value in {"OPENAI_API_KEY": KEY, "KAOGUAN_HOME": str(home), "KAOGUAN_MODEL": "m"}.items():
        monkeypatch.setenv(name, value)
    gold = tmp_path / "gold.jsonl"
    labels = {point.id: "missing" for point in rubrics.load_bundled()["optimizer"].key_points}
    row = {"id": "a", "rubric_id": "optimizer", "answer": ANSWER, "labels": labels, "misconceptions": [], "score": 2}
    gold.write_text(json.dumps(row), encoding="utf-8")
    with Endpoint(echoed_in_the_explanation, key=KEY) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        runs = [
            kaoguan("grade", "--judge", "hybrid", "--rubric", "optimizer", "--answer", ANSWER),
            kaoguan("evaluate", str(gold), "--judge", "llm"),
            kaoguan("sessions", "list"),
        ]
        # A bug in a user's own prompt file: the worst place to dump what is known.
        (home / "prompts" / "zh").mkdir(parents=True)
        (home / "prompts" / "zh" / "judge.yaml").write_text("answer: $nothing\n", encoding="utf-8")
        runs.append(kaoguan("grade", "--judge", "llm", "--rubric", "optimizer", "--answer", ANSWER, code=2))
    assert leaks(home, *(run.stdout + run.stderr for run in runs), key=KEY) == []
