"""A language model behind an OpenAI-compatible endpoint: OpenAI, DeepSeek, Qwen, Ollama, vLLM, llama.cpp …"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from kaoguan.errors import ProviderError
from kaoguan.llm import wire
from kaoguan.llm.abilities import Abilities, Remembered, Rung
from kaoguan.llm.addresses import is_local, lacks_version
from kaoguan.llm.client import out_of_time
from kaoguan.llm.completion import Completion, UnusableError, completion_of, decoded
from kaoguan.llm.connection import Response
from kaoguan.llm.deadlines import Deadlines
from kaoguan.llm.failures import OutOfReachError, Reason, Unanswered, counted, redacted, without_key
from kaoguan.llm.faults import Fault, Meaning, error_for, fault_of, hidden_fault, provider_error
from kaoguan.llm.messages import Asked, Message, Said, Value
from kaoguan.llm.objects import spoken, value_of
from kaoguan.llm.prices import Price
from kaoguan.llm.probing import FaultError, probe
from kaoguan.models import Usage
from kaoguan.prompts import Wording
from kaoguan.text.script import count_han


class Way(Protocol):
    """How requests go out: a connection, or what records them."""

    @property
    def base_url(self) -> str:
        """Return the endpoint, with a slash at its end."""

    async def post(self, path: str, body: Mapping[str, Any]) -> Response:
        """Return the reply, whatever its status. Raises Unanswered, OutOfReachError."""

    async def close(self) -> None:
        """Close the connections."""


class Bounds(NamedTuple):
    """What one reply may take."""

    max_tokens: int
    timeout: float = 60.0
    """Seconds for the whole of it."""
    retries: int = 0
    """How often it is asked for again after a fault that passes."""


class EndpointModel:
    """One model of one endpoint. Implements `ChatModel`.

    Nothing that an endpoint sends comes out as anything but a reply, Unanswered or ProviderError.
    """

    def __init__(
        self,
        way: Way,
        name: str,
        wording: Wording,
        *,
        bounds: Bounds,
        price: Price | None = None,
        remembered: Remembered | None = None,
        key: str = "",
    ) -> None:
        """Take the texts of `prompts/<language>/llm.yaml`; `price` None leaves the cost unknown.

        `key` is left out of replies.
        """
        self._way = way
        self._name = name
        self._where = f"{name} at {way.base_url}"
        self._key = key
        self._wording = wording
        self._bounds = bounds
        self._deadlines = Deadlines(bounds.timeout)
        self._price = price
        self._remembered = remembered or Remembered(None)
        self._probing = asyncio.Lock()
        self._searched = False
        self._worked = False
        self._graded = False
        self._in_vain: set[str] = set()
        self._context = _Context()

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
                completion = await self._complete(talk, schema, max_tokens)
                spent += completion.usage
                return Asked(self._value(completion, schema), spent)
            except Unanswered as error:
                error.usage = spent + error.usage
                raise
            except ValueError as error:
                fault = without_key(str(error), self._key)
            repair = self._wording.say("repair", fault=fault)
            talk = [*messages, Message(role="assistant", content=completion.text), Message(role="user", content=repair)]
        raise Unanswered(self.where, Reason.INVALID_REPLY, redacted(fault, self._key), usage=spent)

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        """Return a reply in plain text. Raises Unanswered, ProviderError."""
        completion = await self._complete(messages, None, max_tokens)
        text = spoken(completion.text)
        if not text or completion.refusal or completion.cut:
            raise self._nothing(completion)
        return Said(text, completion.usage)

    async def close(self) -> None:
        """Close its connections; on the loop where it was asked."""
        await self._way.close()

    async def abilities(self) -> Abilities:
        """Return the endpoint's abilities, from memory or by asking it. Raises Unanswered, ProviderError."""
        if known := self._remembered.get(self.where):
            return known
        async with self._probing:  # one of many first calls finds out, the others wait
            if known := self._remembered.get(self.where):
                return known
            base_url = self._way.base_url
            start, prefix = Abilities(bounded=is_local(base_url)), "/v1" if lacks_version(base_url) else ""
            try:
                found = await probe(self._try_echo, start, prefix=prefix, thorough=not self._searched)
            except FaultError as error:
                raise self._useless(error.fault) from error
            self._remembered.put(self.where, found)
            return found

    async def try_once(
        self, messages: Sequence[Message], schema: type[BaseModel] | None, abilities: Abilities, max_tokens: int
    ) -> Completion:
        """Return the completion of one request. Raises FaultError, Unanswered, ProviderError."""
        note = ""
        if schema and abilities.rung is not Rung.JSON_SCHEMA:  # that rung holds the model to the schema itself
            note = self._wording.say("shape", schema=wire.shape(schema))
        request = wire.body(self._name, messages, abilities, max_tokens=max_tokens, schema=schema, note=note)
        path = f"{abilities.prefix}/chat/completions"
        for tried in range(self._bounds.retries):
            try:
                return await self._sent(path, request, messages)
            except (FaultError, Unanswered, OutOfReachError) as error:
                wait = _wait(error, tried)
                if wait is None:
                    raise
            await asyncio.sleep(wait)
        return await self._sent(path, request, messages)

    async def _sent(self, path: str, request: Mapping[str, Any], messages: Sequence[Message]) -> Completion:
        try:
            async with self._deadlines.whole_reply():
                response = await self._way.post(path, request)
        except TimeoutError as error:
            raise counted(out_of_time(self.where)) from error
        if response.status >= 300:
            raise FaultError(fault_of(*response))
        return self._read(response, messages)

    def _read(self, response: Response, messages: Sequence[Message]) -> Completion:
        """Return the completion in a response. Raises FaultError, Unanswered, ProviderError."""
        try:
            found = decoded(response.content)
        except UnusableError as error:
            if error.page and not self._worked:
                mend = "check OPENAI_BASE_URL: it usually ends in /v1"
                raise ProviderError(self.where, "did not answer as a chat endpoint", mend) from error
            raise counted(Unanswered(self.where, error.reason, str(error))) from error
        if fault := hidden_fault(found, response.headers):
            raise FaultError(fault)
        completion = completion_of(found)
        cost = self._price.of(completion.usage) if self._price else None
        priced = completion.usage.model_copy(update={"cost": cost})
        if completion.broken:
            raise Unanswered(self.where, Reason.SERVER_ERROR, "the reply broke off", usage=priced)
        if self._context.cut(messages, priced.prompt_tokens):
            detail = f"the server read only {priced.prompt_tokens} tokens of the prompt"
            mend = "give it a larger context (Ollama: OLLAMA_CONTEXT_LENGTH, llama.cpp: -c, LM Studio: in its settings)"
            raise Unanswered(self.where, Reason.CONTEXT_EXCEEDED, detail, mend=mend, usage=priced)
        self._worked = True
        return completion._replace(
            text=without_key(completion.text, self._key),
            beside=tuple(without_key(text, self._key) for text in completion.beside),
            refusal=redacted(completion.refusal, self._key),
            usage=priced,
        )

    def _useless(self, fault: Fault) -> Unanswered | ProviderError:
        """Return the error for an endpoint that takes nothing, however it is asked."""
        passing = fault.meaning in (Meaning.BUSY, Meaning.BROKEN)
        self._searched = self._searched or fault.meaning is not Meaning.BUSY
        if passing:
            return counted(error_for(fault, self.where, self._key, worked=self._worked))
        return provider_error(fault, self.where, self._key)

    async def _try_echo(self, messages: Sequence[Message], schema: type[BaseModel], abilities: Abilities) -> Completion:
        try:
            return await self.try_once(messages, schema, abilities, self._bounds.max_tokens)
        except Unanswered as error:
            if error.reason is not Reason.CONTEXT_EXCEEDED:  # what its token count gives away
                raise
            raise FaultError(Fault(400, frozenset({"context_length_exceeded"}), "", error.what)) from error

    async def _complete(
        self, messages: Sequence[Message], schema: type[BaseModel] | None, max_tokens: int | None
    ) -> Completion:
        abilities = await self.abilities()
        asked = _Asked(messages, schema, max_tokens or self._bounds.max_tokens)
        try:
            completion = await self.try_once(*asked[:2], abilities, asked.limit)
        except FaultError as refused:
            return await self._another_way(asked, abilities, refused.fault)
        self._graded = self._graded or schema is not None
        return completion

    async def _another_way(self, asked: "_Asked", abilities: Abilities, fault: Fault, *, sent: int = 1) -> Completion:
        """Return the completion of the same asked otherwise, and remember how. Raises Unanswered, ProviderError.

        Where the endpoint named what it does not take, and where it has never taken anything, that is learned. After
        that, a refusal without a name may be about this answer's words, and says nothing about the endpoint.
        """
        ways: Iterable[Abilities] = ()
        if fault.meaning in (Meaning.REJECTED, Meaning.TOO_LONG):
            ways = asked.ways(abilities, fault.param)
        elif (
            fault.status == 500 and asked.schema and not self._graded
        ):  # llama.cpp, for a schema that is too much for it
            ways = abilities.unbounded()
        if fault.kind not in self._in_vain:
            for way in ways:
                try:
                    completion = await self.try_once(*asked[:2], way, asked.limit)
                except FaultError as again:
                    sent += 1
                    if again.fault.param and again.fault.kind != fault.kind and sent < _MOST_WAYS:
                        return await self._another_way(asked, way, again.fault, sent=sent)
                    continue
                except Unanswered as error:
                    error.usage += Usage(requests=sent)
                    raise
                if any(abilities.named(fault.param)) or not self._graded:
                    self._remembered.put(self.where, way)
                return completion._replace(usage=completion.usage + Usage(requests=sent))
            self._in_vain.add(fault.kind)
        raise counted(error_for(fault, self.where, self._key, worked=self._worked), sent)

    def _value(self, completion: Completion, schema: type[Value]) -> Value:
        """Return the reply as `schema`. Raises ValueError that says what is wrong, Unanswered."""
        texts = (completion.text,) if completion.text else completion.beside
        if completion.refusal or not texts or (completion.cut and spoken(completion.text) is None):
            raise self._nothing(completion)
        faults = []
        for text in texts:
            try:
                return value_of(text, schema)
            except ValueError as error:
                faults.append(error)
        if completion.cut or spoken(completion.text) is None:
            raise self._nothing(completion)
        raise faults[0]

    def _nothing(self, completion: Completion) -> Unanswered:
        """Return why there is nothing to read in a completion."""
        reason, detail = Reason.EMPTY_REPLY, "no text"
        if completion.refusal:
            reason, detail = Reason.REFUSAL, completion.refusal
        elif completion.cut:
            reason, detail = Reason.TRUNCATED, "the reply reached its length limit"
        elif spoken(completion.text) is None:
            reason, detail = Reason.TRUNCATED, "the reply ends while the model is thinking"
        mend = "let it write more: KAOGUAN_MAX_TOKENS" if reason is Reason.TRUNCATED else "run again to complete it"
        return Unanswered(self.where, reason, detail, mend=mend, usage=completion.usage)


