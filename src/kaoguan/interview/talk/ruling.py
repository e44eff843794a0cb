"""A verdict as a candidate types it behind /override: the key point, the verdict, and why."""

from collections.abc import Mapping

from kaoguan.models import Label, Rubric


def ruled(words: str, rubric: Rubric, verdicts: Mapping[str, Label]) -> tuple[str, Label, str] | None:
    """Return key point, verdict and reason of `p2 covered because …` or `2 = 答到`; None where that is not said.

    A number is the point's place in the feedback; `verdicts` are the words that are known.
    """
    point, verdict, why = (*words.replace("=", " ", 1).replace("＝", " ", 1).split(maxsplit=2), "", "", "")[:3]
    known = {one.id.casefold(): one.id for one in rubric.key_points}
    places = {str(number): one.id for number, one in enumerate(rubric.key_points, start=1)}
    found = known.get(point.casefold()) or places.get(point)
    label = verdicts.get(verdict.casefold())
    return (found, label, why) if found and label else None
