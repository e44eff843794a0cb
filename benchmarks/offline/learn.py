"""Fitting: a bag of one-hidden-layer networks and boosted trees, as the package will run them."""

import warnings
from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from table import Table

from kaoguan.grading.offline.model import Bag
from kaoguan.trees import Trees

HIDDEN = 64
NETWORKS = 8
# Enough passes for the log loss of left-out questions to level off; the penalty does the rest.
EPOCHS = 30
PENALTY = 0.1


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
    rows, label, weight = table.matrix(names)[chosen], table.label[chosen], table.weight[chosen]
    return boosted(
        rows, label, weight, names, max_iter=80, max_leaf_nodes=10, min_samples_leaf=30, l2_regularization=10
    )


def boosted(rows: np.ndarray, label: np.ndarray, weight: np.ndarray, names: Sequence[str], **settings: float) -> Trees:
    """Return boosted trees over named columns, as arrays."""
    settings = {"learning_rate": 0.1, **settings}
    forest = HistGradientBoostingClassifier(max_features=0.3, early_stopping=False, random_state=0, **settings)
    forest.fit(rows, label, sample_weight=weight)
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


def tree_arrays(name: str, trees: Trees) -> dict[str, np.ndarray]:
    """Return the trees' arrays under their names in the file."""
    small = {"roots": np.int32, "signal": np.uint8, "left": np.uint16, "right": np.uint16, "value": np.float16}
    parts = {part: getattr(trees, part).astype(kind) for part, kind in small.items()}
    parts |= {"base": trees.base, "threshold": trees.threshold, "depth": np.array(trees.depth)}
    parts["names"] = np.array(trees.names)
    return {f"{name}_{part}": array for part, array in parts.items()}


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
