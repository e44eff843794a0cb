"""Fitting: a bag of one-hidden-layer networks and boosted trees, as the package will run them."""

import os
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat

import numpy as np
from sklearn.ensemble import ExtraTreesRegressor, HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from table import Table

from kaoguan.grading.offline.company import company
from kaoguan.grading.offline.model import Bag, Opinions, blend, first_opinions
from kaoguan.grading.offline.trees import Trees

HIDDEN = 32
NETWORKS = 8
# Enough passes for the log loss of left-out questions to level off; the penalty does the rest.
EPOCHS = 30
PENALTY = 0.3
# What the second opinion sees beside the first ones: as little as helps, for it learns from answers, not key points.
BESIDE = ("z", "own", "ordered", "terms_near")
SECONDS = 4


def fit(table: Table, names: list[str], chosen: np.ndarray, classes: int, *, networks: int = NETWORKS) -> Bag:
    """Return networks fitted on the chosen rows, each on its own weighted resample."""
    rows, label, weight = table.matrix(names)[chosen], table.label[chosen], table.weight[chosen]
    centre = np.average(rows, axis=0, weights=weight)
    scale = np.sqrt(np.average((rows - centre) ** 2, axis=0, weights=weight)) + 1e-6
    standard = np.clip((rows - centre) / scale, -4, 4)
    fitted = [_network(standard, label, weight, classes, seed) for seed in range(networks)]
    return Bag(
        names=tuple(names),
        centre=centre.astype(np.float32),
        scale=scale.astype(np.float32),
        hidden=np.stack([one[0] for one in fitted]).astype(np.float16).astype(np.float32),
        hidden_bias=np.stack([one[1] for one in fitted]).astype(np.float16).astype(np.float32),
        out=np.stack([one[2] for one in fitted]).astype(np.float16).astype(np.float32),
        out_bias=np.stack([one[3] for one in fitted]).astype(np.float16).astype(np.float32),
    )


def grow(table: Table, names: list[str], chosen: np.ndarray) -> Trees:
    """Return boosted trees fitted on the chosen rows."""
    forest = HistGradientBoostingClassifier(
        max_iter=80,
        learning_rate=0.1,
        max_leaf_nodes=10,
        min_samples_leaf=30,
        l2_regularization=10,
        max_features=0.3,
        early_stopping=False,
        random_state=0,
    )
    forest.fit(table.matrix(names)[chosen], table.label[chosen], sample_weight=table.weight[chosen])
    nodes = [tree.nodes for step in forest._predictors for tree in step]
    sizes = np.array([len(tree) for tree in nodes])
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    joined = np.concatenate(nodes)
    offset, leaf, place = np.repeat(roots, sizes), joined["is_leaf"].astype(bool), np.arange(len(joined))
    return Trees(
        names=tuple(names),
        base=np.asarray(forest._baseline_prediction, np.float32).ravel(),
        roots=roots.astype(np.int32),
        signal=np.where(leaf, 0, joined["feature_idx"]).astype(np.int32),
        threshold=np.where(leaf, 0, joined["num_threshold"]).astype(np.float32),
        left=np.where(leaf, place, joined["left"] + offset).astype(np.int32),
        right=np.where(leaf, place, joined["right"] + offset).astype(np.int32),
        value=np.where(leaf, joined["value"], 0).astype(np.float16).astype(np.float32),
        depth=int(joined["depth"].max()),
    )


