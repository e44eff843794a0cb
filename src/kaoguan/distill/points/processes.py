"""Steps of one process as one statement."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.joined import ANNOUNCES
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.outline import width
from kaoguan.distill.text.facets import Facet
from kaoguan.distill.text.markup import punctuated

# Steps this wide are one process, not five claims; a Chinese character is two wide.
_WIDEST_STEP, _WIDEST = 120, 420


def processes(found: Sequence[Statement], *, asked: bool) -> Iterator[Statement]:
    """Yield the statements, the short steps of one process as one statement (its lines joined by line breaks).

    `asked`: the question itself asks for steps, so that a numbered list below it is one process too. A process with a
    step that is told at length, or of which a step is not there, is no one statement: all its steps stay apart.
    """
    groups = [list(group) for _, group in groupby([_as_step(one) if asked else one for one in found], _process)]
    for place, steps in enumerate(groups, start=1):
        rest = [one for group in groups[place:] for one in group]
        if _process(steps[0])[0] and len(steps) > 1 and _is_short(steps) and _is_whole(steps, rest):
            yield _joined(steps)
        else:
            yield from steps


def _is_short(steps: Sequence[Statement]) -> bool:
    widths = [width(step.text) for step in steps]
    return max(widths) <= _WIDEST_STEP and sum(widths) <= _WIDEST


def _is_whole(steps: Sequence[Statement], after: Sequence[Statement]) -> bool:
    """Return whether numbered steps count from one, and no later item goes on with their list."""
    numbers = [step.number for step in steps]
    if numbers[0] is None:
        return True
    within = after != [] and after[0].depth > steps[0].depth
    following = next((one.number for one in after if one.number and one.depth == steps[0].depth), 1)
    return numbers == list(range(1, len(steps) + 1)) and not within and following == 1


def process(statement: Statement, topic: str, chinese: bool) -> Draft:
    """Return the steps of one process as one claim."""
    steps = statement.text.split("\n")
    text = punctuated("；".join(steps)) if chinese else "; ".join(steps)
    return Draft(text, topic, Facet.STEP, 2, statement.first, statement.last, aside=statement.aside)


def _as_step(statement: Statement) -> Statement:
    """Return an item of a numbered list as a step, where no label and no lead says that it is something else."""
    labelled = statement.facet or statement.subject or statement.title
    led = statement.lead.endswith((":", "：")) and ANNOUNCES.search(statement.lead) is None
    plain = statement.number is not None and not labelled and not led
    return statement._replace(facet=Facet.STEP) if plain else statement


def _process(statement: Statement) -> tuple[bool, str, str, int]:
    """Return whether a statement is a step of a list, and what tells one list from the next."""
    step = statement.facet is Facet.STEP and statement.listed and not statement.title
    return step, statement.subject, statement.lead, statement.depth


def _joined(steps: Sequence[Statement]) -> Statement:
    text = "\n".join(step.text.rstrip("；;。.，, ") for step in steps)
    return steps[0]._replace(text=text, last=steps[-1].last)
