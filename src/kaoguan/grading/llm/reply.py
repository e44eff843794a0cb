"""What a model is to reply: per key point evidence, explanation, verdict, confidence, in this order."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model, model_validator

# Long enough for any quotation and one sentence; a weak model that is held to them comes to an end.
_EVIDENCE, _EXPLANATION = 300, 200


class _Reply(BaseModel):
    # Not forbidding: a word too many is no reason to pay for a second reply.
    model_config = ConfigDict(frozen=True, extra="ignore")


# What models write for a verdict where no schema holds them to the four words: the first row that fits. A part before
# the whole, a contradiction before a lack, a lack before what is there: "not covered", 未覆盖.
_VERDICTS = (
    ("partial", re.compile(r"partial|partly|half|部分|一半|不完整|不完全|不够完整")),
    (
        "contradicted",
        re.compile(r"contradict|conflict|oppos|incorrect|wrong|矛盾|相反|冲突|相悖|不相容|反|错|不正确|违背"),
    ),
    (
        "missing",
        re.compile(
            r"miss|not\b|not_|un(?:covered|mentioned|met)|absent|none|\bno\b|omit|fail|false|未|没|缺|无|無|漏|不|否|[✗✘×❌]"
        ),
    ),
    (
        "covered",
        re.compile(
            r"cover|yes|full|\bmet\b|express|mention|hit|stated|correct|pass|true"
            r"|[盖蓋]|说|說|满足|命中|提|及|是|对|對|有|完|正确|[✓✔✅√]"
        ),
    ),
)


_LONGEST_VERDICT = 40


def _verdict(value: object) -> object:
    if isinstance(value, bool | int | float):  # a credit, or true
        return "covered" if value >= 1 else "partial" if value > 0 else "missing"
    word = value.strip().lower() if isinstance(value, str) and len(value) <= _LONGEST_VERDICT else ""
    return next((label for label, said in _VERDICTS if said.search(word)), value)


def _share(value: object) -> object:
    """Models write .9, 90, "90%" and worse; how sure they are is never worth a second call."""
    try:
        number = float(str(value).strip().rstrip("%％"))
    except ValueError:
        return 0.5
    return min(max(number / 100 if number > 1 else number, 0.0), 1.0) if number == number else 0.5  # noqa: PLR0124 - NaN


def _text(value: object) -> object:
    """Return nothing as an empty text, numbers as they are written, and pieces joined as `Answer.find` parts them."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return "\n".join(piece.strip() for piece in value if isinstance(piece, str) and piece.strip())
    return "" if value is None else value if isinstance(value, str) else str(value)


def _stated(value: object) -> object:
    """Return what can be read of a list; a misconception in a wrong shape is none."""
    items = value if isinstance(value, list) else []
    return [one for one in items if isinstance(one, Mapping) and isinstance(one.get("id"), str)]


Evidence = Annotated[str, BeforeValidator(_text), Field(json_schema_extra={"maxLength": _EVIDENCE})]
Explanation = Annotated[str, BeforeValidator(_text), Field(json_schema_extra={"maxLength": _EXPLANATION})]


class PointReply(_Reply):
    """What the model says of one key point."""

    evidence: Evidence = ""
    explanation: Explanation = ""
    verdict: Annotated[Literal["covered", "partial", "missing", "contradicted"], BeforeValidator(_verdict)]
    confidence: Annotated[float, BeforeValidator(_share)] = 0.5


class MisconceptionReply(_Reply):
    """A misconception that the model finds stated."""

    id: str
    evidence: Evidence = ""


class Reply(_Reply):
    """The rulings by handle (k1, k2 …), as attributes, and the misconceptions where they were asked for."""

    @model_validator(mode="before")
    @classmethod
    def _by_handle(cls, value: Any) -> Any:
        """Return rulings that came as a list, each with its handle, or under K1 for k1, by handle."""
        listed = value if isinstance(value, list) else None
        if isinstance(value, Mapping):
            value = {name.lower() if re.fullmatch(r"K\d+", name) else name: one for name, one in value.items()}
            listed = next((one for one in value.values() if isinstance(one, list) and _ruled(one)), None)
        if not listed or not _ruled(listed):
            return value
        return {**(value if isinstance(value, Mapping) else {}), **_ruled(listed)}


def _ruled(listed: Sequence[Any]) -> dict[str, Any]:
    """Return the rulings of a list by the handle that each names."""
    found = {}
    for one in listed:
        if isinstance(one, Mapping) and "verdict" in one:
            named = next((one[name] for name in ("id", "handle", "key", "point", "key_point") if name in one), None)
            if isinstance(named, str):
                found[named.strip().lower()] = one
    return found


def reply_shape(handles: Sequence[str], *, misconceptions: Sequence[str] = ()) -> type[Reply]:
    """Return the shape of a reply on these key points and misconceptions: none can be left out."""
    return _schema(tuple(handles), tuple(misconceptions))


@lru_cache(maxsize=256)  # 4 ms, for each of some thousand answers to the same few questions
def _schema(handles: tuple[str, ...], misconceptions: tuple[str, ...]) -> type[Reply]:
    fields: dict[str, object] = dict.fromkeys(handles, PointReply)
    if misconceptions:
        # Only in what is sent: an unknown id in a reply is passed over, not sent back.
        known = Annotated[str, WithJsonSchema({"type": "string", "enum": list(misconceptions)})]
        one = create_model("Misconception", __base__=MisconceptionReply, id=(known, ...))
        most: Any = Field(default=[], json_schema_extra={"maxItems": len(misconceptions)})
        # A model that is not held to the schema may leave an empty list out.
        fields["misconceptions"] = (Annotated[list[one], BeforeValidator(_stated)], most)
    made: type[Reply] = create_model("Replies", __base__=Reply, **fields)  # type: ignore[call-overload]
    return made
