"""The same question to the same model is paid for once."""

from pathlib import Path

import pytest

from kaoguan.llm import Loop, Unanswered
from kaoguan.llm.cache import Cached

from .conftest import Endpoint, completion
from .test_endpoint import APPLE, ASK, Fruit


def test_a_reply_is_paid_for_once_even_by_another_process(loop: Loop, tmp_path: Path) -> None:
    endpoint = Endpoint(lambda request: completion(APPLE))
    first = loop.run(Cached(endpoint.model, tmp_path / "replies.db").ask(ASK, Fruit))
    again = loop.run(Cached(endpoint.model, tmp_path / "replies.db").ask(ASK, Fruit))
    assert again.value == first.value
    assert (first.usage.requests, again.usage.requests) == (1, 0)
    assert len(endpoint.requests) == 1


def test_what_is_kept_is_private_and_holds_neither_question_nor_key(loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "replies.db"
    loop.run(Cached(Endpoint(lambda request: completion(APPLE)).model, path).ask(ASK, Fruit))
    assert path.stat().st_mode & 0o777 == 0o600
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"You name fruit" not in written
    assert b"sk-secret" not in written


def test_a_reply_that_cannot_be_used_is_not_kept(loop: Loop, tmp_path: Path) -> None:
    replies = iter(["no", "no", APPLE])
    cached = Cached(Endpoint(lambda request: completion(next(replies))).model, tmp_path / "replies.db")
    with pytest.raises(Unanswered):
        loop.run(cached.ask(ASK, Fruit))
    assert loop.run(cached.ask(ASK, Fruit)).value.name == "apple"


def test_a_broken_cache_costs_money_and_nothing_else(loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "replies.db"
    path.write_bytes(b"no database at all" * 100)
    endpoint = Endpoint(lambda request: completion(APPLE))
    assert loop.run(Cached(endpoint.model, path).ask(ASK, Fruit)).value.name == "apple"
    assert loop.run(Cached(endpoint.model, path).ask(ASK, Fruit)).value.name == "apple"
    assert len(endpoint.requests) == 2
