"""What a candidate reads first: what was right, what was wrong, what was missed. No praise without a covered point."""

from kaoguan.models import Judgement, Label, Rubric

_WORDS = {
    "zh": {
        Label.COVERED: "答到了：",
        Label.PARTIAL: "只答了一部分：",
        Label.CONTRADICTED: "说反了：",
        Label.MISSING: "没有答到：",
        "misconception": "常见误解：",
        "join": "；",
        "end": "。",
    },
    "en": {
        Label.COVERED: "Covered: ",
        Label.PARTIAL: "Partly covered: ",
        Label.CONTRADICTED: "The opposite was said of: ",
        Label.MISSING: "Missing: ",
        "misconception": "Misconception: ",
        "join": "; ",
        "end": ". ",
    },
}


def feedback(rubric: Rubric, judgement: Judgement) -> str:
    """Return one or a few plain sentences in the rubric's language, most important things first."""
    words = _WORDS[rubric.language]
    weight = {point.id: point.weight for point in rubric.key_points}
    parts = []
    for label in (Label.COVERED, Label.PARTIAL, Label.CONTRADICTED, Label.MISSING):
        points = [verdict.key_point for verdict in judgement.verdicts if verdict.verdict is label]
        points.sort(key=lambda point_id: -weight[point_id])
        if points:
            parts.append(words[label] + words["join"].join(rubric.key_point(point).text for point in points))
    stated = {misconception.id for misconception in judgement.misconceptions}
    if stated:
        texts = [misconception.text for misconception in rubric.misconceptions if misconception.id in stated]
        parts.append(words["misconception"] + words["join"].join(texts))
    return "".join(part + words["end"] for part in parts).strip()
