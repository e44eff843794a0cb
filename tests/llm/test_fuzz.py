"""Whatever an endpoint sends becomes a reply, Unanswered or ProviderError: thousands of mutated replies and errors.

`FUZZ=10000 pytest -m slow tests/llm/test_fuzz.py` for more; a seed that fails is named.
"""

import json
import os
import random
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from kaoguan.errors import ProviderError
from kaoguan.grading.llm.reply import reply_shape
from kaoguan.llm import Loop, Message, Unanswered
from kaoguan.models import Usage

from .conftest import Endpoint

SHAPE = reply_shape(["k1", "k2"], misconceptions=["m1"])
RULING = {"evidence": "更新", "explanation": "说了。", "verdict": "covered", "confidence": 0.9}
TEXT = json.dumps(
    {"k1": RULING, "k2": RULING, "misconceptions": [{"id": "m1", "evidence": "更新"}]}, ensure_ascii=False
)
THOUGHTS = ["", "<think>{k1}</think>", "[THINK]x[/THINK]", "</think>", "◁think▷", "<|channel|>final<|message|>", '"{']
ODD: list[Any] = [None, True, False, 0, -1, 1e308, 10**30, "", "x", [], {}, [None], [[]], {"a": None}, "\ud83d", "NaN"]
ODD += [float("nan"), float("inf"), "\x00", "1" * 5000, {"error": "x"}, {"message": {}}, [{"code": 1}], "data: {"]
ERRORS: list[Any] = [
    {"error": {"message": "no", "type": "invalid_request_error", "param": "temperature", "code": None}},
    {"error": {"message": "no", "code": "1113"}},
    {"code": 30011, "message": "no", "data": None},
    {"object": "error", "message": "no", "type": "BadRequestError", "param": None, "code": 400},
    {"detail": [{"loc": ["body", "max_tokens"], "msg": "too large", "type": "value_error"}]},
    {"error": {"code": 403, "message": "no", "metadata": {"reasons": ["x"], "flagged_input": "y"}}},
    [{"error": {"code": 400, "status": "INVALID_ARGUMENT", "details": [{"reason": "API_KEY_INVALID"}]}}],
    {"base_resp": {"status_code": 1008, "status_msg": "no"}},
    {"error": "no such route"},
]
HEADERS = ["application/json", "text/event-stream", "text/html", "application/octet-stream", "nonsense", ""]


def completion(chance: random.Random) -> dict[str, Any]:
    text = chance.choice(THOUGHTS) + TEXT
    message = {"role": "assistant", "content": text, "reasoning_content": chance.choice([None, "hm", TEXT])}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details": {"cached_tokens": 5}}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage}


def mutated(value: Any, chance: random.Random) -> Any:
    """Return the value with some of its parts replaced by something odd."""
    if chance.random() < 0.12:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {name: mutated(part, chance) for name, part in value.items() if chance.random() > 0.03}
    if isinstance(value, list):
        return [mutated(part, chance) for part in value]
    if isinstance(value, str) and chance.random() < 0.2:
        place = chance.randrange(len(value) + 1)
        return value[:place] + chance.choice(["{", "}", "\\", '"', "\ud800", "", "]", "```"]) + value[place:]
    return value


def sent(value: Any, chance: random.Random) -> bytes:
    """Return the value as bytes: as JSON, as a stream, cut or with bytes changed."""
    content = json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        content = b"data: " + content + b"\n\ndata: [DONE]\n\n"
    if chance.random() < 0.1:
        content = content[: chance.randrange(len(content) + 1)]
    if chance.random() < 0.1 and content:
        place = chance.randrange(len(content))
        content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
    return content


def replies(chance: random.Random) -> httpx2.Response:
    content = sent(mutated(completion(chance), chance), chance)
    return httpx2.Response(200, content=content, headers={"content-type": chance.choice(HEADERS)})


def errors(chance: random.Random) -> httpx2.Response:
    status = chance.choice([200, 200, 400, 400, 401, 402, 403, 404, 405, 413, 422, 429, 451, 500, 503, 529])
    waits = chance.choice(["", "7", "-1", "nan", "1e400", "Wed, 21 Oct 2015 07:28:00 GMT", "soon", "99999999999999"])
    headers = {"content-type": chance.choice(HEADERS), "retry-after": waits}
    return httpx2.Response(status, content=sent(mutated(chance.choice(ERRORS), chance), chance), headers=headers)


@pytest.mark.parametrize("kind", [replies, errors], ids=["replies", "errors"])
@pytest.mark.parametrize(
    "rounds", [pytest.param(150, id="some"), pytest.param(int(os.environ.get("FUZZ", "5000")), marks=pytest.mark.slow)]
)
def test_nothing_that_an_endpoint_sends_raises_anything_but_our_two_errors(
    kind: Callable[[random.Random], httpx2.Response], rounds: int, loop: Loop
) -> None:
    made = {"value": 0, "unanswered": 0, "provider": 0}
    for seed in range(rounds):
        chance = random.Random(seed)
        endpoint = Endpoint(lambda request, chance=chance: kind(chance), known=seed % 4 != 0)  # type: ignore[misc]
        try:
            asked = loop.run(endpoint.model.ask([Message(role="user", content="?")], SHAPE))
            asked.value.model_dump_json().encode()
            check(asked.usage)
            made["value"] += 1
        except Unanswered as error:
            str(error).encode()
            check(error.usage)
            made["unanswered"] += 1
        except ProviderError as error:
            str(error).encode()
            made["provider"] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
    assert made["unanswered"]
    assert made["value"] if kind is replies else made["provider"]


def check(usage: Usage) -> None:
    assert min(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens) >= 0
    assert usage.requests >= 1
