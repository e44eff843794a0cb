"""Fit the offline judge for one embedder and write its calibration into the package.

    python benchmarks/offline/fit.py [--embedder bundled]

Reads benchmarks/gold, makes synthetic answers from the same rubrics, chooses temperature, credit stretch and review
threshold on left-out questions, then fits on everything.
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

import numpy as np
from learn import fit, fit_second, grow, joined, left_out, stated_left_out
from sklearn.ensemble import ExtraTreesRegressor
from table import Answers, Once, Table, gold, seen, tables, with_made, with_public, with_wordings

from kaoguan import config, embeddings
from kaoguan.grading.offline.background import sentences, statements
from kaoguan.grading.offline.doubt import Grounds, symptoms
from kaoguan.grading.offline.model import FORMAT, Bag, Opinions, file_name
from kaoguan.grading.offline.ruling import credited, tempered
from kaoguan.grading.offline.trees import Trees

# Signals that helped no left-out question.
DROPPED: frozenset[str] = frozenset()
# Near-certainty earns all or nothing: chosen on left-out questions among (0, 1) … (.1, .8) for agreement with people.
# Partial is the label of 6 % of key points and seldom the likeliest; helped so, 4-way kappa is best.
SETTINGS = {"credit_low": 0.05, "credit_high": 0.9, "partial_help": 1.3}


def signal_names(table: Table) -> list[str]:
    """Return the signals the model is given."""
    return [name for name in table.columns if name not in DROPPED]


def temperature(opinions: Opinions, table: Table) -> float:
    """Return the temperature with the least log loss on hand-labelled rows."""
    mean, label = opinions.joint[table.gold], table.label[table.gold]

    def loss(value: float) -> float:
        return float(-np.log(tempered(mean, value)[np.arange(len(label)), label]).mean())

    return min(np.arange(0.6, 2.01, 0.05).tolist(), key=loss)


def all_symptoms(opinions: Opinions, probabilities: np.ndarray, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the hand-labelled answers and the symptoms of doubt in each."""
    credits = credited(probabilities, SETTINGS)
    numbers, found = np.unique(table.answer[table.gold]), []
    for number in numbers:
        rows = table.answer == number
        own = Opinions(opinions.first[:, rows], opinions.second[:, rows])
        grounds = Grounds(own, probabilities[rows], credits[rows], table.share[rows].astype(np.float32))
        found.append(symptoms(grounds, {name: column[rows] for name, column in table.columns.items()}))
    return numbers, np.array(found)


def doubt_forest(found: np.ndarray, error: np.ndarray) -> Trees:
    """Return the trees that foretell the square of a score's error from its symptoms (errors above 6 count as 6)."""
    forest = ExtraTreesRegressor(100, min_samples_leaf=6, max_features=0.4, random_state=0)
    return joined(forest.fit(found, np.minimum(error, 6) ** 2))


def doubts_left_out(found: np.ndarray, error: np.ndarray, questions: np.ndarray) -> np.ndarray:
    """Return the square of the error foretold for each answer by trees that never saw its question."""
    doubt = np.zeros(len(found), np.float32)
    for question in np.unique(questions):
        own = questions == question
        doubt[own] = doubt_forest(found[~own], error[~own]).sums(found[own].astype(np.float32))[:, 0]
    return doubt


