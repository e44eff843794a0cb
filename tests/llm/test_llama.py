"""Against a real llama.cpp server with a tiny model: the wire is real, the verdicts are junk, and junk is contained."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Literal

import httpx2
import openai
import pytest
import yaml
from pydantic import BaseModel

from kaoguan import config, llm
from kaoguan.errors import ExitCode, ProviderError
from kaoguan.grading.llm.reply import reply_shape
from kaoguan.llm import ChatModel, Loop, Message, Reason, Unanswered
from kaoguan.llm.abilities import Rung
from kaoguan.llm.opening import endpoint
from kaoguan.models import Grade, Label
from tests.llm.server import PARTS, LlamaServer, gemma, missing

pytestmark = [pytest.mark.real_model, pytest.mark.skipif(bool(missing()), reason=missing() or "")]

DEV = Path(__file__).parents[2] / "benchmarks/gold/dev"


class Fruit(BaseModel):
    name: Literal["durian", "rambutan"]
    seeds: int


def user(text: str) -> list[Message]:
    return [Message(role="user", content=text)]


def settings(server: LlamaServer) -> config.Settings:
    return replace(config.load(), base_url=server.url, model="smollm2", max_tokens=300)


def opened(server: LlamaServer, retries: int = 0) -> ChatModel:
    return llm.open_model(settings(server), config.folders(), retries=retries, cached=False)


def test_it_chats_and_counts_tokens_at_no_cost(llama: LlamaServer) -> None:
    with Loop() as loop:
        said = loop.run(opened(llama).say(user("What is 1 + 1? One word."), max_tokens=200))
    assert said.text
    assert said.usage.requests == 1
    assert said.usage.prompt_tokens > 3
    assert 0 < said.usage.completion_tokens <= 200
    assert said.usage.cost == 0  # on this machine


def test_the_only_model_served_need_not_be_named(llama: LlamaServer) -> None:
    assert llm.with_model(replace(config.load(), base_url=llama.url)).model == "smollm2"


def test_the_probe_finds_that_the_schema_is_enforced(llama: LlamaServer) -> None:
    # The probe asks for another word than its schema allows, so only a grammar gives this.
    with Loop() as loop:
        assert loop.run(endpoint(settings(llama), config.folders()).abilities()).rung is Rung.JSON_SCHEMA


def test_even_this_model_replies_in_the_shape_asked_for(llama: LlamaServer) -> None:
    with Loop() as loop:
        asked = loop.run(opened(llama).ask(user("Tell me about bananas in plain text."), Fruit))
    assert asked.value.name in {"durian", "rambutan"}


def test_the_server_streams_though_grading_needs_whole_replies(llama: LlamaServer) -> None:
    # Nothing in kaoguan streams; this is what the SDK gets from it.
    with openai.OpenAI(base_url=llama.url, api_key="none") as client:
        parts = client.chat.completions.create(
            model="smollm2", messages=[{"role": "user", "content": "Count to ten."}], max_tokens=12, stream=True
        )
        texts = [part.choices[0].delta.content for part in parts if part.choices]
    assert len([text for text in texts if text]) > 1


def test_a_prompt_beyond_the_context_is_refused_and_not_cut(llama: LlamaServer) -> None:
    with Loop() as loop, pytest.raises(Unanswered) as caught:
        loop.run(opened(llama).say(user("word " * 9000)))
    assert caught.value.reason is Reason.CONTEXT_EXCEEDED


def test_a_reply_that_reaches_its_limit_is_truncated_not_read(llama: LlamaServer) -> None:
    with Loop() as loop, pytest.raises(Unanswered) as caught:
        loop.run(opened(llama).ask(user("A fruit, please."), Fruit, max_tokens=3))
    assert caught.value.reason is Reason.TRUNCATED
    assert caught.value.usage.completion_tokens == 3 * caught.value.usage.requests


def test_a_server_killed_mid_call_breaks_that_call_and_is_unusable_for_the_next() -> None:
    with LlamaServer(context=1024) as server, Loop() as loop:
        model = opened(server)
        assert loop.run(model.ask(user("A fruit, please."), Fruit)).value
        call = loop.start(model.say(user("Write a long story. " * 20), max_tokens=900))
        while not httpx2.get(f"{server.address}/slots").json()[0]["is_processing"]:
            time.sleep(0.01)
        server.kill()
        with pytest.raises(Unanswered) as broken:
            call.result(60)
        assert broken.value.reason is Reason.CONNECTION
        with pytest.raises(ProviderError, match="cannot be reached") as gone:
            loop.run(opened(server, retries=1).say(user("Hello?")))
        assert gone.value.exit_code is ExitCode.PROVIDER


# Chinese takes this model more than a token a character: the prompt is cut to what it needs to try.
SHORT = {
    "system": "Judge each key point. Reply in JSON.",
    "rubric": "$question\n$key_points",
    "answer": "$fence\n$answer\n$fence",
    "some": "$fence\n$answer\n$fence\n$handles",
}


@pytest.fixture
def asking(llama: LlamaServer, home: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    folder = home / "prompts" / "zh"
    folder.mkdir(parents=True)
    folder.joinpath("judge.yaml").write_text(yaml.safe_dump(SHORT), encoding="utf-8")
    monkeypatch.setenv("OPENAI_BASE_URL", llama.url)
    monkeypatch.setenv("KAOGUAN_TIMEOUT", "120")
    return monkeypatch


@pytest.mark.parametrize(
    ("judge", "max_tokens"), [("llm", 350), ("llm", 40), ("hybrid", 350)], ids=["llm", "llm, cut off", "hybrid"]
)
def test_junk_is_graded_with_words_that_are_in_the_answer_or_left_unscored(
    judge: str, max_tokens: int, tmp_path: Path, asking: pytest.MonkeyPatch
) -> None:
    asking.setenv("KAOGUAN_MAX_TOKENS", str(max_tokens))
    rows = [json.loads(line) for line in (DEV / "answers.jsonl").read_text("utf-8").splitlines()]
    chosen = sorted((row for row in rows if row["rubric_id"] == "optimizer"), key=lambda row: len(row["answer"]))[4:6]
    file, out = tmp_path / "answers.jsonl", tmp_path / "grades.jsonl"
    kept = ("id", "rubric_id", "answer")
    file.write_text("".join(json.dumps({name: row[name] for name in kept}) + "\n" for row in chosen), "utf-8")
    command = [sys.executable, "-X", "utf8", "-m", "kaoguan", "grade", str(file), "-o", str(out), "--judge", judge]
    run = subprocess.run(  # noqa: PLW1510 - the code is checked below
        [*command, "--rubrics", str(DEV / "rubrics")], capture_output=True, text=True, timeout=300
    )
    assert run.returncode in {0, 4}, run.stderr
    grades = [Grade.model_validate_json(line) for line in out.read_text("utf-8").splitlines()]
    assert [one.id for one in grades] == [row["id"] for row in chosen]
    for one, row in zip(grades, chosen, strict=True):
        for verdict in one.verdicts:
            assert verdict.evidence == (row["answer"][slice(*verdict.span)] if verdict.span else "")
            assert verdict.span or verdict.verdict in {Label.MISSING, Label.UNSCORED}
        if one.score is None:
            assert set(one.review_reasons) <= {"truncated", "invalid_reply", "canary_covered", "timeout"}
    if max_tokens == 40:
        assert {one.review_reasons for one in grades} == {("truncated",)}
    assert run.returncode == (4 if any(one.score is None for one in grades) else 0)


@pytest.mark.skipif(bool(missing(*PARTS)), reason=missing(*PARTS) or "")
def test_a_model_that_knows_some_chinese_ends_within_the_bounds_of_its_schema(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LlamaServer(model=gemma(tmp_path), context=2048) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("KAOGUAN_TIMEOUT", "280")
        folder = home / "prompts" / "zh"
        folder.mkdir(parents=True)
        folder.joinpath("judge.yaml").write_text(yaml.safe_dump(SHORT), encoding="utf-8")
        shape = reply_shape(["k1", "k2"], misconceptions=["m1"])
        with Loop() as loop:
            model = endpoint(replace(settings(server), max_tokens=900, timeout=280), config.folders(), retries=0)
            assert loop.run(model.abilities()).bounded
            asked = loop.run(model.ask(user("优化器更新参数。k1：更新参数。k2：减小损失。用 JSON 判断。"), shape))
    assert asked.usage.completion_tokens < 900  # it ended by itself: the schema bounds every text and list
