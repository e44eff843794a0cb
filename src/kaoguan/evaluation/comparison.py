"""Systems side by side on the same gold, beside two baselines that are fitted on the other questions."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings import Embedder
from kaoguan.evaluation import metrics
from kaoguan.evaluation.agreement import Agreement, measure
from kaoguan.evaluation.gold import GOLD_LABELS, GoldAnswer
from kaoguan.evaluation.systems import SystemGrade, SystemGrades
from kaoguan.models import Label, Model, Rubric


class Evaluation(Model):
    """Agreement of systems with one gold set; what `kaoguan evaluate --json` prints.

    `in_sample` are the questions on which the judge was fitted (None: not known, for grades from a file); it does
    better on these than on others.
    Figures are null where they do not exist; intervals are 95 % percentile bootstrap over questions.
    """

    answers: int
    questions: int
    verdicts: int
    in_sample: tuple[str, ...] | None = None
    resamples: int
    seed: int
    systems: tuple[Agreement, ...]
    baselines: tuple[Agreement, ...] = ()


def baseline_rulings(
    gold: Sequence[GoldAnswer], rubrics: Mapping[str, Rubric], embedder: Embedder
) -> dict[str, SystemGrades]:
    """Return the rulings of both baselines, none for a single question: there is nothing else to fit them on."""
    if len({answer.rubric_id for answer in gold}) < 2:
        return {}
    return {
        "cosine only": cosine_only(gold, rubrics, embedder),
        "length only": length_only(gold),
    }


def compare(
    gold: Sequence[GoldAnswer],
    systems: Mapping[str, SystemGrades],
    baselines: Mapping[str, SystemGrades],
    *,
    in_sample: Sequence[str] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Return the agreement of every system and baseline with the gold."""

    def measured(named: Mapping[str, SystemGrades]) -> tuple[Agreement, ...]:
        return tuple(measure(name, gold, own, resamples=resamples, seed=seed) for name, own in named.items())

    return Evaluation(
        answers=len(gold),
        questions=len({answer.rubric_id for answer in gold}),
        verdicts=sum(len(answer.labels) for answer in gold),
        in_sample=None if in_sample is None else tuple(in_sample),
        resamples=resamples,
        seed=seed,
        systems=measured(systems),
        baselines=measured(baselines),
    )


# One value per key point of an answer: the higher, the sooner it is called covered.
_Values = NDArray[np.float64]

_CLAUSE_ENDS = re.compile(r"[，。；：！？、,;:!?\n]+|\.(?!\d)")


def length_only(gold: Sequence[GoldAnswer]) -> SystemGrades:
    """Return rulings that look at nothing but how long the answer is."""

    def feature(answer: GoldAnswer, values: _Values, threshold: float) -> float:
        return float(values[0])

    values = {answer.id: np.full(len(answer.labels), np.log1p(len(answer.answer))) for answer in gold}
    return _leave_one_out(gold, values, feature)


def cosine_only(gold: Sequence[GoldAnswer], rubrics: Mapping[str, Rubric], embedder: Embedder) -> SystemGrades:
    """Return rulings by the best cosine of any one or two neighbouring clauses with the key point."""

    def coverage(answer: GoldAnswer, values: _Values, threshold: float) -> float:
        weights = [rubrics[answer.rubric_id].key_point(point).weight for point in answer.labels]
        return float(np.average(values >= threshold, weights=weights))

    values = {}
    for rubric_id in dict.fromkeys(answer.rubric_id for answer in gold):
        points = rubrics[rubric_id].key_points
        anchors = dict(zip((p.id for p in points), embedder.encode([p.text for p in points]), strict=True))
        for answer in gold:
            if answer.rubric_id == rubric_id:
                values[answer.id] = _best_cosines(embedder, answer, [anchors[point] for point in answer.labels])
    return _leave_one_out(gold, values, coverage)


def _best_cosines(embedder: Embedder, answer: GoldAnswer, anchors: Sequence[NDArray[np.float32]]) -> _Values:
    clauses = [clause.strip() for clause in _CLAUSE_ENDS.split(answer.answer) if clause.strip()]
    if not clauses:
        return np.full(len(anchors), -1.0)
    windows = clauses + [f"{first}，{second}" for first, second in pairwise(clauses)]
    best: NDArray[np.float32] = (embedder.encode(windows) @ np.stack(anchors).T).max(axis=0)
    return best.astype(np.float64)


class _Fit(NamedTuple):
    threshold: float
    slope: float
    offset: float


def _leave_one_out(
    gold: Sequence[GoldAnswer],
    values: Mapping[str, _Values],
    feature: Callable[[GoldAnswer, _Values, float], float],
) -> SystemGrades:
    rulings = {}
    for rubric_id in dict.fromkeys(answer.rubric_id for answer in gold):
        fit = _fit([answer for answer in gold if answer.rubric_id != rubric_id], values, feature)
        for answer in (answer for answer in gold if answer.rubric_id == rubric_id):
            own = values[answer.id]
            covered = own >= fit.threshold
            labels = [Label.COVERED if yes else Label.MISSING for yes in covered]
            score = fit.offset + fit.slope * feature(answer, own, fit.threshold)
            rulings[answer.id] = SystemGrade(
                labels=dict(zip(answer.labels, labels, strict=True)), score=float(np.clip(score, 0, 10))
            )
    return rulings


def _fit(
    others: Sequence[GoldAnswer],
    values: Mapping[str, _Values],
    feature: Callable[[GoldAnswer, _Values, float], float],
) -> _Fit:
    threshold = _best_threshold(
        np.concatenate([values[answer.id] for answer in others]),
        np.array([GOLD_LABELS.index(label) for answer in others for label in answer.labels.values()]),
    )
    x = np.array([feature(answer, values[answer.id], threshold) for answer in others])
    y = np.array([answer.score for answer in others])
    # A feature that never varies predicts the mean.
    slope = float(np.cov(x, y, bias=True)[0, 1] / np.var(x)) if np.ptp(x) else 0.0
    return _Fit(threshold, slope, float(y.mean() - slope * x.mean()))


def _best_threshold(values: _Values, labels: NDArray[np.int64]) -> float:
    """Return the percentile of the values at which covered/missing agrees best with the labels."""
    covered, missing = GOLD_LABELS.index(Label.COVERED), GOLD_LABELS.index(Label.MISSING)

    def agreement(threshold: float) -> float:
        ours = np.where(values >= threshold, covered, missing)
        found = metrics.kappa(metrics.confusion(labels, ours, len(GOLD_LABELS)))
        return -1.0 if found is None else found

    return float(max(np.percentile(values, range(1, 100)), key=agreement))
