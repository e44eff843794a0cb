"""Fit the offline judge for one embedder and write its calibration into the package.

    python benchmarks/offline/fit.py [--embedder bundled]

Reads benchmarks/gold and makes synthetic answers from the same rubrics. Networks and trees learn from seven parts of
eight of the questions; the heads, which weigh their opinion and the reader's, and everything about doubt is fitted on
what neither has seen: one head on the eighth part, for questions that are new to the judge, and one on answers that
were kept back (`fresh.jsonl`), for questions that it has learned. What is printed is measured with heads that did not
see the question either.
"""

import argparse
from pathlib import Path

import numpy as np
from head import Heads
from learn import fit, grow, tree_arrays
from table import (
    Answers,
    Once,
    fresh,
    gold,
    learned_marks,
    seen,
    tables,
    unseen,
    with_composed,
    with_made,
    with_public,
    with_wordings,
)

from kaoguan import config, embeddings
from kaoguan.grading.offline.background import sentences, statements
from kaoguan.grading.offline.model import FORMAT, Bag, file_name


def bag_arrays(name: str, bag: Bag) -> dict[str, np.ndarray]:
    """Return the networks' arrays under their names in the file, in half precision where that is enough."""
    parts = {part: getattr(bag, part).astype(np.float16) for part in ("hidden", "hidden_bias", "out", "out_bias")}
    parts |= {"names": np.array(bag.names), "centre": bag.centre, "scale": bag.scale}
    return {f"{name}_{part}": array for part, array in parts.items()}


def learned(embedder: Once, arguments: argparse.Namespace) -> dict[str, np.ndarray]:
    """Return networks and trees as arrays, fitted on the questions that may be seen."""
    answers = with_public(with_wordings(with_made(seen(gold(most=arguments.questions)))), arguments.public)
    points, stated = tables(answers, embedder)
    names = list(points.columns)
    everything = np.ones(len(points.label), bool)
    print(f"{len(answers.rows)} answers, {len(points.label)} key points, {len(names)} signals")
    return {
        **bag_arrays("points", fit(points, names, everything, 4)),
        **tree_arrays("trees", grow(points, names, everything)),
        **bag_arrays("misconceptions", fit(stated, names, np.ones(len(stated.label), bool), 2, networks=4)),
        "embedder": np.array(embedder.id),
        "fitted_on": np.unique(points.question),
        "background": embedder.encode(sentences()).astype(np.float16),
        "field": embedder.encode(statements()).astype(np.float16),
    }


def heads(answers: Answers, embedder: Once, arrays: dict[str, np.ndarray]) -> Heads:
    """Return heads fitted on these answers, and print how good they are."""
    found = Heads(answers, *tables(answers, embedder), arrays)
    found.report()
    found.report_range()
    return found


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", default="bundled")
    parser.add_argument("-o", "--out", type=Path, help="folder for the file (default: your own, KAOGUAN_HOME/judges)")
    parser.add_argument("--public", type=Path, help="folder of public sets to fit on as well")
    parser.add_argument("--questions", type=int, metavar="N", help="fit on N questions only: to try an embedder out")
    parser.add_argument("--head-only", action="store_true", help="keep the file's networks and trees: for a new reader")
    arguments = parser.parse_args()
    embedder = Once(embeddings.load(arguments.embedder, config.load(), config.folders()))
    folder = arguments.out or config.folders().judges
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(embedder.id)
    if arguments.head_only:
        with np.load(path) as stored:
            arrays = dict(stored)
    else:
        arrays = learned(embedder, arguments)
    arrays |= heads(with_composed(unseen(gold())), embedder, arrays).arrays("new")
    arrays |= heads(with_composed(fresh()), embedder, arrays).arrays("learned")
    arrays |= {"learned_marks": np.array(learned_marks(), np.uint64), "format": np.array(FORMAT)}
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)
    print(path, f"{path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
