"""Rubrics for tests: say what matters in a test, the rest is filled in."""

from typing import Any

from kaoguan.models import KeyPoint, Rubric


def make_rubric(*points: KeyPoint | tuple[str, int] | str, id: str = "q", **fields: Any) -> Rubric:
    """Return a rubric with these key points: `KeyPoint`s, or texts with or without a weight, which become p1, p2 …

    `fields` are any others of a rubric. make_rubric("甲", ("乙", 3)).key_points[1].weight == 3
    """
    made = tuple(_point(point, number) for number, point in enumerate(points, start=1))
    given: dict[str, Any] = {
        "language": "zh",
        "topic": id,
        "difficulty": 1,
        "question": f"什么是{id}？",
        "reference_answer": "；".join(point.text for point in made),
    }
    return Rubric(**{**given, **fields, "id": id, "key_points": made})


def _point(point: KeyPoint | tuple[str, int] | str, number: int) -> KeyPoint:
    if isinstance(point, KeyPoint):
        return point
    text, weight = (point, 1) if isinstance(point, str) else point
    return KeyPoint.model_validate({"id": f"p{number}", "text": text, "weight": weight})
