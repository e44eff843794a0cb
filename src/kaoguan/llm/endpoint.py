"""A language model behind an OpenAI-compatible endpoint: OpenAI, DeepSeek, Qwen, Ollama, vLLM, llama.cpp …"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

import openai
from pydantic import BaseModel, ConfigDict

from kaoguan.errors import ProviderError
from kaoguan.llm import wire
from kaoguan.llm.abilities import Abilities, Remembered, Rung
from kaoguan.llm.client import translated, without_key
from kaoguan.llm.failures import Reason, Unanswered
from kaoguan.llm.messages import Asked, Message, Said, Value
from kaoguan.llm.prices import Price
from kaoguan.models import Usage
from kaoguan.prompts import Wording


class Client(Protocol):
    """What a model needs of the SDK's asynchronous client."""

    @property
    def base_url(self) -> Any:
        """Return the endpoint."""

    async def post(self, path: str, *, cast_to: Any, body: Mapping[str, Any]) -> Any:
        """Return the reply's JSON. Raises the SDK's errors."""

    async def close(self) -> None:
        """Close the connections."""


class EndpointModel:
    """One model of one endpoint. Implements `ChatModel`. Retries and Retry-After are the SDK's."""

    def __init__(
        self,
        client: Client,
        name: str,
        wording: Wording,
        *,
        max_tokens: int,
        price: Price | None = None,
        remembered: Remembered | None = None,
        key: str = "",
    ) -> None:
        """Take the texts of `prompts/<language>/llm.yaml`; `price` None leaves the cost unknown.

        `key` is left out of replies.
        """
        self._client = client
        self._name = name
        self._where = f"{name} at {client.base_url}"
        self._key = key
        self._wording = wording
        self._max_tokens = max_tokens
        self._price = price
        self._remembered = remembered or Remembered(None)
        self._probing = asyncio.Lock()

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._name

    @property
    def where(self) -> str:
        """Return the model and its endpoint, as errors name them and as abilities and replies are kept under."""
        return self._where

    @property
    def price(self) -> Price | None:
        """Return the price of its tokens; None when unknown."""
        return self._price

    async def ask(
        self, messages: Sequence[Message], schema: type[Value], *, max_tokens: int | None = None
    ) -> Asked[Value]:
        """Return a reply of this schema; one that is not is sent back once. Raises Unanswered, ProviderError."""
        spent = Usage()
        talk = list(messages)
        for _ in range(2):
            try:
                text, usage = await self._complete(talk, schema, max_tokens)
            except Unanswered as error:
                error.usage = spent + error.usage
                raise
            spent += usage
            try:
                return Asked(wire.value_of(text, schema), spent)
            except ValueError as error:
                fault = str(error)
            repair = self._wording.say("repair", fault=fault)
            talk = [*messages, Message(role="assistant", content=text), Message(role="user", content=repair)]
        raise Unanswered(self.where, Reason.INVALID_REPLY, fault, usage=spent)

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        """Return a reply in plain text. Raises Unanswered, ProviderError."""
        return Said(*await self._complete(messages, None, max_tokens))

    async def close(self) -> None:
        """Close its connections; on the loop where it was asked."""
        await self._client.close()

    async def abilities(self) -> Abilities:
        """Return the endpoint's abilities, from memory or by asking it. Raises Unanswered, ProviderError."""
        if known := self._remembered.get(self.where):
            return known
        async with self._probing:  # one of many first calls finds out, the others wait
            if known := self._remembered.get(self.where):
                return known
            try:
                found = await probe(self.try_once)
            except openai.OpenAIError as error:
                raise translated(error, self.where) from error
            except ValueError as error:
                raise Unanswered(self.where, Reason.SERVER_ERROR, "the reply is no JSON") from error
            self._remembered.put(self.where, found)
            return found

    async def try_once(
        self, messages: Sequence[Message], schema: type[BaseModel] | None, abilities: Abilities, max_tokens: int
    ) -> Mapping[str, Any]:
        """Return the completion of one request, as the server sent it. Raises the SDK's errors."""
        note = ""
        if schema and abilities.rung is not Rung.JSON_SCHEMA:  # that rung holds the model to the schema itself
            note = self._wording.say("shape", schema=wire.shape(schema))
        request = wire.body(self._name, messages, abilities, max_tokens=max_tokens, schema=schema, note=note)
        # As `chat.completions.create` does it, without its checks of every nested field of request and reply: they take
        # as long as sending and receiving.
        completion = await self._client.post("/chat/completions", cast_to=object, body=request)
        if not isinstance(completion, dict):  # an HTML page, for one, comes back as a string
            mend = "check OPENAI_BASE_URL: it usually ends in /v1"
            raise ProviderError(self.where, "did not answer as a chat endpoint", mend)
        return completion

    async def _complete(
        self, messages: Sequence[Message], schema: type[BaseModel] | None, max_tokens: int | None
    ) -> tuple[str, Usage]:
        abilities = await self.abilities()
        completion = await self._adapting(messages, schema, abilities, max_tokens or self._max_tokens)
        usage = self._priced(wire.usage_of(completion))
        try:
            return without_key(wire.text_of(completion), self._key), usage
        except wire.UnusableError as error:
            detail = without_key(str(error), self._key)
            raise Unanswered(self.where, error.reason, detail, usage=usage) from error

    async def _adapting(
        self, messages: Sequence[Message], schema: type[BaseModel] | None, abilities: Abilities, max_tokens: int
    ) -> Mapping[str, Any]:
        """Return the completion; where the endpoint rejects part of the request, go without it from now on."""
        garbled = 0
        while True:
            try:
                return await self.try_once(messages, schema, abilities, max_tokens)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                adapted = abilities.after(str(error))
                if adapted is None:
                    raise translated(error, self.where) from error
                abilities = adapted
                self._remembered.put(self.where, abilities)
            except openai.OpenAIError as error:
                raise translated(error, self.where) from error
            except ValueError as error:  # the SDK lets a body that is no JSON through
                garbled += 1
                if garbled > 1:
                    raise Unanswered(self.where, Reason.SERVER_ERROR, "the reply is no JSON") from error

    def _priced(self, usage: Usage) -> Usage:
        return usage.model_copy(update={"cost": self._price.of(usage) if self._price else None})


