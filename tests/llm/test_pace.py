"""The pace follows what the endpoint bears, and stays within what the account allows."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import BaseModel

from kaoguan.errors import ProviderError
from kaoguan.llm import Asked, Message, OutOfReachError, Reason, Said, Unanswered, Usage
from kaoguan.llm.messages import Value as Shape
from kaoguan.llm.pace import Limits, Pace
from kaoguan.llm.retrying import Retrying


def start(pace: Pace, now: float, tokens: int = 0) -> bool:
    if pace.delay(now) != 0.0:
        return False
    pace.begin(tokens)
    return True


def test_no_more_are_out_than_there_are_places() -> None:
    pace = Pace(Limits(3))
    assert [start(pace, 0) for _ in range(5)] == [True, True, True, False, False]
    assert pace.delay(0) is None
    pace.end(0, 0)
    assert pace.delay(0) == 0


def test_refusals_cut_the_pace_once_a_round_and_good_replies_bring_it_back() -> None:
    pace = Pace(Limits(100))
    for _ in range(10):
        pace.was_refused(began=0, now=1, retry_after=None)
    assert pace.limit == pytest.approx(70)
    for _ in range(3000):
        pace.went_well()
    assert pace.limit == 100


def test_a_rare_refusal_says_nothing_about_the_pace() -> None:
    pace = Pace(Limits(100))
    for _ in range(20):
        pace.was_refused(began=0, now=1, retry_after=60)
        for _ in range(19):
            pace.went_well()
    assert pace.limit == 100
    assert pace.delay(1) == 0


def test_many_refusals_stop_everything_for_as_long_as_the_endpoint_says() -> None:
    pace = Pace(Limits(100))
    for _ in range(5):
        pace.was_refused(began=0, now=10, retry_after=7)
    assert pace.delay(12) == pytest.approx(5)
    assert pace.delay(17) == 0


@pytest.mark.parametrize("kind", ["requests", "tokens"])
def test_no_minute_holds_more_than_the_account_allows(kind: str) -> None:
    limits = Limits(1000, requests_per_minute=60) if kind == "requests" else Limits(1000, tokens_per_minute=6000)
    pace = Pace(limits)
    begun = []
    for tenth in range(3000):
        while start(pace, tenth / 10, tokens=100):
            begun.append(tenth / 10)
            pace.end(0, 0)
    assert all(sum(first <= one < first + 60 for one in begun) <= 62 for first in begun)
    assert len(begun) > 290


class Value(BaseModel):
    text: str


Step = Unanswered | ProviderError | str


class Scripted:
    """A model that does one step of a script for each call."""

    name = where = "scripted"
    price = None

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        await asyncio.sleep(0)
        step = self.steps.pop(0)
        if isinstance(step, str):
            return Said(step, Usage(requests=1))
        raise step

    async def ask(
        self, messages: Sequence[Message], schema: type[Shape], *, max_tokens: int | None = None
    ) -> Asked[Shape]:
        said = await self.say(messages)
        return Asked(schema.model_validate({"text": said.text}), said.usage)

    async def close(self) -> None:
        """Nothing to close."""


def failed(reason: Reason, retry_after: float | None = None) -> Unanswered:
    return Unanswered("scripted", reason, "", usage=Usage(requests=1), retry_after=retry_after)


def run(*steps: Step, calls: int = 1) -> tuple[list[Any], list[float], Scripted, Retrying]:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    model = Scripted(*steps)
    retrying = Retrying(model, Pace(Limits(1)), sleep=sleep)

    async def all_of_them() -> list[Any]:
        asked = [retrying.ask([Message(role="user", content="?")], Value) for _ in range(calls)]
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(all_of_them()), slept, model, retrying


TRANSIENT = [Reason.RATE_LIMITED, Reason.SERVER_ERROR, Reason.CONNECTION, Reason.TIMEOUT, Reason.INVALID_REPLY]


@pytest.mark.parametrize("reason", TRANSIENT)
def test_what_may_pass_is_tried_again_and_counted(reason: Reason) -> None:
    (reply,), slept, _, retrying = run(failed(reason), "fine")
    assert reply.value.text == "fine"
    assert reply.usage.requests == retrying.spent.requests == 2
    assert len(slept) == 1


@pytest.mark.parametrize("reason", [Reason.REFUSAL, Reason.TRUNCATED, Reason.CONTEXT_EXCEEDED, Reason.REJECTED])
def test_what_will_not_pass_is_not_tried_again(reason: Reason) -> None:
    (error,), slept, model, _ = run(failed(reason), "fine")
    assert error.reason is reason
    assert (slept, model.steps) == ([], ["fine"])


def test_a_wait_of_a_day_is_not_waited_for_but_said() -> None:
    (error,), slept, _, _ = run(failed(Reason.RATE_LIMITED, 86_400), "too late")
    assert isinstance(error, ProviderError)
    assert "24 h" in str(error)
    assert slept == []


def test_the_same_refusal_again_and_again_is_the_endpoint_s() -> None:
    def refused(fault: str) -> Unanswered:
        return Unanswered("scripted", Reason.REJECTED, "no", fault=fault)

    replies, _, model, _ = run(*[refused("400 one")] * 9, refused("400 other"), "fine", *[refused("x")] * 10, calls=30)
    assert model.steps == []
    assert sum(isinstance(reply, Unanswered) for reply in replies) == 19
    assert sum(isinstance(reply, ProviderError) for reply in replies) == 10


def test_a_server_of_one_s_own_is_asked_for_more_as_long_as_that_makes_it_quicker() -> None:
    def places(at_once: int) -> float:
        """Return how many places are found in a server that works on so many requests at once, a second for each."""
        pace, now = Pace(Limits(32, start=1)), 0.0
        for _ in range(40):
            round_ = int(pace.limit)
            began = now
            for done in range(1, round_ + 1):
                if done % at_once == 0 or done == round_:
                    now += 1.0
                pace.went_well(began, now)
        return pace.limit

    assert places(1) == 1
    assert places(4) == 4
    assert places(100) == 32


def test_each_different_fault_is_told_once() -> None:
    told: list[str] = []
    retrying = Retrying(Scripted(*[failed(Reason.REFUSAL)] * 5), Pace(Limits(1)), tell=told.append)

    async def five() -> None:
        await asyncio.gather(*(retrying.say([]) for _ in range(5)), return_exceptions=True)

    asyncio.run(five())
    assert len(told) == 1


def test_the_endpoint_is_waited_for_as_long_as_it_says() -> None:
    _, slept, _, _ = run(failed(Reason.RATE_LIMITED, retry_after=17), "fine")
    assert slept == [17]


def test_waits_grow_where_the_endpoint_says_nothing() -> None:
    _, slept, _, _ = run(*[failed(Reason.SERVER_ERROR)] * 4, "fine")
    assert [0.5 <= one / 2**place / 0.5 <= 1 for place, one in enumerate(slept)] == [True] * 4


def test_what_never_passes_is_given_up_with_all_it_took() -> None:
    (error,), _, _, _ = run(*[failed(Reason.SERVER_ERROR)] * 9)
    assert error.reason is Reason.SERVER_ERROR
    assert error.usage.requests == 6


def test_a_provider_that_never_worked_is_given_up_at_once() -> None:
    (error,), slept, _, _ = run(ProviderError("scripted", "answered 401", "check the key"), "fine")
    assert isinstance(error, ProviderError)
    assert slept == []


def test_a_provider_that_worked_is_waited_for() -> None:
    replies, slept, _, _ = run("one", OutOfReachError("scripted", "cannot be reached", "check"), "two", calls=2)
    assert [reply.value.text for reply in replies] == ["one", "two"]
    assert len(slept) == 1


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(["fine", ProviderError("scripted", "answered 401", "check the key")], id="a key taken back"),
        pytest.param([failed(Reason.SERVER_ERROR)] * 20, id="nothing but failures from the start"),
    ],
)
def test_an_endpoint_that_is_of_no_use_is_not_asked_again(steps: list[Step]) -> None:
    replies, _, model, _ = run(*steps, "too late", calls=30)
    assert model.steps == ["too late"]
    assert sum(isinstance(reply, ProviderError) for reply in replies) >= 24


def test_a_slow_endpoint_is_not_given_up_before_the_pace_could_follow() -> None:
    replies, _, _, _ = run(*[failed(Reason.TIMEOUT)] * 63, calls=21)
    assert all(isinstance(reply, Unanswered) for reply in replies)


def test_who_waits_for_their_turn_hears_at_once_that_it_will_not_come() -> None:
    asleep = asyncio.Event()

    async def sleep(seconds: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    async def both() -> tuple[object, object]:
        model = Scripted(failed(Reason.RATE_LIMITED, 200), ProviderError("scripted", "answered 402", "top up"))
        retrying = Retrying(model, Pace(Limits(2)), sleep=sleep)

        async def after() -> object:
            await asleep.wait()
            return await retrying.say([])

        return await asyncio.gather(retrying.say([]), after(), return_exceptions=True)

    first, second = asyncio.run(both())
    assert isinstance(first, ProviderError)
    assert first is second


def test_those_who_wait_for_a_place_all_get_one() -> None:
    replies, _, _, _ = run(*"abcdefgh", calls=8)
    assert [reply.value.text for reply in replies] == list("abcdefgh")
