"""Fitting: a bag of one-hidden-layer networks, as the package's `Bag` will run it."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from table import Table

from kaoguan.grading.offline.model import Bag

HIDDEN = 32
NETWORKS = 8
# Enough passes for the log loss of left-out questions to level off; the penalty does the rest.
EPOCHS = 60
PENALTY = 1.0


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


def left_out(
    table: Table, names: list[str], classes: int, *, count: int | None = None, networks: int = 4
) -> np.ndarray:
    """Return each row's probabilities by networks that never saw its question: (networks, rows, classes)."""
    found = np.zeros((networks, len(table.label), classes), np.float32)
    for group in folds(table.question, count):
        inside = np.isin(table.question, group)
        bag = fit(table, names, ~inside, classes, networks=networks)
        found[:, inside] = bag.probabilities({name: table.columns[name][inside] for name in names})
    return found