# A reasoning model thinks a few hundred tokens even about this.
_TOKENS = 1024


class Echo(BaseModel):
    """A reply that only a model held to the schema gives: the message asks for another word."""

    model_config = ConfigDict(extra="forbid")

    word: Literal["kaoguan"]


Try = Callable[[Sequence[Message], type[BaseModel] | None, Abilities, int], Awaitable[Mapping[str, Any]]]
"""Sends one request with these abilities and this limit, and raises the SDK's errors."""


async def probe(try_once: Try) -> Abilities:
    """Return the highest rung on which the endpoint's reply can be read. Raises the SDK's errors.

    An endpoint that takes a schema and then ignores it is found out here: its reply has another word.
    """
    abilities = Abilities()
    while True:
        try:
            completion = await try_once(_messages(abilities.rung), Echo, abilities, _TOKENS)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            below = abilities.rung.below
            lower = abilities.model_copy(update={"rung": below}) if below else None
            adapted = abilities.after(str(error)) or lower
            if adapted is None:
                raise
            abilities = adapted
            continue
        if abilities.rung.below is None or _held(completion):
            return abilities
        abilities = abilities.model_copy(update={"rung": abilities.rung.below})


def _messages(rung: Rung) -> list[Message]:
    wanted = "pear" if rung is Rung.JSON_SCHEMA else "kaoguan"
    text = f'Reply with a JSON object whose only key is "word" and whose value is "{wanted}".'
    return [Message(role="system", content="You reply in JSON."), Message(role="user", content=text)]


def _held(completion: Mapping[str, Any]) -> bool:
    try:
        Echo.model_validate_json(wire.text_of(completion))
    except ValueError:
        return False
    return True
