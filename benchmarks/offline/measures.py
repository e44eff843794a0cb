"""How grades agree with people: the few numbers every table of this folder shows."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score


@dataclass
class Agreement:
    """Agreement on key points (4-way) and on scores (0-10)."""

    accuracy: float
    macro_f1: float
    kappa: float
    pearson: float
    qwk: float
    rmse: float

    HEAD = "| | accuracy | macro F1 | kappa | Pearson | QWK | RMSE |\n|---|---|---|---|---|---|---|"

    def row(self, name: str) -> str:
        """Return the agreement as a line of a Markdown table."""
        numbers = (self.accuracy, self.macro_f1, self.kappa, self.pearson, self.qwk, self.rmse)
        return f"| {name} | " + " | ".join("–" if np.isnan(n) else f"{n:.3f}" for n in numbers) + " |"


def agreement(gold: np.ndarray, ours: np.ndarray | None, gold_score: np.ndarray, score: np.ndarray) -> Agreement:
    """Return the agreement of labels (0-3; None where there are none) and scores."""
    nothing = float("nan")
    return Agreement(
        accuracy=nothing if ours is None else float((gold == ours).mean()),
        macro_f1=nothing if ours is None else float(f1_score(gold, ours, average="macro")),
        kappa=nothing if ours is None else float(cohen_kappa_score(gold, ours)),
        pearson=float(np.corrcoef(gold_score, score)[0, 1]),
        qwk=qwk(gold_score, score),
        rmse=float(np.sqrt(((gold_score - score) ** 2).mean())),
    )


def qwk(gold: np.ndarray, score: np.ndarray) -> float:
    """Return the quadratic weighted kappa of scores 0-10, rounded to whole points."""
    whole = [np.clip(np.round(values), 0, 10).astype(int) for values in (gold, score)]
    return float(cohen_kappa_score(*whole, weights="quadratic", labels=range(11)))


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> tuple[float, list[str]]:
    """Return the expected calibration error and the lines of a reliability table."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error, lines = 0.0, []
    for b in np.unique(place):
        inside = place == b
        said, was = confidence[inside].mean(), right[inside].mean()
        error += abs(said - was) * inside.mean()
        lines.append(f"| {b / bins:.1f}–{(b + 1) / bins:.1f} | {inside.sum()} | {said:.2f} | {was:.2f} |")
    return float(error), lines