def joined(forest: ExtraTreesRegressor) -> Trees:
    """Return a fitted forest; each tree's leaves hold its share of the mean."""
    trees = [tree.tree_ for tree in forest.estimators_]
    sizes = np.array([tree.node_count for tree in trees])
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    offset, place = np.repeat(roots, sizes), np.arange(sizes.sum())
    left, right = (np.concatenate([getattr(tree, f"children_{side}") for tree in trees]) for side in ("left", "right"))
    leaf = left < 0
    return Trees(
        names=tuple(str(number) for number in range(forest.n_features_in_)),
        base=np.zeros(1, np.float32),
        roots=roots.astype(np.int32),
        signal=np.where(leaf, 0, np.concatenate([tree.feature for tree in trees])).astype(np.int32),
        threshold=np.where(leaf, 0, np.concatenate([tree.threshold for tree in trees])).astype(np.float32),
        left=np.where(leaf, place, left + offset).astype(np.int32),
        right=np.where(leaf, place, right + offset).astype(np.int32),
        value=np.where(leaf, np.concatenate([tree.value.ravel() for tree in trees]) / len(trees), 0).astype(np.float32),
        depth=max(tree.max_depth for tree in trees),
    )


def _network(
    rows: np.ndarray, label: np.ndarray, weight: np.ndarray, classes: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    drawn = rng.choice(len(rows), int(weight.sum()), p=weight / weight.sum())
    network = MLPClassifier(
        (HIDDEN,),
        alpha=PENALTY,
        max_iter=EPOCHS,
        learning_rate_init=0.003,
        batch_size=128,
        random_state=seed,
        n_iter_no_change=EPOCHS,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(rows[drawn], label[drawn])
    (hidden, out), (hidden_bias, out_bias) = network.coefs_, network.intercepts_
    if classes == 2:  # scikit-learn fits one logistic unit; ours has a logit per class
        return hidden, hidden_bias, np.hstack([np.zeros_like(out), out]), np.array([0.0, out_bias[0]])
    return hidden, hidden_bias, out, out_bias


def folds(questions: np.ndarray, count: int | None = None, seed: int = 0) -> list[list[str]]:
    """Return the questions in `count` groups, by default each alone (leave one question out)."""
    names = sorted(set(questions.tolist()))
    np.random.default_rng(seed).shuffle(names)
    return [names[i :: count or len(names)] for i in range(count or len(names))]


def fit_second(table: Table, first: np.ndarray, chosen: np.ndarray) -> Bag:
    """Return networks for the second opinion, fitted on left-out first opinions of the chosen rows."""
    wide = replace(table, columns=table.columns | company(blend(first), table.answer))
    return fit(wide, [*company(first[-1][:1], np.zeros(1, int)), *BESIDE], chosen, 4, networks=SECONDS)


def left_out(table: Table, names: list[str], *, count: int | None = None, networks: int = 6) -> Opinions:
    """Return the opinions on each key point by members that never saw its question.

    The second opinion on a question is fitted on first opinions that were left out too, in the same groups.
    """
    groups = folds(table.question, count)
    first = np.zeros((networks + 1, len(table.label), 4), np.float32)
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for inside, found in pool.map(_first, repeat(table), repeat(names), groups, repeat(networks)):
            first[:, inside] = found
    second = np.zeros((SECONDS, len(table.label), 4), np.float32)
    wide = table.columns | company(blend(first), table.answer)
    for group in groups:
        inside = np.isin(table.question, group)
        second[:, inside] = fit_second(table, first, ~inside).probabilities(
            {name: column[inside] for name, column in wide.items()}
        )
    return Opinions(first, second)


def _first(table: Table, names: list[str], group: list[str], networks: int) -> tuple[np.ndarray, np.ndarray]:
    inside = np.isin(table.question, group)
    bag, trees = fit(table, names, ~inside, 4, networks=networks), grow(table, names, ~inside)
    return inside, first_opinions(bag, trees, {name: table.columns[name][inside] for name in names})


def stated_left_out(table: Table, names: list[str], *, count: int, networks: int = 3) -> np.ndarray:
    """Return the probability that each misconception is stated, by networks that never saw its question."""
    found = np.zeros(len(table.label), np.float32)
    for group in folds(table.question, count):
        inside = np.isin(table.question, group)
        bag = fit(table, names, ~inside, 2, networks=networks)
        found[inside] = bag.probabilities({name: table.columns[name][inside] for name in names}).mean(axis=0)[:, 1]
    return found
