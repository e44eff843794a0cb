"""Pydantic's findings in the words of someone editing a rubric: what is wrong and what to write instead."""

import difflib
from collections.abc import Mapping
from typing import Any

from kaoguan.models import KeyPoint, Misconception, Rubric, Source

_KNOWN = {
    "key_points": KeyPoint,
    "misconceptions": Misconception,
    "source": Source,
}

_EXAMPLES = {
    "id": "write an id of letters, digits, `_`, `-` or `.`, such as id: batch_size",
    "language": "write language: zh or language: en",
    "weight": "write weight: 1, 2 or 3",
    "difficulty": "write difficulty: 1 to 5",
    "lines": "write lines: [first, last]",
    "key_points": "write at least one `- {id: p1, text: …, weight: 2}`",
}


def explain(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return (what is wrong, what to do) for one entry of `ValidationError.errors()`."""
    path, kind = error["loc"], error["type"]
    field = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if kind == "missing":
        return "is missing", _EXAMPLES.get(field, f"write {field}: …")
    if kind == "extra_forbidden":
        return "is not a field of a rubric", _suggest(path)
    if kind == "string_too_short":
        return "is empty", f"write the text of {field}, or remove it"
    if kind == "string_type":
        mend = "quote it" if not isinstance(error["input"], list | dict | None.__class__) else f"write {field}: some text"
        return f"must be text, not {_shown(error['input'])}", mend
    if kind in {"too_short", "tuple_type", "model_type", "model_attributes_type", "dict_type"}:
        return f"is {_shown(error['input'])}", _EXAMPLES.get(field, "see `kaoguan rubrics schema`")
    return f"{_shown(error['input'])} is not allowed", _EXAMPLES.get(field, "see `kaoguan rubrics schema`")


def place(path: tuple[Any, ...]) -> str:
    """Return `("key_points", 2, "weight")` as `key_points[2].weight`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, dict):
        return "a mapping"
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:40] + "…"


def _suggest(path: tuple[Any, ...]) -> str:
    parents = [step for step in path[:-1] if isinstance(step, str)]
    known = list(_KNOWN.get(parents[-1] if parents else "", Rubric).model_fields)
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    return f"did you mean {near[0]}?" if near else f"remove it; the fields are {', '.join(known)}"
