"""JSON as records, one object an answer: a line each (JSON Lines), or all in one list. Names stand in every object."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from kaoguan.errors import AnswersError
from kaoguan.files.delimited import PhysicalLine, is_cut
from kaoguan.files.encoding import LONGEST_LINE
from kaoguan.files.layout import Layout, find_layout, missing
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Record, Rejected

_GAP = re.compile(r"[ \t\r\n]*")
# A list is in memory as a whole.
LONGEST_LIST = 64 << 20


class Object(NamedTuple):
    """An object, and the line on which it begins, counted from 1."""

    line: int
    content: dict[str, Any]


class _Twice(dict[str, Any]):
    """An object in which a name stands twice, so that one of two values would be lost."""


def from_lines(lines: Iterable[PhysicalLine]) -> Iterator[Object | Rejected]:
    """Yield the objects of JSON Lines; empty lines are nothing."""
    for line in lines:
        if not line.text.strip():
            continue
        if is_cut(line.text):
            yield Rejected(line=line.number, reason=f"the line is longer than {LONGEST_LINE:,} characters")
            continue
        try:
            content = _DECODER.decode(line.text)
        except json.JSONDecodeError as error:
            yield Rejected(line=line.number, reason=f"not JSON ({error.msg}, column {error.colno})")
        except (ValueError, RecursionError) as error:
            yield Rejected(line=line.number, reason=f"not JSON we can read ({error})")
        else:
            yield _object(line.number, content)


def from_list(name: str, text: str) -> list[Object | Rejected]:
    """Return the objects of a JSON list. Raises AnswersError, with the line, where it is no JSON."""
    found: list[Object | Rejected] = []
    at, line, counted = _after_gap(text, text.index("[") + 1), 1, 0
    try:
        while not text.startswith("]", at):
            line, counted = line + text.count("\n", counted, at), at
            content, at = _DECODER.raw_decode(text, at)
            found.append(_object(line, content))
            at = _after_gap(text, at)
            if text.startswith(",", at):
                at = _after_gap(text, at + 1)
            elif not text.startswith("]", at):
                raise json.JSONDecodeError("no comma and no end of the list", text, at)
    except json.JSONDecodeError as error:
        what = f"is no JSON list ({error.msg}, column {error.colno})"
        raise AnswersError(f"{name}:{error.lineno}", what, "write it anew, or one object a line") from error
    except (ValueError, RecursionError) as error:
        raise AnswersError(f"{name}:{line}", f"is not JSON we can read ({error})", "write it anew") from error
    return found


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _object(line: int, content: Any) -> Object | Rejected:
    if isinstance(content, _Twice):
        id_ = content.get("id")
        reason = "a name stands twice in it, and only one value would be kept; name each once"
        return Rejected(line=line, id=id_ if isinstance(id_, str) else None, reason=reason)
    if not isinstance(content, dict):
        return Rejected(line=line, reason='not a JSON object {"id": …, "rubric_id": …, "answer": …}')
    return Object(line, content)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Twice(found)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_once)


def layout(line: int, names: tuple[str, ...], wanted: Columns, questions: Questions) -> Layout | str:
    """Return which name is what, or what is missing among them."""
    try:
        found = find_layout([Record(line, list(names))], wanted, questions)
    except ValueError as error:
        return f"two columns are called {error}"
    if found and found[1].says_who:
        return found[1]._replace(names=names)
    return f"no {', '.join(missing(names, wanted, 'id'))}"
