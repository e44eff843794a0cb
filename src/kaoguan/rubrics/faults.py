"""Pydantic's findings in the words of someone editing a rubric: what is wrong and what to write instead."""

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from kaoguan.models import KeyPoint, Misconception, Rubric, Source

_KNOWN: dict[str, type[BaseModel]] = {
    "key_points": KeyPoint,
    "misconceptions": Misconception,
    "source": Source,
    "other_sources": Source,
}

_EXAMPLES = {
    "id": "write an id of letters, digits, `_`, `-` or `.`, such as id: batch_size",
    "language": "write language: zh or language: en",
    "weight": "write weight: 1, 2 or 3",
    "difficulty": "write difficulty: 1 to 5",
    "lines": "write lines: [first, last]",
    "paraphrases": "write a list: [one wording, another wording]",
    "notes": "write a list: [one note, another note]",
    "misconceptions": "write a list of `- {id: m1, text: …}`",
    "key_points": "write at least one `- {id: p1, text: …, weight: 2}`",
}


def explain(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return (what is wrong, what to do) for one entry of `ValidationError.errors()`."""
    path, given = error["loc"], error["input"]
    field = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    mend = _EXAMPLES.get(field, f"write {field}: …")
    match error["type"]:
        case "missing":
            said = "is missing", mend
        case "extra_forbidden":
            said = "is not a field of a rubric", _suggest(path)
        case "string_too_short":
            said = "is empty", "write the text, or remove the entry"
        case "value_error":
            said = str(error["ctx"]["error"]), _EXAMPLES.get(field, "remove them")
        case "string_type" if not isinstance(given, list | dict | None):
            said = f"must be text, not {_shown(given)}", "quote it"
        case "too_short" | "tuple_type" | "model_type" | "model_attributes_type" | "string_type":
            said = f"is {_shown(given)}", mend
        case _:
            said = f"{_shown(given)} is not allowed", mend
    return said


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
    known = list(_KNOWN.get(parents[-1], Rubric).model_fields) if parents else list(Rubric.model_fields)
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    return f"did you mean {near[0]}?" if near else f"remove it; the fields are {', '.join(known)}"
