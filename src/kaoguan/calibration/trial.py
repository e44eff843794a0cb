"""Whether calibrating helps: every answer scored by a scale that was fitted without it, beside our own score."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.calibration.file import Figures, File, FittedJudge, QuestionFit
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


class FitPoint(NamedTuple):
    """One graded answer: our score and the teacher's, 0-100, and the answer's phrases."""

    ours: float
    teacher: float
    phrases: frozenset[str]


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
    """Return the scales the sample teaches; the order of its answers does not matter. All grades are of one judge."""
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


# Below about 25 answers to a question, more than two numbers fit the noise (benchmarks/calibration/RESULTS.md).
PHRASES_FROM = 25

# How many graded answers the identity counts for: six for the offset, and for the slope so much squared deviation of
# our scores as sixteen answers have that deviate by 25. Weaker priors fit a judge that is far from the teacher a little
# better, and a judge that is near worse than no fit at all.
_OFFSET_PRIOR = 6.0
_SLOPE_PRIOR = 10_000.0

# A phrase in fewer answers says more about one candidate than about the teacher, and must not be told from the file;
# one in nearly all answers says nothing.
_RAREST = 3
_COMMONEST = 0.9

# Strengths of the ridge, relative to the phrases' total variance.
_PENALTIES = (0.3, 1.0, 3.0)
_FOLDS = 5


def fit(points: Sequence[FitPoint], *, by_phrases: bool) -> Scale:
    """Return the scale for these answers; the identity where our scores are all 0."""
    # A score of 0 stays 0 on every scale, so it must not bend the line.
    points = [point for point in points if point.ours > 0]
    if not by_phrases or len(points) < _FOLDS:
        return line(points)
    choices = [partial(with_phrases, penalty=penalty) for penalty in _PENALTIES]
    return min(choices, key=lambda choice: _error(choice, points))(points)


def line(points: Sequence[FitPoint]) -> Scale:
    """Return offset and slope alone."""
    if not points:
        return Scale()
    ours = np.array([point.ours for point in points])
    difference = np.array([point.teacher for point in points]) - ours
    centre = float(ours.mean())
    spread = ours - centre
    shift = float(difference.sum()) / (len(points) + _OFFSET_PRIOR)
    slope = max(0.0, 1 + float(spread @ difference) / (float(spread @ spread) + _SLOPE_PRIOR))
    return Scale(offset=round(centre + shift - slope * centre, 4), slope=round(slope, 4), lowest=float(ours.min()))


def with_phrases(points: Sequence[FitPoint], penalty: float) -> Scale:
    """Return offset, slope and the worth of phrases; the line alone where no phrase is shared by enough answers."""
    base = line(points)
    shown = Counter(phrase for point in points for phrase in point.phrases)
    known = sorted(phrase for phrase, count in shown.items() if _RAREST <= count <= _COMMONEST * len(points))
    if not known:
        return base
    rows = np.array([[phrase in point.phrases for phrase in known] for point in points], dtype=np.float64)
    left_over = np.array([point.teacher - base.score(point.ours) for point in points])
    weights = _ridge(rows, left_over, penalty)
    # Rounded so that a person can read them; the largest come first for the same reason.
    worth = {phrase: round(float(weight), 2) for phrase, weight in zip(known, weights, strict=True)}
    worth = {phrase: worth[phrase] for phrase in sorted(worth, key=lambda it: (-worth[it], it)) if worth[phrase]}
    mean = sum(weight * shown[phrase] for phrase, weight in worth.items()) / len(points)
    return base.model_copy(update={"phrases": worth, "phrases_mean": round(mean, 4)})


def folds(count: int, parts: int) -> list[NDArray[np.bool_]]:
    """Return `parts` masks over `count` answers, each answer in one; the same count gives the same masks."""
    shuffled = np.random.default_rng(0).permutation(count)
    return [shuffled % parts == part for part in range(parts)]


def _ridge(rows: NDArray[np.float64], target: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    centred = rows - rows.mean(axis=0)
    # One scale for all phrases: standardising each would make the rarest count most.
    variance = centred.var(axis=0).sum()
    # There are more phrases than answers, so it is solved in the answers (n x n).
    dual = np.linalg.solve(centred @ centred.T / variance + penalty * np.eye(len(rows)), target - target.mean())
    weights: NDArray[np.float64] = centred.T @ dual / variance
    return weights


def _error(choice: Callable[[Sequence[FitPoint]], Scale], points: Sequence[FitPoint]) -> float:
    error = 0.0
    for out in folds(len(points), _FOLDS):
        scale = choice([point for point, is_out in zip(points, out, strict=True) if not is_out])
        for point, is_out in zip(points, out, strict=True):
            if is_out:
                error += (scale.score(point.ours, point.phrases) - point.teacher) ** 2
    return error