# Requests for one reply, at most, while an endpoint names one thing after the other that it does not take.
_MOST_WAYS = 6


class _Asked(NamedTuple):
    """What is asked."""

    messages: Sequence[Message]
    schema: type[BaseModel] | None
    limit: int

    def ways(self, abilities: Abilities, param: str) -> list[Abilities]:
        """Return how else to ask it: without what was named, or else with less room and less shape."""
        if named := list(abilities.named(param)):
            return named
        shorter = [way for way in abilities.smaller() if way.most and way.most < self.limit][1:2]
        return [*shorter, *abilities.unbounded(), *abilities.lower()] if self.schema else shorter


_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0


def _wait(error: FaultError | Unanswered | OutOfReachError, tried: int) -> float | None:
    """Return how many seconds to wait before the same is asked again; None where that is of no use."""
    asked: float | None = None
    passing = True
    if isinstance(error, FaultError):
        asked, passing = error.fault.retry_after, error.fault.meaning in (Meaning.BUSY, Meaning.BROKEN)
    elif isinstance(error, Unanswered):
        passing = error.reason in (Reason.CONNECTION, Reason.SERVER_ERROR)
    if not passing or (asked or 0.0) > _LONGEST_WAIT:
        return None
    return asked if asked is not None else _FIRST_WAIT * 2**tried


# No context is smaller; and prompts that differ by less than so many characters may well have as many tokens.
_SMALLEST = 256


class _Context:
    """What a server's count of tokens gives away: whether it has cut off what it could not hold, in silence."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def cut(self, messages: Sequence[Message], tokens: int) -> bool:
        """Return whether fewer tokens were read than any tokenizer makes of these messages, and that at a ceiling.

        No tokenizer makes less than two tokens of five Chinese characters, or one of eight others; but some servers
        count in another way. A ceiling is the largest number so far, and a context's size (a power of two) or what two
        prompts of different length have in common.
        """
        length = sum(len(message.content) for message in messages)
        before = self._seen.setdefault(tokens, length)
        # Characters are counted only where all else speaks for a cut: the same prompt is sent a thousand times.
        if not _SMALLEST <= tokens < 0.4 * length or tokens < max(self._seen):
            return False
        if tokens.bit_count() != 1 and abs(before - length) <= _SMALLEST:
            return False
        chinese = sum(count_han(message.content) for message in messages)
        return tokens < 0.4 * chinese + (length - chinese) / 8
