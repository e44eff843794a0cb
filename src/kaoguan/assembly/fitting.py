"""Fits a model of the user's own beside the bundled judge, in minutes, with what came in the wheel.

    fit("BAAI/bge-reranker-v2-m3")          a model on this machine, by name or path, or openai:MODEL
    fit(embedder)                           an object with `id` and `encode`

The pack holds questions that the bundled judge never learned from, with answers that people labelled. What the judge
says of them and what the model says of them go into one small linear map, fitted by Newton's method. What is reported
was measured with each group of questions left out in turn, beside the bundled judge on the same answers.
"""

import json
import lzma
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaoguan import config, embeddings
from kaoguan.config import Folders, Settings
from kaoguan.embeddings import Embedder
from kaoguan.evaluation import metrics
from kaoguan.grading.offline import OfflineJudge, fitted
from kaoguan.grading.offline.fitted import Agreement, Fit, Joining
from kaoguan.grading.offline.head import softmax
from kaoguan.grading.offline.labels import CREDITS, LABELS, MISSING
from kaoguan.grading.offline.likeness import Compared, Likeness
from kaoguan.grading.offline.own_models import is_pair_model, opened
from kaoguan.grading.offline.ruling import labelled
from kaoguan.grading.offline.second import LEAST_AGAINST, JoiningMap, columns
from kaoguan.models import Rubric

Rows = NDArray[np.float32]
Tell = Callable[[int, int], None]
"""Hears how many of how many answers the model has been asked about."""

# Questions are left out in so many groups; --quick takes so many questions.
_GROUPS = 6
_QUICK = 9
# Answers that the model is asked about together.
_TOGETHER = 16
# The penalty on weights, and steps of Newton's method: from zero it is there after some eight.
_PENALTY, _STEPS = 5.0, 25


@dataclass(frozen=True)
class GoldAnswer:
    """An answer, and for each key point of its rubric the number of its label."""

    rubric: Rubric
    answer: str
    labels: NDArray[np.intp]
    score: float


@dataclass(frozen=True)
class FittingRows:
    """A row a key point: what goes in, its label, and the number of its answer and question."""

    rows: Rows
    labels: NDArray[np.intp]
    answers: NDArray[np.intp]
    questions: NDArray[np.intp]


def fit(
    model: "str | Embedder",
    *,
    quick: bool = False,
    settings: Settings | None = None,
    folders: Folders | None = None,
    tell: Tell = lambda done, of: None,
) -> Fit:
    """Fit a model of your own and keep the fit where `--embedder` and `Grader.offline` find it.

    Parameters
    ----------
    model : str or Embedder
        The name or path of a sentence-transformers model or cross-encoder on this machine, "openai:MODEL", or an object
        with `id` and `encode(texts)` -> float32 unit rows.
    quick : bool
        Half of the questions: half the time, and a little less certain.
    settings, folders : optional
        In the place of what is configured.
    tell : callable
        Hears (done, of) as answers are done.

    Returns
    -------
    Fit
        With `agreement` and `bundled`, on answers to questions left out of fitting.

    Raises
    ------
    SettingError
        When the model is not on this machine.
    ProviderError
        When it cannot be loaded or asked.
    """
    settings, folders = settings or config.load(), folders or config.folders()
    start = time.monotonic()
    likeness = opened(model, settings, folders, keep=True)
    judge = OfflineJudge(embeddings.load("bundled", settings, folders))
    gold = left_out(quick=quick)
    opinions = [judge.opinion(one.rubric, one.answer) for one in gold]
    table = _rows(gold, opinions, likeness, tell)
    ours, theirs = _measured(gold, table, opinions)
    joining = fitted_map(table.rows, table.labels)
    made = Fit(
        name=fitted.canonical(model) if isinstance(model, str) else model.id,
        kind="cross-encoder" if isinstance(model, str) and is_pair_model(model) else "embedder",
        id=likeness.id,
        beside=judge.fingerprints,
        at=datetime.now(UTC),
        quick=quick,
        questions=len(np.unique(table.questions)),
        answers=len(gold),
        key_points=sum(len(one.labels) for one in gold),
        seconds=round(time.monotonic() - start, 1),
        agreement=ours,
        bundled=theirs,
        joining=_as_numbers(joining),
    )
    fitted.save(folders.judges, made)
    return made


def left_out(*, quick: bool = False) -> list[GoldAnswer]:
    """Return the answers in the wheel: to questions that the bundled judge never learned from."""
    content = json.loads(lzma.decompress(files(__package__).joinpath("data", "left_out.json.xz").read_bytes()))
    bank = {one["id"]: Rubric.model_validate(one) for one in content["rubrics"]}
    chosen = sorted(bank)[:_QUICK] if quick else sorted(bank)
    return [_gold_answer(bank[row["rubric_id"]], row) for row in content["answers"] if row["rubric_id"] in chosen]


