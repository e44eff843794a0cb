"""An endpoint in memory: a model whose requests a test replies to."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import pytest

from kaoguan import prompts
from kaoguan.llm import Loop
from kaoguan.llm.abilities import Abilities, Remembered
from kaoguan.llm.connection import Response
from kaoguan.llm.endpoint import Bounds, EndpointModel

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

    base_url = "http://endpoint.test/v1/"

    def __init__(self, respond: Respond, *, known: bool = True, retries: int = 0) -> None:
        self.requests: list[dict[str, Any]] = []
        self.remembered = Remembered(None)
        self._respond = respond
        self.model = EndpointModel(
            self,
            "m",
            prompts.load("llm", "en"),
            bounds=Bounds(500, retries=retries),
            remembered=self.remembered,
            key="sk-secret-of-mine",
        )
        if known:
            self.remembered.put(self.model.where, Abilities())

    async def post(self, path: str, body: Mapping[str, Any]) -> Response:
        request = json.loads(json.dumps(body))
        self.requests.append(request)
        response = self._respond(request)
        return Response(response.status_code, response.headers, response.content)

    async def close(self) -> None:
        pass


@pytest.fixture
def loop() -> Loop:
    return Loop()