def misconception_threshold(probability: np.ndarray, label: np.ndarray, precision: float = 0.8) -> float:
    """Return the least probability at which this share of the detections is right on left-out questions."""
    order = np.argsort(-probability)
    right = np.cumsum(label[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((right >= precision) & (np.arange(len(order)) >= 20))
    return float(probability[order[enough[-1]]]) if len(enough) else 0.95


def chosen(
    answers: Answers, points: Table, stated: Table, names: list[str], folds: int
) -> tuple[dict[str, float], Trees, np.ndarray]:
    """Return the numbers chosen on left-out questions, the trees of doubt, and the left-out first opinions."""
    opinions = remembered(points, names, folds)
    heat = temperature(opinions, points)
    probabilities = tempered(opinions.joint, heat)
    numbers, found = all_symptoms(opinions, probabilities, points)
    human = np.array([answers.rows[number]["score"] for number in numbers])
    ours = scores(points, credited(probabilities, SETTINGS), len(answers.rows))[numbers]
    error = np.abs(ours - human)
    doubts = doubts_left_out(found, error, np.array([answers.rows[number]["rubric_id"] for number in numbers]))
    probability = stated_left_out(stated, names, count=folds)
    return (
        SETTINGS
        | {
            "format": FORMAT,
            "temperature": heat,
            # Half of the labelled answers are doubted more than this.
            "doubt_threshold": float(np.sqrt(np.median(doubts))),
            "misconception_threshold": misconception_threshold(probability[stated.gold], stated.label[stated.gold]),
        },
        doubt_forest(found, error),
        opinions.first,
    )


def remembered(table: Table, names: list[str], folds: int | None) -> Opinions:
    """Return the left-out opinions, from a temporary file when nothing has changed since the last run."""
    state = table.matrix(names).tobytes() + table.label.tobytes() + table.weight.tobytes()
    state += f"{names}{folds}".encode() + Path(__file__).with_name("learn.py").read_bytes()
    path = Path(tempfile.gettempdir()) / f"kaoguan-left-out-{hashlib.sha256(state).hexdigest()[:16]}.npz"
    if not path.exists():
        np.savez(path, **vars(left_out(table, names, count=folds)))
    with np.load(path) as found:
        return Opinions(found["first"], found["second"])


def scores(table: Table, credits: np.ndarray, count: int) -> np.ndarray:
    """Return each answer's score 0-10; an answer without rows said nothing and scores 0."""
    earned, available = np.zeros(count), np.zeros(count)
    np.add.at(earned, table.answer, credits * table.share)
    np.add.at(available, table.answer, table.share)
    return 10 * np.clip(earned / np.maximum(available, 1e-9), 0, 1)


def bag_arrays(name: str, bag: Bag) -> dict[str, np.ndarray]:
    """Return the networks' arrays under their names in the file, in half precision where that is enough."""
    parts = {part: getattr(bag, part).astype(np.float16) for part in ("hidden", "hidden_bias", "out", "out_bias")}
    parts |= {"names": np.array(bag.names), "centre": bag.centre, "scale": bag.scale}
    return {f"{name}_{part}": array for part, array in parts.items()}


def tree_arrays(name: str, trees: Trees) -> dict[str, np.ndarray]:
    """Return the trees' arrays under their names in the file."""
    small = {"roots": np.int32, "signal": np.uint8, "left": np.uint16, "right": np.uint16, "value": np.float16}
    parts = {part: getattr(trees, part).astype(kind) for part, kind in small.items()}
    parts |= {"base": trees.base, "threshold": trees.threshold, "depth": np.array(trees.depth)}
    parts["names"] = np.array(trees.names)
    return {f"{name}_{part}": array for part, array in parts.items()}


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", default="bundled")
    parser.add_argument("-o", "--out", type=Path, help="folder for the file (default: your own, KAOGUAN_HOME/judges)")
    parser.add_argument("--public", type=Path, help="folder of public sets to fit on as well")
    parser.add_argument("--folds", type=int, default=13, help="groups of questions left out in turn")
    parser.add_argument("--questions", type=int, metavar="N", help="fit on N questions only: to try an embedder out")
    arguments = parser.parse_args()
    embedder = Once(embeddings.load(arguments.embedder, config.load(), config.folders()))
    answers = with_public(with_wordings(with_made(seen(gold(most=arguments.questions)))), arguments.public)
    points, stated = tables(answers, embedder)
    names = signal_names(points)
    settings, doubt, first = chosen(answers, points, stated, names, arguments.folds)
    everything = np.ones(len(points.label), bool)
    arrays = {
        **bag_arrays("points", fit(points, names, everything, 4)),
        **tree_arrays("trees", grow(points, names, everything)),
        **tree_arrays("doubt", doubt),
        **bag_arrays("second", fit_second(points, first, everything)),
        **bag_arrays("misconceptions", fit(stated, names, np.ones(len(stated.label), bool), 2, networks=4)),
        "embedder": np.array(embedder.id),
        "fitted_on": np.unique(points.question),
        "background": embedder.encode(sentences()).astype(np.float16),
        "field": embedder.encode(statements()).astype(np.float16),
        "setting_names": np.array(list(settings)),
        "setting_values": np.array(list(settings.values())),
    }
    folder = arguments.out or config.folders().judges
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(embedder.id)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)
    print(path, f"{path.stat().st_size / 1e3:.0f} kB", {name: round(value, 4) for name, value in settings.items()})


if __name__ == "__main__":
    main()
