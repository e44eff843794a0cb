"""JSON Lines as records: the names stand in every line."""

import json
from typing import Any, NoReturn

from kaoguan.files.delimited import PhysicalLine, is_cut
from kaoguan.files.encoding import LONGEST_LINE
from kaoguan.files.layout import Layout, find_layout, missing
from kaoguan.files.questions import Questions
from kaoguan.files.rows import Columns, Record, Rejected


def parse(line: PhysicalLine) -> dict[str, Any] | Rejected:
    """Return the object in a line."""
    if is_cut(line.text):
        return Rejected(line=line.number, reason=f"the line is longer than {LONGEST_LINE:,} characters")
    try:
        content = json.loads(line.text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return Rejected(line=line.number, reason=f"not JSON ({error.msg}, column {error.colno})")
    except (ValueError, RecursionError) as error:
        return Rejected(line=line.number, reason=f"not JSON we can read ({error})")
    if not isinstance(content, dict):
        return Rejected(line=line.number, reason='not a JSON object {"id": …, "rubric_id": …, "answer": …}')
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def layout(line: int, names: tuple[str, ...], wanted: Columns, questions: Questions) -> Layout | str:
    """Return which name is what, or what is missing among them."""
    try:
        found = find_layout([Record(line, list(names))], wanted, questions)
    except ValueError as error:
        return f"two columns are called {error}"
    if found and (found[1].id is not None or found[1].name is not None):
        return found[1]._replace(names=names)
    return f"no {', '.join(missing(names, wanted, 'id'))}"
