"""The English sentences of the code: what errors and findings say, as templates with {1} for what is filled in."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "kaoguan"
# Besides errors: what is made of sentences, and the files whose functions return why something cannot be used.
MAKERS = {"Finding", "_fault"}
REASONS = (
    "files/checked_rows.py",
    "files/encoding.py",
    "calibration/trial.py",
    "rubrics/yaml_file.py",
    "rubrics/faults.py",
)


# What stays as it is: {1}, `code`, --option.
_NAME = re.compile(r"\{\d\}|`[^`]*`|--[a-z-]+|/")


# What is typed or opened, the same in every language.
_COMMAND = re.compile(r"(?:--[\w-]+|kaoguan|config unset) [\w{}-]+|pip install .*|https?:\S+")


class Sentence(NamedTuple):
    """One sentence of the code, and where it stands."""

    text: str
    place: str
    is_place: bool = False
    """Whether it says where something is wrong, not what or what to do."""


def sentences() -> list[Sentence]:
    """Return every sentence that an error of ours can say."""
    found = [sentence for file in sorted(SOURCE.rglob("*.py")) for sentence in _of_file(file)]
    return [sentence for sentence in found if _is_sentence(sentence.text)]


def _is_sentence(text: str) -> bool:
    """Return whether a text has a word to translate: not only names of options, files and fields."""
    return (
        not _COMMAND.fullmatch(text) and re.search(r"[a-z]{2,}[ ,;:]|[ ;:][a-z]{2,}", _NAME.sub("", text)) is not None
    )


def _of_file(file: Path) -> Iterator[Sentence]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    where = file.relative_to(SOURCE).as_posix()
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.Module):
            continue
        assigned = _assigned(scope)
        for call in _calls(scope):
            words = [word.value for word in call.keywords if word.arg not in {"place", "code"}]
            for index, argument in enumerate([*call.args, *words]):
                is_place = index == 0 and bool(call.args)
                for text in _templates(argument, assigned):
                    yield Sentence(text, f"{where}:{call.lineno}", is_place)
        if where in REASONS:
            for text in _reasons(scope, assigned):
                yield Sentence(text, f"{where}:{scope.lineno if isinstance(scope, ast.FunctionDef) else 1}")


def _reasons(scope: ast.AST, assigned: dict[str, list[ast.expr]]) -> Iterator[str]:
    for node in ast.walk(scope):
        match node:
            case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
                parts = value.elts if isinstance(value, ast.Tuple) else [value]
            case ast.Dict(values=parts) if isinstance(scope, ast.Module):
                pass
            case _:
                continue
        for part in parts:
            yield from _templates(part, assigned)


def _calls(scope: ast.AST) -> Iterator[ast.Call]:
    """Yield the errors made in a function, not those of functions within it."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if isinstance(node, ast.ClassDef):
                yield from _calls(node)
            continue
        if isinstance(node, ast.Call) and _is_error(node):
            yield node
        yield from _calls(node)


def _is_error(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return (name.endswith("Error") or name in MAKERS) and len(call.args) + len(call.keywords) >= 3


def _assigned(scope: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _templates(node: ast.expr, assigned: dict[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr():
            yield _template(node)
        case ast.IfExp():
            yield from _templates(node.body, assigned, depth)
            yield from _templates(node.orelse, assigned, depth)
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from _templates(part, assigned, depth)
        case ast.Name(id=name) if depth < 3:
            for value in assigned.get(name, ()):
                yield from _templates(value, assigned, depth + 1)


def _template(node: ast.JoinedStr) -> str:
    said, count = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            said += str(part.value)
        else:
            count += 1
            said += f"{{{count}}}"
    return said
