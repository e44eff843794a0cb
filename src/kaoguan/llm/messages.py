"""What goes to a language model and what comes back."""

from collections.abc import Sequence
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel

from kaoguan.llm.prices import Price
from kaoguan.models import Model, Usage

Role = Literal["system", "user", "assistant"]
Value = TypeVar("Value", bound=BaseModel)


class Message(Model):
    """One turn of a conversation with a model."""

    role: Role
    content: str


class Asked(NamedTuple, Generic[Value]):
    """A reply that was read as the schema asked for."""

    value: Value
    usage: Usage


class Said(NamedTuple):
    """A reply in plain text, without the model's thinking."""

    text: str
    usage: Usage


class ChatModel(Protocol):
    """A language model behind any endpoint."""

    @property
    def name(self) -> str:
        """Return the model's name, for grades and reports."""

    async def ask(
        self, messages: Sequence[Message], schema: type[Value], *, max_tokens: int | None = None
    ) -> Asked[Value]:
        """Return a reply of this schema (a pydantic model); one reply that is not is sent back for repair.

        `max_tokens` None: as configured. Raises Unanswered when this call gives nothing usable, ProviderError when no
        call would.
        """

    async def say(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Said:
        """Return a reply in plain text. Raises Unanswered, ProviderError."""


class Located(ChatModel, Protocol):
    """A language model that can say where it is."""

    @property
    def where(self) -> str:
        """Return the model and its endpoint: replies are kept under it."""

    async def close(self) -> None:
        """Close its connections; on the loop where it was asked."""

    @property
    def price(self) -> Price | None:
        """Return the price of its tokens; None when unknown."""
