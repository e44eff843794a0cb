"""Reading a graded file of which every row must be usable: what is left of a damaged one would mislead."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from kaoguan.errors import AnswersError
from kaoguan.files.answers import Answers
from kaoguan.files.checked_rows import check
from kaoguan.files.rows import Rejected
from kaoguan.models import Rubric, Submission

# Faults shown one by one before it is clear that the whole file is of another kind.
_FAULTS_TOLD = 20

_Parsed = TypeVar("_Parsed")


def read_all(
    file: Answers,
    rubrics: Mapping[str, Rubric],
    parse: Callable[[str, Submission], _Parsed],
    tell: Callable[[str], None],
) -> list[_Parsed]:
    """Return `parse(where, submission)` of every row. Tells the faults, then raises AnswersError, if there are any."""
    parsed: list[_Parsed] = []
    faults: list[AnswersError] = []
    for row in check(file.rows(), rubrics, file.columns):
        where = f"{file.name}:{row.line}"
        if isinstance(row, Rejected):
            faults.append(AnswersError(where, row.reason, "mend the row"))
            continue
        try:
            parsed.append(parse(where, row.submission))
        except AnswersError as error:
            faults.append(error)
    for fault in faults[:_FAULTS_TOLD]:
        tell(str(fault))
    if faults:
        raise AnswersError(file.name, f"{len(faults)} of {len(faults) + len(parsed)} rows cannot be used", "mend them")
    return parsed
