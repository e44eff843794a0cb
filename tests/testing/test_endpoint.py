"""The scripted endpoint says what it is told to, to the real client over real HTTP."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openai
import pytest
from pydantic import BaseModel

from kaoguan.config import Settings, folders
from kaoguan.errors import KaoguanError
from kaoguan.llm import Loop, Message, open_model
from kaoguan.testing import Endpoint, Fault, Faulty, Request, sometimes
from kaoguan.testing.judging import PROBE
from kaoguan.testing.replies import ScriptedReply

MESSAGES: list[Any] = [{"role": "user", "content": "你好"}]


def client(endpoint: Endpoint, timeout: float = 10) -> openai.OpenAI:
    return openai.OpenAI(base_url=endpoint.url, api_key="k", max_retries=0, timeout=timeout)


def ask(endpoint: Endpoint, timeout: float = 10) -> Any:
    return client(endpoint, timeout).chat.completions.create(model="m", messages=MESSAGES)


def test_a_reply_follows_from_the_request() -> None:
    with Endpoint(lambda request: request.text + "！") as endpoint:
        completion = ask(endpoint)
    assert completion.choices[0].message.content == "你好！"
    assert completion.usage.completion_tokens == 1
    assert [request.body["model"] for request in endpoint.requests] == ["m"]
    assert (endpoint.in_flight, endpoint.most_in_flight) == (0, 1)


RAISED = {
    Fault.RATE_LIMITED: openai.RateLimitError,
    Fault.NO_CREDIT: openai.RateLimitError,
    Fault.SERVER_ERROR: openai.InternalServerError,
    Fault.OVERLOADED: openai.InternalServerError,
    Fault.RESET: openai.APIConnectionError,
    Fault.HANG: openai.APITimeoutError,
    Fault.CUT_BODY: json.JSONDecodeError,
    Fault.TOO_LONG: openai.BadRequestError,
    Fault.NO_SCHEMA: openai.BadRequestError,
    Fault.UNAUTHORISED: openai.AuthenticationError,
    Fault.UNKNOWN_MODEL: openai.NotFoundError,
}


@pytest.mark.parametrize(("fault", "raised"), RAISED.items(), ids=RAISED)
def test_a_fault_is_what_the_client_meets(fault: Fault, raised: type[Exception]) -> None:
    with Endpoint(lambda request: fault, retry_after=7) as endpoint, pytest.raises(raised) as caught:
        ask(endpoint, timeout=0.5)
    if fault is Fault.RATE_LIMITED:
        assert isinstance(caught.value, openai.RateLimitError)
        assert caught.value.response.headers["retry-after"] == "7"


SAID = {
    Fault.CUT_OFF: ("length", '{"verdicts": [{'),
    Fault.FILTERED: ("content_filter", ""),
    Fault.EMPTY_TEXT: ("stop", ""),
    Fault.REFUSAL: ("stop", None),
    Fault.WRONG_SCHEMA: ("stop", '{"opinion": "very good"}'),
}


@pytest.mark.parametrize(("fault", "said"), SAID.items(), ids=SAID)
def test_a_fault_can_be_what_the_model_says(fault: Fault, said: tuple[str, str | None]) -> None:
    with Endpoint(lambda request: fault) as endpoint:
        choice = ask(endpoint).choices[0]
    assert (choice.finish_reason, choice.message.content) == said


READABLE = [Fault.STREAM, Fault.PARTS, Fault.THINKING, Fault.REASONING, Fault.CHATTER, Fault.ODD_USAGE]
READABLE += [Fault.PLAIN_TYPE, Fault.NO_SYSTEM, Fault.ONLY_STREAMS]
NAMED = {
    Fault.STREAM_BREAKS: "server error",
    Fault.ERROR_INSIDE: "server error",
    Fault.NULL_CHOICES: "empty reply",
    Fault.BLANKS: "empty reply",
    Fault.MODERATED: "refusal",
    Fault.REJECTED: "rejected",
    Fault.CUT_CONTEXT: "context exceeded",
    Fault.COME_BACK_TOMORROW: "rate limited",
    Fault.NO_CREDIT_CODE: "top it up",
}


class Word(BaseModel):
    word: str
    explanation: str = ""


def asked(reply: Callable[[Request], ScriptedReply]) -> Word:
    """Ask with kaoguan's own client; what it finds out about the endpoint goes well."""
    with Endpoint(reply) as endpoint, Loop() as loop:
        model = open_model(Settings(base_url=endpoint.url, model="m"), folders(), retries=0, cached=False)
        system = Message(role="system", content="One word, please." * 400)
        return loop.run(model.ask([system, Message(role="user", content="?")], Word)).value


