"""Whether calibrating helps: every answer scored by a scale that was fitted without it, beside our own score."""

from collections.abc import Mapping, Sequence

import numpy as np

from kaoguan.calibration.file import Figures, File, FittedJudge, QuestionFit
from kaoguan.calibration.fit import PHRASES_FROM, FitPoint, fit, folds
from kaoguan.calibration.ngrams import phrases
from kaoguan.calibration.sample import Sample
from kaoguan.calibration.scale import Scale
from kaoguan.evaluation import metrics
from kaoguan.models import Model

# From fewer, not even two numbers can be told; and whether they help can be told even less.
FEWEST = 5
_FOLDS = 10

# The least share by which the error must fall before scores are changed at all: less is within the noise of any sample
# a teacher would grade.
_LEAST_GAIN = 0.02


class TrialOutcome(Model):
    """What a sample taught; `file` is None when calibrating helped no question.

    `before` and `after` are over all questions of the file, `after` with each question as the file has it. As the same
    figures decide where calibrating helps, `after` flatters a little.
    """

    answers: int
    before: Figures | None
    after: Figures | None
    questions: Mapping[str, QuestionFit]
    left_out: Mapping[str, str]
    file: File | None


def calibrate(samples: Sequence[Sample]) -> TrialOutcome:
    """Return what the sample teaches; the order of its answers does not matter. All grades are of one judge."""
    groups: dict[str, list[Sample]] = {}
    for sample in sorted(samples, key=lambda it: (it.rubric.id, it.graded.submission.id)):
        groups.setdefault(sample.rubric.id, []).append(sample)
    questions: dict[str, QuestionFit] = {}
    left_out: dict[str, str] = {}
    pooled: list[tuple[float, float, float]] = []
    for rubric_id, group in groups.items():
        points = _points(group)
        if reason := _unusable(points):
            left_out[rubric_id] = reason
            continue
        tried = cross_validated(points)
        questions[rubric_id] = question = _question(group[0].rubric.fingerprint, points, tried)
        kept = tried if question.fit != "identity" else [point.ours for point in points]
        pooled += [(point.teacher, point.ours, score) for point, score in zip(points, kept, strict=True)]
    helped = any(question.fit != "identity" for question in questions.values())
    teacher, ours, after = zip(*pooled, strict=True) if pooled else ((), (), ())
    return TrialOutcome(
        answers=len(pooled),
        before=_figures(teacher, ours) if pooled else None,
        after=_figures(teacher, after) if pooled else None,
        questions=questions,
        left_out=left_out,
        file=File(judge=_judge(samples[0]), questions=questions) if helped else None,
    )


def cross_validated(points: Sequence[FitPoint]) -> list[float]:
    """Return each answer's score by a scale fitted on the other folds."""
    scores = [0.0] * len(points)
    for out in folds(len(points), min(_FOLDS, len(points))):
        seen = [point for point, is_out in zip(points, out, strict=True) if not is_out]
        scale = fit(seen, by_phrases=_enough(points))
        for i in map(int, np.flatnonzero(out)):
            scores[i] = scale.score(points[i].ours, points[i].phrases)
    return scores


def _enough(points: Sequence[FitPoint]) -> bool:
    """Return whether there are enough answers to learn from phrases: of the whole sample, in every fold alike."""
    return len(points) >= PHRASES_FROM


def _points(group: Sequence[Sample]) -> list[FitPoint]:
    # An unscored answer says something about the judge's endpoint, nothing about the teacher.
    return [
        FitPoint(sample.grade.score, sample.graded.score, phrases(sample.graded.submission.answer))
        for sample in group
        if sample.grade.score is not None
    ]


def _unusable(points: Sequence[FitPoint]) -> str:
    """Return why nothing can be learned from these answers, or nothing."""
    if len(points) < FEWEST:
        return f"{len(points)} scored answers, at least {FEWEST} are needed"
    if len({point.teacher for point in points}) == 1:
        return f"the teacher gave all {len(points)} answers the same score"
    return ""


def _question(fingerprint: str, points: Sequence[FitPoint], tried: Sequence[float]) -> QuestionFit:
    teacher = [point.teacher for point in points]
    before, after = _figures(teacher, [point.ours for point in points]), _figures(teacher, tried)
    scale = fit(points, by_phrases=_enough(points))
    helps = after.rmse is not None and before.rmse is not None and after.rmse < (1 - _LEAST_GAIN) * before.rmse
    if not helps:
        scale = Scale()
    return QuestionFit(
        rubric=fingerprint,
        answers=len(points),
        fit=("phrases" if scale.phrases else "line") if helps else "identity",
        before=before,
        after=after,
        scale=scale,
    )


def _figures(teacher: Sequence[float], ours: Sequence[float]) -> Figures:
    gold, scores = np.asarray(teacher) / 10, np.asarray(ours) / 10
    found = (metrics.rmse(gold, scores), metrics.pearson(gold, scores), metrics.quadratic_kappa(gold, scores))
    rmse, pearson, qwk = (None if value is None else round(value, 4) for value in found)
    return Figures(rmse=rmse, pearson=pearson, qwk=qwk)


def _judge(sample: Sample) -> FittedJudge:
    prints = sample.grade.fingerprints
    return FittedJudge(
        name=sample.grade.judge, prompt=prints.prompt, embedder=prints.embedder, calibration=prints.calibration
    )
