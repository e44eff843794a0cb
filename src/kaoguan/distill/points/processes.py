"""Steps of one process as one statement."""

from collections.abc import Iterator, Sequence

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.text.facets import Facet
from kaoguan.distill.text.markup import punctuated

# Steps this short are one process, not five claims.
_LONGEST_STEP = 60


def processes(found: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements, the short steps of one process as one statement (its lines joined by line breaks)."""
    steps: list[Statement] = []
    for statement in found:
        if steps and not _is_step(statement, steps[0]):
            yield _joined(steps)
            steps = []
        if _is_step(statement, statement):
            steps.append(statement)
        else:
            yield statement
    if steps:
        yield _joined(steps)


def process(statement: Statement, topic: str, chinese: bool) -> Draft:
    """Return the steps of one process as one claim."""
    steps = statement.text.split("\n")
    text = punctuated("；".join(steps)) if chinese else "; ".join(steps)
    return Draft(text, topic, Facet.STEP, 2, statement.first, statement.last, aside=statement.aside)


def _is_step(statement: Statement, other: Statement) -> bool:
    return (
        statement.facet is Facet.STEP is other.facet
        and statement.listed
        and len(statement.text) <= _LONGEST_STEP
        and statement.subject == other.subject
    )


def _joined(steps: Sequence[Statement]) -> Statement:
    text = "\n".join(step.text.rstrip("；;。.，, ") for step in steps)
    return steps[0]._replace(text=text, last=steps[-1].last)
