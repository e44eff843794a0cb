"""An endpoint in memory: the SDK's own client over a transport that a test scripts."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import openai
import pytest

from kaoguan import prompts
from kaoguan.llm import Loop
from kaoguan.llm.abilities import Abilities, Remembered
from kaoguan.llm.endpoint import EndpointModel

Respond = Callable[[dict[str, Any]], httpx2.Response]


def completion(text: str | None, *, finish: str = "stop", **more: Any) -> httpx2.Response:
    """A chat completion as OpenAI sends it."""
    message = {"role": "assistant", "content": text} | more.pop("message", {})
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110, **more.pop("usage", {})}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return httpx2.Response(200, json=body | more)


def rejected(
    message: str, status: int = 400, *, code: str | None = None, param: str | None = None, **headers: str
) -> httpx2.Response:
    """An error as OpenAI sends it."""
    error = {"message": message, "code": code, "param": param}
    return httpx2.Response(status, json={"error": error}, headers=headers)


class Endpoint:
    """Requests that came, in order, and the model that sends them."""

    def __init__(self, respond: Respond, *, known: bool = True, retries: int = 0) -> None:
        self.requests: list[dict[str, Any]] = []
        self.remembered = Remembered(None)

        def handle(request: httpx2.Request) -> httpx2.Response:
            body = json.loads(request.content)
            self.requests.append(body)
            return respond(body)

        transport = httpx2.MockTransport(handle)
        client = openai.AsyncOpenAI(
            api_key="sk-secret-of-mine",
            base_url="http://endpoint.test/v1",
            max_retries=retries,
            http_client=httpx2.AsyncClient(transport=transport),
        )
        self.model = EndpointModel(client, "m", prompts.load("llm", "en"), max_tokens=500, remembered=self.remembered)
        if known:
            self.remembered.put(self.model.where, Abilities())


@pytest.fixture
def loop() -> Loop:
    return Loop()
