"""Fit the offline judge for one embedder and write its calibration into the package.

    python benchmarks/offline/fit.py [--embedder bundled]

Reads benchmarks/gold, makes synthetic answers from the same rubrics, chooses temperature, credit stretch and review
threshold on left-out questions, then fits on everything.
"""

import argparse
from pathlib import Path

import numpy as np
from learn import fit, left_out
from table import Table, gold, tables, with_made

from kaoguan import config, embeddings
from kaoguan.grading.offline.background import sentences
from kaoguan.grading.offline.model import FORMAT, Bag, file_name
from kaoguan.grading.offline.ruling import credited, doubt, tempered

DATA = Path(__file__).parents[2] / "src/kaoguan/grading/offline/data"

# Signals that helped no left-out question.
DROPPED: frozenset[str] = frozenset()
# Near-certainty earns all or nothing: chosen on left-out questions among (0, 1) … (.1, .8) for agreement with people.
CREDIT_LOW, CREDIT_HIGH = 0.05, 0.9


def signal_names(table: Table) -> list[str]:
    """Return the signals the model is given."""
    return [name for name in table.columns if name not in DROPPED]


def temperature(members: np.ndarray, table: Table) -> float:
    """Return the temperature with the least log loss on hand-labelled rows."""
    mean, label = members.mean(axis=0)[table.gold], table.label[table.gold]

    def loss(value: float) -> float:
        return float(-np.log(tempered(mean, value)[np.arange(len(label)), label]).mean())

    return min(np.arange(0.6, 2.01, 0.05).tolist(), key=loss)


def doubts(members: np.ndarray, probabilities: np.ndarray, table: Table) -> dict[int, float]:
    """Return the doubt about each answer of the table."""
    return {
        int(number): doubt(members[:, rows], probabilities[rows], table.share[rows].astype(np.float32))
        for number in np.unique(table.answer)
        if (rows := table.answer == number).any()
    }


def misconception_threshold(members: np.ndarray, table: Table, precision: float = 0.8) -> float:
    """Return the least probability at which this share of the detections is right on left-out questions."""
    probability, label = members.mean(axis=0)[table.gold, 1], table.label[table.gold]
    order = np.argsort(-probability)
    right = np.cumsum(label[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((right >= precision) & (np.arange(len(order)) >= 20))
    return float(probability[order[enough[-1]]]) if len(enough) else 0.95


def settings(points: Table, stated: Table, names: list[str]) -> dict[str, float]:
    """Return the numbers chosen on left-out questions."""
    members = left_out(points, names, 4, count=13)
    heat = temperature(members, points)
    chosen = {"format": FORMAT, "temperature": heat, "credit_low": CREDIT_LOW, "credit_high": CREDIT_HIGH}
    probabilities = tempered(members.mean(axis=0), heat)
    credited(probabilities, chosen)
    by_people = [
        value
        for number, value in doubts(members, probabilities, points).items()
        if points.gold[points.answer == number][0]
    ]
    chosen["doubt_threshold"] = float(np.median(by_people))
    chosen["misconception_threshold"] = misconception_threshold(left_out(stated, names, 2, count=13), stated)
    return chosen


def write(path: Path, embedder: str, ground: np.ndarray, bags: dict[str, Bag], chosen: dict[str, float]) -> None:
    """Write the calibration file, half precision where that is enough."""
    arrays: dict[str, np.ndarray] = {
        "embedder": np.array(embedder),
        "background": ground.astype(np.float16),
        "setting_names": np.array(list(chosen)),
        "setting_values": np.array(list(chosen.values())),
    }
    for name, bag in bags.items():
        arrays |= {
            f"{name}_names": np.array(bag.names),
            f"{name}_centre": bag.centre,
            f"{name}_scale": bag.scale,
            f"{name}_hidden": bag.hidden.astype(np.float16),
            f"{name}_hidden_bias": bag.hidden_bias.astype(np.float16),
            f"{name}_out": bag.out.astype(np.float16),
            f"{name}_out_bias": bag.out_bias.astype(np.float16),
        }
    with path.open("wb") as file:
        np.savez(file, **arrays)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", default="bundled")
    parser.add_argument("-o", "--out", type=Path, default=DATA, help="folder for the calibration file")
    arguments = parser.parse_args()
    embedder = embeddings.load(arguments.embedder, config.load(), config.folders())
    points, stated = tables(with_made(gold()), embedder)
    names = signal_names(points)
    chosen = settings(points, stated, names)
    bags = {
        "points": fit(points, names, np.ones(len(points.label), bool), 4),
        "misconceptions": fit(stated, names, np.ones(len(stated.label), bool), 2, networks=4),
    }
    path = arguments.out / file_name(embedder.id)

    write(path, embedder.id, embedder.encode(sentences()), bags, chosen)
    print(path, f"{path.stat().st_size / 1e3:.0f} kB", {name: round(value, 4) for name, value in chosen.items()})


if __name__ == "__main__":
    main()