def _gold_answer(rubric: Rubric, row: dict[str, Any]) -> GoldAnswer:
    return GoldAnswer(rubric, row["answer"], np.array(row["labels"], np.intp), row["score"])


def _rows(
    gold: Sequence[GoldAnswer],
    opinions: Sequence[tuple[Compared, Rows] | None],
    likeness: Likeness,
    tell: Tell,
) -> FittingRows:
    numbers = {rubric_id: i for i, rubric_id in enumerate(dict.fromkeys(one.rubric.id for one in gold))}
    saying = [(i, *opinion) for i, opinion in enumerate(opinions) if opinion]
    rows, labels, answers, questions = [], [], [], []
    for first in range(0, len(saying), _TOGETHER):
        some = saying[first : first + _TOGETHER]
        for (i, _, opinion), told in zip(some, likeness.compare([one for _, one, _ in some]), strict=True):
            rows.append(columns(opinion, told))
            labels.append(gold[i].labels)
            answers.append(np.full(len(told), i))
            questions.append(np.full(len(told), numbers[gold[i].rubric.id]))
        tell(min(first + _TOGETHER, len(saying)), len(saying))
    return FittingRows(*(np.concatenate(part) for part in (rows, labels, answers, questions)))


def fitted_map(rows: Rows, labels: NDArray[np.intp]) -> JoiningMap:
    """Return the map with the least log loss plus a penalty on its weights, from (n, f) rows and labels 0-3."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    made = JoiningMap(centre, scale, np.zeros((rows.shape[1], 4), np.float32), np.zeros(4, np.float32))
    wide = np.concatenate([made.standard(rows), np.ones((len(rows), 1))], axis=1).astype(np.float64)
    wanted = np.eye(4)[labels]
    weights = np.zeros((wide.shape[1], 4))
    penalty = np.full((wide.shape[1], 4), _PENALTY)
    penalty[-1] = 1e-3  # constants are free, but for what makes the four labels' common shift definite
    for _ in range(_STEPS):
        chances = softmax(wide @ weights)
        slope = wide.T @ (chances - wanted) + penalty * weights
        step = np.linalg.solve(_curvature(wide, chances, penalty), slope.T.ravel()).reshape(4, -1).T
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    found = weights.astype(np.float32)
    return JoiningMap(centre, scale, found[:-1], found[-1])


def _curvature(wide: NDArray[np.float64], chances: NDArray[np.float64], penalty: NDArray[np.float64]) -> Any:
    """Return the second derivatives, label by label, shape (4 f, 4 f)."""
    size = wide.shape[1]
    found = np.zeros((4 * size, 4 * size))
    for a in range(4):
        for b in range(4):
            share = chances[:, a] * ((a == b) - chances[:, b])
            found[a * size : (a + 1) * size, b * size : (b + 1) * size] = wide.T @ (share[:, None] * wide)
    return found + np.diag(penalty.T.ravel())


def _measured(
    gold: Sequence[GoldAnswer], table: FittingRows, opinions: Sequence[tuple[Compared, Rows] | None]
) -> tuple[Agreement, Agreement]:
    """Return the agreement on questions left out of fitting, and the bundled judge's on the same answers."""
    joint = np.zeros((len(table.rows), 4), np.float32)
    for group in range(min(_GROUPS, int(table.questions.max()) + 1)):
        inside = table.questions % _GROUPS == group
        joint[inside] = fitted_map(table.rows[~inside], table.labels[~inside]).probabilities(table.rows[inside])
    alone = np.concatenate([opinion[1] for opinion in opinions if opinion])
    return _agreement(gold, table, labelled(joint, LEAST_AGAINST)), _agreement(gold, table, labelled(alone))


def _agreement(gold: Sequence[GoldAnswer], table: FittingRows, labels: NDArray[np.intp]) -> Agreement:
    # An answer that says nothing has no rows: its key points are missing.
    ours = [np.full(len(one.labels), MISSING) for one in gold]
    for i in np.unique(table.answers):
        ours[i] = labels[table.answers == i]
    counts = metrics.confusion(np.concatenate([one.labels for one in gold]), np.concatenate(ours), len(LABELS))
    scores = [_score(one.rubric, found) for one, found in zip(gold, ours, strict=True)]
    people = [one.score for one in gold]
    return Agreement(
        accuracy=metrics.accuracy(counts),
        kappa=metrics.kappa(counts),
        pearson=metrics.pearson(people, scores),
        rmse=metrics.rmse(people, scores),
    )


def _score(rubric: Rubric, labels: NDArray[np.intp]) -> float:
    weights = np.array([point.weight for point in rubric.key_points])
    return float(10 * np.clip(weights @ CREDITS[labels] / weights.sum(), 0, 1))


def _as_numbers(joining: JoiningMap) -> Joining:
    return Joining(
        centre=tuple(joining.centre.tolist()),
        scale=tuple(joining.scale.tolist()),
        weights=tuple(tuple(row) for row in joining.weights.tolist()),
        bias=tuple(joining.bias.tolist()),
    )
