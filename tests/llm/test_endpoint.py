"""What is sent, what is made of what comes back, and what each fault becomes."""

import json
from typing import Any, Literal

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict

from kaoguan.errors import ExitCode, ProviderError
from kaoguan.llm import Loop, Message, Reason, Unanswered
from kaoguan.llm.abilities import Abilities, Rung
from kaoguan.llm.completion import usage_of
from kaoguan.llm.prices import Price

from .conftest import Endpoint, completion, rejected


class Fruit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    colour: Literal["red", "green"]


ASK = [Message(role="system", content="You name fruit."), Message(role="user", content="One, please.")]
APPLE = '{"name": "apple", "colour": "red"}'


def test_the_schema_goes_with_the_request_and_the_reply_comes_back_as_a_value(loop: Loop) -> None:
    endpoint = Endpoint(lambda request: completion(APPLE))
    asked = loop.run(endpoint.model.ask(ASK, Fruit))
    assert asked.value == Fruit(name="apple", colour="red")
    assert (asked.usage.requests, asked.usage.prompt_tokens, asked.usage.completion_tokens) == (1, 100, 10)
    assert asked.usage.cost is None  # nobody said what this model costs
    (request,) = endpoint.requests
    assert request["temperature"] == 0
    assert request["max_tokens"] == 500
    schema = request["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["name", "colour"]
    assert schema["additionalProperties"] is False
    assert request["messages"] == [message.model_dump() for message in ASK]


@pytest.mark.parametrize(
    "reply",
    [
        f"```json\n{APPLE}\n```",
        f"Here you are:\n{APPLE}\nAnything else?",
        f"<think>An apple? {{no}} yes</think>\n{APPLE}",
        f"\n\n  {APPLE}  ",
    ],
    ids=["fenced", "chatter", "thinking", "spaces"],
)
def test_a_reply_is_read_whatever_is_wrapped_around_it(loop: Loop, reply: str) -> None:
    endpoint = Endpoint(lambda request: completion(reply))
    assert loop.run(endpoint.model.ask(ASK, Fruit)).value.name == "apple"
    assert len(endpoint.requests) == 1


def test_one_broken_reply_is_sent_back_for_repair_and_both_are_counted(loop: Loop) -> None:
    replies = iter(['{"name": "apple", "colour": "blue"}', APPLE])
    endpoint = Endpoint(lambda request: completion(next(replies)))
    asked = loop.run(endpoint.model.ask(ASK, Fruit))
    assert asked.usage.requests == 2
    repair = endpoint.requests[1]["messages"]
    assert repair[:2] == endpoint.requests[0]["messages"]
    assert repair[2]["role"] == "assistant"
    assert "colour" in repair[3]["content"]


FAULTS: dict[str, tuple[httpx2.Response, Reason]] = {
    "refusal": (completion(None, message={"refusal": "I cannot."}), Reason.REFUSAL),
    "content filter": (completion("half", finish="content_filter"), Reason.REFUSAL),
    "blocked by the provider": (rejected("no", code="data_inspection_failed"), Reason.REFUSAL),
    "truncated": (completion('{"name": "app', finish="length"), Reason.TRUNCATED),
    "thinking without end": (completion("<think>hm"), Reason.TRUNCATED),
    "nothing said": (completion(""), Reason.EMPTY_REPLY),
    "no choices": (completion(APPLE, choices=[]), Reason.EMPTY_REPLY),
    "not JSON": (completion("An apple."), Reason.INVALID_REPLY),
    "cut JSON": (completion('{"name": "app'), Reason.INVALID_REPLY),
    "another schema": (completion('{"fruit": "apple"}'), Reason.INVALID_REPLY),
    "a list": (completion(f"[{APPLE}, {APPLE}]"), Reason.INVALID_REPLY),
    "context overflow": (rejected("no", code="exceed_context_size_error"), Reason.CONTEXT_EXCEEDED),
    "rate limited": (rejected("slow down", 429, **{"retry-after": "7"}), Reason.RATE_LIMITED),
    "server error": (rejected("oops", 500), Reason.SERVER_ERROR),
    "a body that is no JSON": (
        httpx2.Response(200, content=b'{"id": "c', headers={"content-type": "application/json"}),
        Reason.SERVER_ERROR,
    ),
    "some other complaint": (rejected("no thanks"), Reason.REJECTED),
}


@pytest.mark.parametrize(("response", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_one_call_leaves_it_unanswered_with_its_reason(
    loop: Loop, response: httpx2.Response, reason: Reason
) -> None:
    endpoint = Endpoint(lambda request: response)
    with pytest.raises(Unanswered) as caught:
        loop.run(endpoint.model.ask(ASK, Fruit))
    assert caught.value.reason is reason
    assert caught.value.exit_code is ExitCode.SOME_UNSCORED
    assert "sk-secret" not in str(caught.value)
    assert caught.value.retry_after == (7 if reason is Reason.RATE_LIMITED else None)


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (rejected("Incorrect API key provided: sk-secret-of-mine", 401), "check OPENAI_API_KEY"),
        (rejected("sk-secret-of-mine may not do this", 403), "check OPENAI_API_KEY"),
        (rejected("The model `m` does not exist", 404), "KAOGUAN_MODEL"),
        (rejected("Model Not Exist", 400, param="model"), "KAOGUAN_MODEL"),
        (rejected("no", 402), "top it up"),
        (rejected("no", 429, code="insufficient_quota"), "top it up"),
        (httpx2.Response(200, content=b"<html>", headers={"content-type": "text/html"}), "ends in /v1"),
    ],
    ids=["401", "403", "404", "400 model", "402", "429 quota", "html"],
)
def test_a_fault_that_every_call_would_meet_is_a_provider_error(
    loop: Loop, response: httpx2.Response, said: str
) -> None:
    endpoint = Endpoint(lambda request: response)
    with pytest.raises(ProviderError, match=said) as caught:
        loop.run(endpoint.model.ask(ASK, Fruit))
    assert caught.value.exit_code is ExitCode.PROVIDER
    assert "secret" not in str(caught.value)


def test_a_reasoning_model_is_asked_without_temperature_from_then_on(loop: Loop) -> None:
    def respond(request: dict[str, Any]) -> httpx2.Response:
        if "temperature" in request:
            return rejected("no", param="temperature")
        if "max_tokens" in request:
            return rejected("no", param="max_tokens")
        return completion(APPLE)

    endpoint = Endpoint(respond)
    loop.run(endpoint.model.ask(ASK, Fruit))
    loop.run(endpoint.model.ask(ASK, Fruit))
    assert len(endpoint.requests) == 4
    assert endpoint.requests[-1]["max_completion_tokens"] == 500


def probed(loop: Loop, obeys: Rung, rejects: bool) -> tuple[Abilities, list[dict[str, Any]]]:
    """What the probe finds of an endpoint that obeys this rung, and rejects or ignores those above."""

    def respond(request: dict[str, Any]) -> httpx2.Response:
        kind = request.get("response_format", {}).get("type", "text")
        if kind == obeys or (obeys is Rung.JSON_SCHEMA and kind == "json_schema"):
            return completion('{"word": "kaoguan"}')
        return rejected("no", param="response_format") if rejects else completion('{"word": "pear"}')

    endpoint = Endpoint(respond, known=False)
    return loop.run(endpoint.model.abilities()), endpoint.requests


@pytest.mark.parametrize("rung", list(Rung))
@pytest.mark.parametrize("rejects", [True, False], ids=["rejects", "ignores"])
def test_the_probe_finds_the_highest_rung_that_an_endpoint_obeys(loop: Loop, rung: Rung, rejects: bool) -> None:
    found, requests = probed(loop, rung, rejects)
    assert found.rung is rung
    assert len(requests) == list(Rung).index(rung) + 1


@pytest.mark.parametrize("rung", [Rung.JSON_OBJECT, Rung.TEXT])
def test_below_the_top_the_shape_is_told_at_the_end_of_the_first_message(loop: Loop, rung: Rung) -> None:
    endpoint = Endpoint(lambda request: completion(APPLE))
    endpoint.remembered.put(endpoint.model.where, Abilities(rung=rung))
    loop.run(endpoint.model.ask(ASK, Fruit))
    (request,) = endpoint.requests
    told = request["messages"][0]["content"]
    assert told.startswith(ASK[0].content)
    assert json.loads(told.splitlines()[-1])["required"] == ["name", "colour"]
    assert request.get("response_format") == ({"type": "json_object"} if rung is Rung.JSON_OBJECT else None)


def test_cached_tokens_are_charged_at_their_own_price() -> None:
    counted = usage_of(completion(APPLE, usage={"prompt_tokens_details": {"cached_tokens": 80}}).json())
    assert counted.cached_tokens == 80
    assert Price(input=1, cached=0.1, output=2).of(counted) == pytest.approx((20 + 8 + 20) / 1e6)


def test_deepseek_counts_cached_tokens_under_a_name_of_its_own() -> None:
    assert usage_of({"usage": {"prompt_tokens": 9, "prompt_cache_hit_tokens": 5}}).cached_tokens == 5