def probed(request: Request) -> bool:
    return "kaoguan" in json.dumps(request.body.get("response_format"), default=str)


@pytest.mark.parametrize("fault", READABLE)
def test_a_reply_that_comes_in_an_odd_way_can_be_read(fault: Fault) -> None:
    assert asked(lambda request: Faulty(fault, PROBE)).word == "kaoguan"


# What comes with a text that could be read.
CUT = {Fault.CUT_CONTEXT}


@pytest.mark.parametrize(("fault", "said"), NAMED.items(), ids=NAMED)
def test_what_cannot_be_read_has_its_name(fault: Fault, said: str) -> None:
    with pytest.raises(KaoguanError, match=said):
        asked(lambda request: PROBE if probed(request) else Faulty(fault, "{}") if fault in CUT else fault)


def test_a_server_with_one_place_lets_the_others_wait() -> None:
    with Endpoint(lambda request: "!", latency=0.1, places=1) as endpoint, ThreadPoolExecutor(3) as pool:
        start = time.monotonic()
        list(pool.map(ask, [endpoint] * 3))
    assert time.monotonic() - start >= 0.3


def test_another_key_is_refused() -> None:
    with Endpoint(lambda request: "", key="secret") as endpoint, pytest.raises(openai.AuthenticationError):
        ask(endpoint)


def test_faults_take_their_share_and_the_same_one_every_time() -> None:
    def drawn() -> list[object]:
        replying = sometimes({Fault.RATE_LIMITED: 0.3, Fault.RESET: 0.2}, lambda request: "fine", seed=1)
        return [replying(Request(n, {}, {})) for n in range(1000)]

    first = drawn()
    assert first == drawn()
    assert 250 < first.count(Fault.RATE_LIMITED) < 350
    assert 450 < first.count("fine") < 550


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint(lambda request: Fault.SERVER_ERROR if "坏" in request.text else request.text) as endpoint:
        yield endpoint


def run_batch(endpoint: Endpoint, texts: list[str]) -> tuple[Any, dict[str, Any]]:
    here = client(endpoint)
    bodies = [{"model": "m", "messages": [{"role": "user", "content": text}]} for text in texts]
    head = {"method": "POST", "url": "/v1/chat/completions"}
    lines = [json.dumps(head | {"custom_id": f"r{n}", "body": body}) for n, body in enumerate(bodies)]
    file = here.files.create(file=("requests.jsonl", "\n".join(lines).encode()), purpose="batch")
    batch = here.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")
    while batch.status not in {"completed", "expired"}:
        batch = here.batches.retrieve(batch.id)
    files = [id_ for id_ in (batch.output_file_id, batch.error_file_id) if id_]
    rows = [json.loads(line) for id_ in files for line in here.files.content(id_).text.splitlines()]
    return batch, {row["custom_id"]: row for row in rows}


def test_a_batch_says_what_single_requests_would(endpoint: Endpoint) -> None:
    batch, rows = run_batch(endpoint, ["好", "坏"])
    assert batch.request_counts.failed == 1
    assert rows["r0"]["response"]["body"]["choices"][0]["message"]["content"] == "好"
    assert rows["r1"]["response"]["status_code"] == 500


def test_a_batch_can_expire_with_some_requests_done(endpoint: Endpoint) -> None:
    endpoint.batches.expire_after = 1
    batch, rows = run_batch(endpoint, ["好", "好", "好"])
    assert batch.status == "expired"
    assert rows["r0"]["error"] is None
    assert [rows[f"r{n}"]["error"]["code"] for n in (1, 2)] == ["batch_expired"] * 2
