"""The mechanical faults of a rubric, mended."""

from kaoguan.lint.words import same
from kaoguan.models import KeyPoint, Rubric
from kaoguan.text.overlap import leaks


def mended(rubric: Rubric) -> Rubric:
    """Return the rubric without repeated points and wordings, leaking follow-ups, and misconceptions that are points.

    Of two equal points the first stays, with the heavier weight and the paraphrases of both; a follow-up that is
    gone is worded by the interviewer.
    """
    points: list[KeyPoint] = []
    for point in rubric.key_points:
        twin = next((i for i, kept in enumerate(points) if same(kept.text, point.text)), None)
        if twin is None:
            points.append(point)
            continue
        first = points[twin]
        both = (*first.paraphrases, *point.paraphrases)
        points[twin] = first.model_copy(update={"weight": max(first.weight, point.weight), "paraphrases": both})
    tidy = tuple(_point(point, rubric.question) for point in points)
    claims = [wording for point in tidy for wording in (point.text, *point.paraphrases)]
    wrong = tuple(m for m in rubric.misconceptions if not any(same(m.text, claim) for claim in claims))
    return rubric.model_copy(update={"key_points": tidy, "misconceptions": wrong})


def _point(point: KeyPoint, question: str) -> KeyPoint:
    wordings: list[str] = []
    for wording in point.paraphrases:
        if not any(same(wording, known) for known in (point.text, *wordings)):
            wordings.append(wording)
    leaking = point.follow_up is not None and leaks(point.follow_up, [point], public=question)
    follow_up = None if leaking else point.follow_up
    return point.model_copy(update={"paraphrases": tuple(wordings), "follow_up": follow_up})
