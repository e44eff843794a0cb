"""One rubric file: strict YAML to a `Rubric`, and every fault as place, fault and mend."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError

from kaoguan.errors import InputError, RubricError
from kaoguan.models import Identifier, KeyPoint, Language, Misconception, Model, Rubric, Source

# libyaml where PyYAML was built with it (all its wheels are): ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A question with its points is a few kilobytes. A megabyte is some other file by mistake.
_MOST_BYTES = 1_000_000
_MOST_ITEMS = 200


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a rubric file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Rubric.model_json_schema()}


def read_text(path: Path) -> str:
    """Return the text of a rubric file. Raises RubricError when it is not readable UTF-8."""
    try:
        if path.exists() and not path.is_file():
            what = "is a folder, a device or a pipe, which may never end"
            raise RubricError([InputError(str(path), what, "name a rubric file")])
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise RubricError([InputError(str(path), f"cannot be read ({error.strerror})", "check the path")]) from error
    if len(data) > _MOST_BYTES:
        raise RubricError(
            [InputError(str(path), f"is longer than {_MOST_BYTES:,} bytes", "a rubric file holds one question")]
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8 (byte 0x{data[error.start]:02x})"
        mend = "save it as UTF-8, e.g. iconv -f GB18030 -t UTF-8"
        raise RubricError([InputError(f"{path}:{line}", what, mend)]) from error


def parse_rubric(name: str, text: str) -> tuple[Rubric | None, list[InputError]]:
    """Return the rubric, or None and all faults of the file called `name`."""
    try:
        root = yaml.compose(text, Loader=_Loader)
        faults = [_fault(name, node, path, *said) for node, path, *said in _structure(root, (), set())]
        if faults or (faults := list(_too_many(name, root))):
            return None, faults
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a safe loader
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(name, error)]
    except yaml.YAMLError as error:
        return None, [InputError(name, " ".join(str(error).split()), "remove the characters YAML does not allow")]
    except (RecursionError, ValueError) as error:
        return None, [InputError(name, f"cannot be read as YAML ({error})", "see `kaoguan rubrics schema`")]
    try:
        rubric = Rubric.model_validate(content)
    except ValidationError as error:
        return None, [_fault(name, _find(root, e["loc"]), e["loc"], *explain(e)) for e in _own(error.errors())]
    return (None, faults) if (faults := list(_repeated_ids(name, root, rubric))) else (rubric, [])


class Head(Model):
    """What a list of questions shows of a rubric."""

    id: Identifier
    language: Language
    topic: str
    difficulty: int
    question: str
    state: Literal["ready", "draft"] = "ready"


# Where a rubric begins with the fields of its head, they end here.
_END_OF_HEAD = re.compile(r"^(?:reference_answer|key_points):", re.MULTILINE)


def parse_head(text: str) -> Head | None:
    """Return the head of a rubric file from its first lines; None where it does not stand there as a whole.

    Fifty times as fast as reading the file, and as little of it is checked.
    """
    end = _END_OF_HEAD.search(text)
    try:
        content = yaml.load(text[: end.start()] if end else "", Loader=_Loader)  # noqa: S506 - _Loader is a safe loader
        return Head.model_validate(content)
    except (yaml.YAMLError, ValidationError, RecursionError, ValueError):
        return None


def _structure(node: Any, path: tuple[Any, ...], seen: set[int]) -> Iterator[tuple[Any, tuple[Any, ...], str, str]]:
    """Yield what YAML allows and we do not: no mapping at the top, a key twice, an alias (it can explode in size)."""
    if not path and not isinstance(node, yaml.MappingNode):
        yield node, path, "holds no rubric", "start with `id: …`, see `kaoguan rubrics schema`"
        return
    if id(node) in seen:
        yield node, path, "is a YAML alias", "write the text out"
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield key, path, "has a key that is not a word", "quote text that starts with { or ["
                continue
            if key.value in keys:
                yield key, (*path, key.value), "is given twice", "keep one of them"
            keys.add(key.value)
            yield from _structure(value, (*path, key.value), seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _structure(item, (*path, index), seen)


def _too_many(name: str, root: Any) -> Iterator[InputError]:
    """Yield what is no rubric of one question any more: judges look at every point in every answer."""
    for key, node in root.value:
        if isinstance(node, yaml.SequenceNode) and len(node.value) > _MOST_ITEMS:
            what = f"has {len(node.value):,} entries"
            yield _fault(name, node, (key.value,), what, f"give at most {_MOST_ITEMS}, or make several questions of it")


def _own(errors: Sequence[Any]) -> Iterator[Any]:
    """Yield the errors but those that repeat one further down: a list with one bad item is also called too short."""
    places = [error["loc"] for error in errors]
    for error in errors:
        depth = len(error["loc"])
        if not any(place[:depth] == error["loc"] and len(place) > depth for place in places):
            yield error


def _repeated_ids(name: str, root: Any, rubric: Rubric) -> Iterator[InputError]:
    for field in ("key_points", "misconceptions"):
        items = getattr(rubric, field)
        count = Counter(item.id for item in items)
        for index, item in enumerate(items):
            if count[item.id] > 1 and any(earlier.id == item.id for earlier in items[:index]):
                loc = (field, index, "id")
                yield _fault(name, _find(root, loc), loc, f"{item.id!r} is already taken", "give it an id of its own")


def _find(node: Any, path: tuple[Any, ...]) -> Any:
    """Return the deepest node on the way along `path`, for its line number."""
    for step in path:
        if isinstance(node, yaml.MappingNode):
            below = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            below = node.value[step]
        else:
            below = None
        if below is None:
            return node
        node = below
    return node


def _fault(name: str, node: Any, path: tuple[Any, ...], what: str, mend: str) -> InputError:
    where = f"{name}:{node.start_mark.line + 1}" if node is not None else name
    return InputError(": ".join(filter(None, (where, place(path)))), what, mend)


def _syntax(name: str, error: yaml.MarkedYAMLError) -> InputError:
    mark = error.problem_mark or error.context_mark
    where = f"{name}:{mark.line + 1}" if mark else name
    mend = "check indentation, and quote text that holds `: `, `#` or starts with a sign"
    return InputError(where, f"is not YAML ({error.problem or error.context})", mend)


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
