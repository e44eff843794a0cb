"""Finding out what an endpoint can do, with requests of a few tokens."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal

import openai
from pydantic import BaseModel, ConfigDict

from kaoguan.llm import wire
from kaoguan.llm.abilities import Abilities, Rung
from kaoguan.llm.messages import Message

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
