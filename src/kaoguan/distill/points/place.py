"""What of an answer is told of another thing than the question asks about: it stays a note."""

import re
from collections.abc import Sequence
from itertools import groupby

from kaoguan.distill.points.labels import is_thing
from kaoguan.distill.points.phrases import own_label
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.text.facets import read_label
from kaoguan.text.overlap import containment

# A question for kinds, parts or ways wants all that is listed.
_WANTS_ALL = re.compile(
    r"哪|几[种个类]|类型|分类|种类|列举|方法|办法|步骤|流程|组成|关系|联系|架构|生态|常[见用]|有什么"
    r"|[?？]\s*\S"  # a second question
    r"|\b(?:which|types?|kinds?|ways?|steps?|methods?|techniques?|parts?|components?|examples?|relate\w*|fit|families)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[（(][^（）()]*[)）]")


def placed_aside(question: str, asked: Sequence[str], found: Sequence[Statement]) -> list[Statement]:
    """Return the statements, those told of another thing than the question asks about marked so.

    `asked`: the one thing, or the sides, that the question is about. Only where each of them has a label of its own in
    the same list is it clear that the other labels of the list name other things, and no parts of what is asked.
    """
    marked: list[Statement] = []
    for (listed, _), group in groupby(found, lambda one: (one.listed and not one.column, one.depth)):
        told = list(group)
        others = _others(question, asked, told) if listed and asked and not _WANTS_ALL.search(question) else set()
        marked += (
            one._replace(aside=one.aside or i in others or _answers_another(one.text)) for i, one in enumerate(told)
        )
    return marked


def _others(question: str, asked: Sequence[str], told: Sequence[Statement]) -> set[int]:
    """Return the places of the statements of one list that are labelled with other things."""
    labels = [_label(statement) for statement in told]
    if not all(any(_same(label, thing) for label in labels) for thing in asked):
        return set()
    return {
        i
        for i, (statement, label) in enumerate(zip(told, labels, strict=True))
        if is_thing(label)
        and read_label(label).facet is None
        and not any(thing.casefold() in f"{label} {statement.text}".casefold() for thing in asked)
        and containment(question, label) == 0
    }


def _label(statement: Statement) -> str:
    return _BRACKETED.sub("", statement.title or own_label(statement.text)).strip()


def _same(label: str, thing: str) -> bool:
    return label != "" and label.casefold() == _BRACKETED.sub("", thing).strip().casefold()


def _answers_another(text: str) -> bool:
    """Return whether a statement asks a question of its own and answers that: 「追问：为什么要两层？答：……」."""
    return _ASKED_INSIDE.search(text) is not None


_ASKED_INSIDE = re.compile(r"[?？]\s*(?:答|回答|A|Answer)\s*[:：]", re.IGNORECASE)
