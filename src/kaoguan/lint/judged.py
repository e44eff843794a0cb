"""What shows when a rubric's own words are graded by it."""

from collections.abc import Callable, Iterator

from kaoguan.lint.finding import Code, Finding
from kaoguan.models import Grade, Label, Rubric

LEAST = 90.0
"""A reference answer must earn this much by its own rubric, or no candidate can be asked to."""

Grading = Callable[[Rubric, str], Grade]


def judged(rubric: Rubric, grade: Grading) -> Iterator[Finding]:
    """Yield where the reference answer, or the points stated one after another, do not earn their marks."""
    own = grade(rubric, rubric.reference_answer)
    if own.score is not None and own.score < LEAST:
        open_points = ", ".join(v.key_point for v in own.verdicts if v.verdict is not Label.COVERED)
        what = f"earns {own.score:.0f} of 100 by its own key points (open: {open_points or 'a misconception'})"
        mend = "say these points in it, or reword them"
        yield Finding(code=Code.REFERENCE, place="reference_answer", what=what, mend=mend)
    stop = "。" if rubric.language == "zh" else "."
    stated = "\n".join(point.text.rstrip("。.") + stop for point in rubric.key_points)
    every = grade(rubric, stated)
    lost = [v.key_point for v in every.verdicts if v.verdict in {Label.MISSING, Label.CONTRADICTED}]
    if lost or every.misconceptions:
        named = ", ".join([*lost, *(wrong.id for wrong in every.misconceptions)])
        what = f"the full weight cannot be reached: stating every point word for word fails {named}"
        mend = "reword what these points or misconceptions have in common"
        yield Finding(code=Code.UNREACHABLE, place="key_points", what=what, mend=mend)
