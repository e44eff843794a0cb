"""Finding out what an endpoint can do, by asking it for as little as one word.

No candidate's words are in these requests, so whatever is refused is refused because of how it was asked. Where the
endpoint names the parameter, that is changed; where it does not, one thing after the other is; where no single thing
helps, everything is left out and put back piece by piece.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from kaoguan.llm.abilities import Abilities, Rung
from kaoguan.llm.completion import Completion
from kaoguan.llm.faults import Fault, Meaning
from kaoguan.llm.messages import Message
from kaoguan.llm.objects import value_of

Try = Callable[[Sequence[Message], type[BaseModel], Abilities], Awaitable[Completion]]
"""Sends one request with these abilities. Raises FaultError, and our errors where nothing else could help."""


class FaultError(Exception):
    """The endpoint said no."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Echo(BaseModel):
    """A reply that only a model held to the schema gives: the message asks for another word."""

    model_config = ConfigDict(extra="forbid")

    word: Literal["kaoguan"]


async def probe(try_: Try, start: Abilities, *, prefix: str, thorough: bool) -> Abilities:
    """Return the most that the endpoint takes and obeys. Raises FaultError with its first no, and our errors.

    An endpoint that takes a schema and then ignores it is found out here: its reply has another word. `prefix` is what
    the base URL may lack; not `thorough`: ask once only.
    """
    search = _Search(try_)
    abilities = start
    while True:
        try:
            held = await search.held(abilities)
        except FaultError as refused:
            if not thorough:
                raise
            abilities, held = await search.around(abilities, refused, prefix)
        if held or abilities.rung.below is None:
            return abilities
        abilities = abilities.changed(rung=abilities.rung.below)


# So many parameters that it does not take may an endpoint name in a row.
_MOST_NAMED = 4


class _Search:
    """Tries abilities; a set that was refused is not tried twice."""

    def __init__(self, try_: Try) -> None:
        self._try = try_
        self._refused: set[Abilities] = set()

    async def held(self, abilities: Abilities) -> bool:
        """Return whether the reply obeys the schema. Raises FaultError."""
        try:
            completion = await self._try(_messages(abilities.rung), Echo, abilities)
        except FaultError:
            self._refused.add(abilities)
            raise
        for text in (completion.text, *completion.beside):
            try:
                value_of(text, Echo)
            except ValueError:
                continue
            return True
        return False

    async def around(self, abilities: Abilities, refused: FaultError, prefix: str) -> tuple[Abilities, bool]:
        """Return abilities that are not refused, and whether the reply obeys. Raises `refused` when there are none."""
        fault = refused.fault
        found = None
        if prefix and not abilities.prefix and fault.meaning in _ADDRESS:
            found = await self._first([abilities.changed(prefix=prefix)])
        if found:
            return found
        if fault.meaning is Meaning.BROKEN and fault.status == 500:
            # Some servers break over a role or a schema that they do not know. One that is down is not asked for long.
            found = await self._first([abilities.changed(system=False), next(abilities.least())])
        elif fault.meaning in (Meaning.REJECTED, Meaning.TOO_LONG):
            found = await self._named(abilities, fault) or await self._first(abilities.single())
            if not found and (least := await self._first(abilities.least())):
                found = await self._restored(abilities, least)
        if not found:
            raise refused
        return found

    async def _named(
        self, abilities: Abilities, fault: Fault, left: int = _MOST_NAMED
    ) -> tuple[Abilities, bool] | None:
        """Return what is taken when all that the endpoint names, one thing after the other, is changed."""
        for one in abilities.named(fault.param):
            if one in self._refused:
                continue
            try:
                return one, await self.held(one)
            except FaultError as refused:
                again = refused.fault
            if left and again.param and again.kind != fault.kind and (found := await self._named(one, again, left - 1)):
                return found
        return None

    async def _first(self, changes: Iterable[Abilities]) -> tuple[Abilities, bool] | None:
        for one in changes:
            if one in self._refused:
                continue
            try:
                return one, await self.held(one)
            except FaultError:
                continue
        return None

    async def _restored(self, wanted: Abilities, least: tuple[Abilities, bool]) -> tuple[Abilities, bool]:
        """Return what works with as much put back as is taken, one thing at a time."""
        best = least
        for name in ("system", "temperature", "most", "rung"):
            more = best[0].changed(**{name: getattr(wanted, name)})
            best = await self._first([more]) or best
        return best


# An address that nobody answers to as a chat endpoint does.
_ADDRESS = frozenset({Meaning.MODEL, Meaning.PATH, Meaning.REJECTED, Meaning.FORBIDDEN})


def _messages(rung: Rung) -> list[Message]:
    wanted = "pear" if rung is Rung.JSON_SCHEMA else "kaoguan"
    text = f'Reply with a JSON object whose only key is "word" and whose value is "{wanted}".'
    return [Message(role="system", content="You reply in JSON."), Message(role="user", content=text)]
