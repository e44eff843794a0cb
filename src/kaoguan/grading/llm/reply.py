"""What a model is to reply: per key point evidence, explanation, verdict, confidence, in this order."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, create_model


class _Reply(BaseModel):
    # Not forbidding: a word too many is no reason to pay for a second reply.
    model_config = ConfigDict(frozen=True, extra="ignore")


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _share(value: object) -> object:
    """Models write .9, 90, "90%" and worse; how sure they are is never worth a second call."""
    try:
        number = float(str(value).strip().rstrip("%"))
    except ValueError:
        return 0.5
    return min(max(number / 100 if number > 1 else number, 0.0), 1.0) if number == number else 0.5  # noqa: PLR0124 - NaN


class PointReply(_Reply):
    """What the model says of one key point."""

    evidence: str
    explanation: str
    verdict: Annotated[Literal["covered", "partial", "missing", "contradicted"], BeforeValidator(_lower)]
    confidence: Annotated[float, BeforeValidator(_share)]


class MisconceptionReply(_Reply):
    """A misconception that the model finds stated."""

    id: str
    evidence: str


class Reply(_Reply):
    """The rulings by handle (k1, k2 …), as attributes, and the misconceptions where they were asked for."""


def reply_shape(handles: Sequence[str], *, misconceptions: bool) -> type[Reply]:
    """Return the shape of a reply on these key points: every one is required, so none can be left out."""
    return _schema(tuple(handles), misconceptions)


@lru_cache(maxsize=256)  # 4 ms, for each of some thousand answers to the same few questions
def _schema(handles: tuple[str, ...], misconceptions: bool) -> type[Reply]:
    fields: dict[str, object] = dict.fromkeys(handles, PointReply)
    if misconceptions:
        # A model that is not held to the schema may leave an empty list out.
        fields["misconceptions"] = (list[MisconceptionReply], [])
    made: type[Reply] = create_model("Replies", __base__=Reply, **fields)  # type: ignore[call-overload]
    return made
