"""Print what calibrating gains, as Markdown: fitted on some answers of a question, measured on its other answers.

    python benchmarks/calibration/measure.py [--gold-grades FILE]

The offline judge grades each answer once; grades are kept in the temporary folder. The judge in the package was fitted
on the gold answers: `--gold-grades` adds a table for a pickled list of samples.Item, in the order of samples.gold(),
graded by judges that were fitted without the question (as benchmarks/offline/learn.py fits them).
"""

import argparse
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from samples import Item, by_question, graded
from threadpoolctl import threadpool_limits

from kaoguan.calibration import trial as fit
from kaoguan.calibration.ngrams import phrases
from kaoguan.calibration.scale import Scale
from kaoguan.calibration.trial import FitPoint, cross_validated, line
from kaoguan.evaluation import metrics

SPLITS = 6

Scores = tuple[np.ndarray, np.ndarray]
Method = Callable[[list[FitPoint]], Scale]


def decided(points: list[FitPoint]) -> Scale:
    """Return the scale as `kaoguan calibrate` would write it: the identity where it does not help the sample."""
    teacher, ours = [p.teacher for p in points], [p.ours for p in points]
    before, after = metrics.rmse(teacher, ours), metrics.rmse(teacher, cross_validated(points))
    return fitted(points) if after < 0.98 * before else Scale()


def fitted(points: list[FitPoint]) -> Scale:
    """Return what fits best, helpful or not."""
    return fit.fit(points, by_phrases=len(points) >= fit.PHRASES_FROM)


def no_phrases(points: list[FitPoint]) -> Scale:
    """Return the line, however many answers there are."""
    return line([p for p in points if p.ours > 0])


METHODS: dict[str, Method] = {
    "our score": lambda points: Scale(),
    "**calibrated**": decided,
    "fitted, not asking whether it helps": fitted,
    "offset and slope only": no_phrases,
    "phrases, with any number of answers": partial(fit.fit, by_phrases=True),
}


def points(items: list[Item]) -> list[FitPoint]:
    """Return what a fit sees of the answers."""
    return [FitPoint(item.grade.score, item.score, phrases(item.answer)) for item in items]


def split(items: list[Item], count: int, seed: int) -> tuple[list[Item], list[Item]]:
    """Return `count` random answers, and the others."""
    order = np.random.default_rng(seed).permutation(len(items))
    return [items[i] for i in order[:count]], [items[i] for i in order[count:]]


def table(groups: dict[str, list[Item]], count: Callable[[int], int]) -> list[str]:
    """Return one line per method: figures within each question, mean over questions, spread over splits."""
    found: dict[str, list[list[float]]] = {name: [] for name in METHODS}
    for seed in range(SPLITS):
        figures: dict[str, list[list[float]]] = {name: [] for name in METHODS}
        for items in groups.values():
            seen, unseen = map(points, split(items, count(len(items)), seed))
            teacher = np.array([p.teacher for p in unseen]) / 10
            for name, method in METHODS.items():
                scale = method(seen)
                ours = np.array([scale.score(p.ours, p.phrases) for p in unseen]) / 10
                all_three = (metrics.rmse, metrics.pearson, metrics.quadratic_kappa)
                figures[name].append([figure(teacher, ours) or 0.0 for figure in all_three])
        for name in METHODS:
            found[name].append(np.mean(figures[name], axis=0).tolist())
    return [row(name, np.array(values)) for name, values in found.items()]


def row(name: str, values: np.ndarray) -> str:
    """Return a line of a Markdown table: mean ± standard deviation over the splits."""
    cells = [f"{mean:.2f} ± {spread:.2f}" for mean, spread in zip(values.mean(axis=0), values.std(axis=0), strict=True)]
    return f"| {name} | {' | '.join(cells)} |"


def show(title: str, lines: list[str]) -> None:
    """Print one table."""
    print(f"\n### {title}\n\n| scores, 0-10 | RMSE | Pearson | QWK |\n|---|---|---|---|")
    print("\n".join(lines))


def kinds(groups: dict[str, list[Item]]) -> None:
    """Print the mean score by kind of answer, left out of the fit and scored by half of its question."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for seed in range(SPLITS):
        for items in groups.values():
            seen, unseen = split(items, len(items) // 2, seed)
            scale = decided(points(seen))
            for item, point in zip(unseen, points(unseen), strict=True):
                after = scale.score(point.ours, point.phrases)
                found.setdefault(item.kind, []).append((item.score, point.ours, after))
    print("\n| mean score, 0-10, by kind | teacher | our score | calibrated |\n|---|---|---|---|")
    for kind, values in sorted(found.items(), key=lambda it: -np.mean([v[0] for v in it[1]])):
        print(f"| {kind} | " + " | ".join(f"{mean / 10:.1f}" for mean in np.mean(values, axis=0)) + " |")


def padding(groups: dict[str, list[Item]], count: int) -> None:
    """Print what words that do not belong to the question do to a calibrated score, our own score held fixed."""
    everything = [item for items in groups.values() for item in items]
    changes: dict[str, list[float]] = {"said twice": [], "padded with an answer to another question": []}
    related: list[float] = []
    for seed in range(SPLITS):
        rng = np.random.default_rng(seed)
        for rubric_id, items in groups.items():
            seen, unseen = split(items, count, seed)
            scale = decided(points(seen))
            others = [item.answer for item in everything if item.rubric.id != rubric_id and len(item.answer) > 60]
            moved, sizes = [], []
            for item in unseen:
                score = partial(scale.score, item.grade.score)
                plain = score(phrases(item.answer))
                other = others[rng.integers(len(others))]
                changes["said twice"].append(score(phrases(f"{item.answer}。{item.answer}")) - plain)
                changes["padded with an answer to another question"].append(
                    score(phrases(f"{item.answer}。{other}")) - plain
                )
                moved.append(plain - score(frozenset()))
                sizes.append(np.log1p(len(item.answer)))
            if (r := metrics.pearson(moved, sizes)) is not None:
                related.append(r)
    print(f"\nOur own score held fixed, {count} graded answers, change of the calibrated score (of 100):\n")
    for name, values in changes.items():
        print(f"- {name}: mean {np.mean(values):+.2f}, 95th percentile {np.quantile(values, 0.95):+.2f}")
    print(f"- correlation of what the phrases add with the length of the answer: {np.mean(related):.2f}")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold-grades", type=Path)
    arguments = parser.parse_args()
    ads = by_question(graded("ads"))
    first = next(iter(ads.values()))[0].grade.fingerprints
    print(f"Judge model {first.calibration}, embedder {first.embedder}; mean ± deviation over {SPLITS} random splits.")
    print("\n## ads_zh: 10 questions of about 110 answers; the rubric is the reference cut into sentences")
    for count in (10, 25, 50):
        show(f"{count} graded answers a question", table(ads, lambda size, count=count: count))
    padding(ads, 50)
    print("\n## gold (dev and train): 39 questions of 16 or 24 answers, fitted on half of them")
    sets = {"by the package's judge, which was fitted on these answers": graded("gold")}
    if arguments.gold_grades:
        sets["by judges fitted without the question"] = pickle.loads(arguments.gold_grades.read_bytes())
    for name, items in sets.items():
        groups = by_question(items)
        show(f"graded {name}", table(groups, lambda size: size // 2))
    kinds(groups)


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
