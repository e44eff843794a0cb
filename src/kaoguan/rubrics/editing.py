"""Rubric files written by the program and edited by people: changes go in, comments and untouched lines stay."""

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kaoguan.files.replacing import replacing
from kaoguan.models import Model, Rubric

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_ITEMS = ("key_points", "misconceptions")
# Lists in some files stand under their key, in others two columns in: each file stays as it is.
_FLUSH_LIST = re.compile(r"^- ", re.MULTILINE)
_UNSET: tuple[object, ...] = (None, (), [])


def new_file(rubric: Rubric, comment: str = "") -> str:
    """Return a rubric as the text of a new file, under a comment of one line."""
    text = _dumped(_yaml(), _plain(rubric))
    return f"# {comment}\n{text}" if comment else text


def edited(text: str, before: Rubric, after: Rubric) -> str:
    """Return the text of a rubric file that held `before`, changed where `after` differs."""
    if before == after:
        return text
    writer = _yaml(indented=not _FLUSH_LIST.search(text))
    document = writer.load(text)
    for field in Rubric.model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old == new:
            continue
        if field in _ITEMS and field in document and new:
            _edit_items(document[field], new)
        else:
            _put(document, field, new)
    return _dumped(writer, document)


def write(path: Path, text: str) -> None:
    """Write a rubric file whole or not at all. Raises SettingError, and OSError where no folder can be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(text)


def _edit_items(items: Any, new: tuple[Any, ...]) -> None:
    """Change a YAML list of mappings with ids to hold the items of `new`."""
    wanted = {item.id: item for item in new}
    for index in reversed(range(len(items))):
        if str(items[index]["id"]) not in wanted:
            del items[index]
    present = {str(item["id"]): item for item in items}
    for item in new:
        if item.id not in present:
            items.append(_plain(item))
            continue
        node = present[item.id]
        for field in type(item).model_fields:
            value = getattr(item, field)
            if _value(node.get(field)) != _value(value):
                _put(node, field, value)


def _put(node: Any, field: str, value: Any) -> None:
    if value in _UNSET:
        node.pop(field, None)
    else:
        node[field] = _node(value)


def _value(given: Any) -> Any:
    """Return a value as the plain data that YAML and the model have in common."""
    if isinstance(given, Model):
        return {key: _value(inner) for key, inner in given if inner not in _UNSET}
    if isinstance(given, dict):
        return {str(key): _value(inner) for key, inner in given.items()}
    if isinstance(given, list | tuple):
        return [_value(inner) for inner in given]
    return str(given).strip() if isinstance(given, str) else given


def _plain(model: Model) -> Any:
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap((key, _node(value)) for key, value in model if value not in _UNSET)


def _node(value: Any) -> Any:
    """Return a value as ruamel writes it nicely: places in one line, paragraphs as a block."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

    if isinstance(value, Model):
        node = CommentedMap((key, _node(inner)) for key, inner in value if inner not in _UNSET)
        if {"document", "text"} & set(node) == {"document"}:
            node.fa.set_flow_style()
        return node
    if isinstance(value, list | tuple):
        items = CommentedSeq(_node(inner) for inner in value)
        if all(isinstance(inner, int) for inner in value):
            items.fa.set_flow_style()
        return items
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    return DoubleQuotedScalarString(value) if isinstance(value, str) and _read_as_else(value) else value


def _read_as_else(text: str) -> bool:
    """Return whether PyYAML, which reads YAML 1.1, would take 「yes」 for true where ruamel's 1.2 sees a word."""
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return str(tag) != "tag:yaml.org,2002:str"


def _yaml(*, indented: bool = True) -> "YAML":
    # 0.03 s: only what writes rubrics pays for it; reading them is PyYAML's work, ten times as fast.
    from ruamel.yaml import YAML

    writer = YAML()
    writer.preserve_quotes = True
    if indented:
        writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 10_000  # our lines and the editor's stay as they are: no wrapping
    return writer


def _dumped(writer: "YAML", document: Any) -> str:
    stream = io.StringIO()
    writer.dump(document, stream)
    return stream.getvalue()
