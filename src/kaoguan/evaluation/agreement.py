"""How far one system's rulings agree with people's, on the same answers, with bootstrap intervals over questions.

Answers to one question are alike in what is easy and hard about them, so whole questions are resampled, never answers.
What a system left unscored is no evidence about it or the answer: it is counted beside the figures, not in them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaoguan.evaluation import metrics
from kaoguan.evaluation.gold import GOLD_LABELS, GoldAnswer
from kaoguan.evaluation.systems import SystemGrade
from kaoguan.models import Label, Model

_CODES = {label: code for code, label in enumerate(GOLD_LABELS)}


class Figure(Model):
    """A measured value and its 95 % interval; None where it does not exist."""

    value: float | None
    low: float | None = None
    high: float | None = None


class OfLabel(Model):
    """How one label was recovered."""

    precision: float | None
    recall: float | None
    f1: float | None
    support: int


class OfKind(Model):
    """Mean scores, 0-10, over the scored answers of one kind."""

    answers: int
    gold: float
    mean: float


class Agreement(Model):
    """How one system compares with people. Scores are on 0-10; `confusion` is gold label → our label → count."""

    system: str
    verdicts: int
    unscored_verdicts: int
    answers: int
    unscored_answers: int
    needs_review: float | None
    figures: Mapping[str, Figure]
    labels: Mapping[str, OfLabel]
    confusion: Mapping[str, Mapping[str, int]]
    kinds: Mapping[str, OfKind]


class _Question(NamedTuple):
    """One question's compared verdicts and scores."""

    counts: metrics.Counts
    gold: NDArray[np.float64]
    ours: NDArray[np.float64]


def measure(
    system: str, gold: Sequence[GoldAnswer], rulings: Mapping[str, SystemGrade], *, resamples: int, seed: int
) -> Agreement:
    """Return the agreement of rulings, by answer id, with the gold; an answer without a ruling counts as unscored."""
    questions = _by_question(gold, rulings)
    counts = _total(questions)
    scored = [answer for answer in gold if _score(answer, rulings) is not None]
    all_verdicts = sum(len(answer.labels) for answer in gold)
    reviews = [rulings[answer.id].needs_review for answer in gold if answer.id in rulings]
    told = [review for review in reviews if review is not None]
    return Agreement(
        system=system,
        verdicts=int(counts.sum()),
        unscored_verdicts=all_verdicts - int(counts.sum()),
        answers=len(scored),
        unscored_answers=len(gold) - len(scored),
        needs_review=float(np.mean(told)) if told else None,
        figures=_figures(questions, resamples, seed),
        labels={
            label: OfLabel(**figures._asdict())
            for label, figures in zip(GOLD_LABELS, metrics.label_figures(counts), strict=True)
        },
        confusion={
            label: dict(zip(GOLD_LABELS, map(int, row), strict=True))
            for label, row in zip(GOLD_LABELS, counts, strict=True)
        },
        kinds=_kinds(scored, rulings),
    )


# Each takes the questions it is measured on, so that one definition serves the value and its bootstrap.
_FIGURES: dict[str, Callable[[Sequence[_Question]], float | None]] = {
    "accuracy": lambda questions: metrics.accuracy(_total(questions)),
    "macro_f1": lambda questions: metrics.macro_f1(_total(questions)),
    "kappa": lambda questions: metrics.kappa(_total(questions)),
    "pearson": lambda questions: metrics.pearson(*_scores(questions)),
    "spearman": lambda questions: metrics.spearman(*_scores(questions)),
    "qwk": lambda questions: metrics.quadratic_kappa(*_scores(questions)),
    "rmse": lambda questions: metrics.rmse(*_scores(questions)),
}


def _figures(questions: Sequence[_Question], resamples: int, seed: int) -> dict[str, Figure]:
    values = {name: figure(questions) for name, figure in _FIGURES.items()}
    if len(questions) < 2 or not resamples:
        return {name: Figure(value=value) for name, value in values.items()}
    # The same seed draws the same questions for every system, which keeps their intervals comparable.
    draws = np.random.default_rng(seed).integers(len(questions), size=(resamples, len(questions)))
    samples = [[questions[index] for index in draw] for draw in draws]
    made = {}
    for name, figure in _FIGURES.items():
        bounds = metrics.interval([figure(sample) for sample in samples])
        low, high = bounds or (None, None)
        made[name] = Figure(value=values[name], low=low, high=high)
    return made


def _by_question(gold: Sequence[GoldAnswer], rulings: Mapping[str, SystemGrade]) -> list[_Question]:
    answers: dict[str, list[GoldAnswer]] = {}
    for answer in gold:
        answers.setdefault(answer.rubric_id, []).append(answer)
    return [_question(group, rulings) for group in answers.values()]


def _question(answers: Sequence[GoldAnswer], rulings: Mapping[str, SystemGrade]) -> _Question:
    pairs = [
        (_CODES[label], _CODES[ours])
        for answer in answers
        for point, label in answer.labels.items()
        if (ours := _label(answer, point, rulings)) in _CODES
    ]
    scores = [(answer.score, score) for answer in answers if (score := _score(answer, rulings)) is not None]
    codes = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    both = np.array(scores, dtype=np.float64).reshape(-1, 2)
    return _Question(metrics.confusion(codes[:, 0], codes[:, 1], len(GOLD_LABELS)), both[:, 0], both[:, 1])


def _label(answer: GoldAnswer, point: str, rulings: Mapping[str, SystemGrade]) -> Label:
    ruling = rulings.get(answer.id)
    return ruling.labels.get(point, Label.UNSCORED) if ruling else Label.UNSCORED


def _score(answer: GoldAnswer, rulings: Mapping[str, SystemGrade]) -> float | None:
    ruling = rulings.get(answer.id)
    return ruling.score if ruling else None


def _total(questions: Iterable[_Question]) -> metrics.Counts:
    total: metrics.Counts = np.sum([question.counts for question in questions], axis=0)
    return total


def _scores(questions: Sequence[_Question]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    gold = np.concatenate([question.gold for question in questions])
    return gold, np.concatenate([question.ours for question in questions])


def _kinds(scored: Sequence[GoldAnswer], rulings: Mapping[str, SystemGrade]) -> dict[str, OfKind]:
    groups: dict[str, list[tuple[float, float]]] = {}
    for answer in scored:
        if answer.kind is not None:
            groups.setdefault(answer.kind, []).append((answer.score, rulings[answer.id].score or 0.0))
    return {
        kind: OfKind(answers=len(pairs), gold=float(means[0]), mean=float(means[1]))
        for kind, pairs in sorted(groups.items(), key=lambda item: -np.mean(item[1], axis=0)[0])
        if len(means := np.mean(pairs, axis=0))
    }
