"""What a person's look at a grade is worth: by how many points it may be off."""

from collections.abc import Mapping

from kaoguan.models import Grade, Label, Model, ReviewReason, Rubric

# A wrong verdict is off by half a key point or a whole one; by three quarters on average over the dev answers' errors.
_OFF = 0.75
# Reasons that say more than the confidences: what they add, in points.
_REASONS: Mapping[ReviewReason, float] = {
    ReviewReason.INJECTION_SUSPECTED: 30.0,
    ReviewReason.CANARY_COVERED: 30.0,
    ReviewReason.JUDGES_FAR_APART: 20.0,
    ReviewReason.JUDGES_DISAGREE: 10.0,
    ReviewReason.EVIDENCE_NOT_FOUND: 10.0,
    ReviewReason.CONTRADICTION_UNCERTAIN: 10.0,
}


class ToReview(Model):
    """An answer at which a person should look; `value` is by how many points of 100 the score may be off."""

    id: str
    rubric_id: str
    score: float | None
    value: float
    reasons: tuple[ReviewReason, ...]


def to_review(rubric: Rubric, grade: Grade) -> ToReview | None:
    """Return the grade with what a look is worth; None where nobody needs to look."""
    if not grade.needs_review and grade.score is not None:
        return None
    available = sum(point.weight for point in rubric.key_points)
    doubt = {verdict.key_point: 1 - verdict.confidence for verdict in grade.verdicts}
    doubt |= {verdict.key_point: 1.0 for verdict in grade.verdicts if verdict.verdict is Label.UNSCORED}
    expected = sum(point.weight * doubt.get(point.id, 1.0) for point in rubric.key_points) * _OFF * 100 / available
    value = min(100.0, expected + max((_REASONS.get(reason, 0.0) for reason in grade.review_reasons), default=0.0))
    return ToReview(
        id=grade.id, rubric_id=rubric.id, score=grade.score, value=round(value, 1), reasons=grade.review_reasons
    )
