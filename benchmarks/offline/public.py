"""Measure the shipped judge on public human-graded answers to questions left out; the files are read, never copied.

    python benchmarks/offline/public.py DIR     where DIR holds ads_zh.jsonl, le_zh.jsonl …

The key points are split from the reference answer (see reference.py) and weigh the same.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from reference import WEIGHTS, rubric, seen
from scipy.stats import pearsonr, spearmanr

from kaoguan import config
from kaoguan.grading import Grader
from kaoguan.grading.offline.normalise import normalise
from kaoguan.grading.offline.overlap import units


def within(question: np.ndarray, ours: np.ndarray, human: np.ndarray) -> float:
    """Return the mean Spearman correlation inside the questions where both vary."""
    found = []
    for name in sorted(set(question)):
        inside = question == name
        if inside.sum() >= 4 and len(set(ours[inside])) > 1 and len(set(human[inside])) > 1:
            found.append(spearmanr(ours[inside], human[inside])[0])
    return float(np.mean(found))


def contained(row: dict) -> float:
    """Return the share of the reference's lexical units that the answer holds."""
    wanted, said = units(normalise(row["reference"]).text), units(normalise(row["answer"]).text)
    return len(wanted & said) / max(1, len(wanted))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=["ads_zh", "le_zh", "saf_en"])
    arguments = parser.parse_args()
    grader = Grader.offline("bundled", settings=config.load(), folders=config.folders())
    print("| set | answers | questions | Pearson | within-question Spearman | shared units | length |")
    print("|---|---|---|---|---|---|---|")
    for name in arguments.sets:
        rows = [json.loads(line) for line in (arguments.folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        rows = [row for row in rows if name not in WEIGHTS or not seen(name, row["question_id"])]
        rubrics = {row["question_id"]: rubric(row) for row in rows}
        ours = np.array([grader.grade(rubrics[row["question_id"]], row["answer"]).score for row in rows], float)
        human = np.array([row["score"] / row["score_max"] for row in rows])
        question = np.array([row["question_id"] for row in rows])
        others = (np.array([contained(row) for row in rows]), np.array([np.log1p(len(row["answer"])) for row in rows]))
        cells = [f"{pearsonr(x, human)[0]:.3f}, {within(question, x, human):.3f}" for x in others]
        mine = f"{pearsonr(ours, human)[0]:.3f} | {within(question, ours, human):.3f}"
        print(f"| {name} | {len(rows)} | {len(rubrics)} | {mine} | {cells[0]} | {cells[1]} |", flush=True)


if __name__ == "__main__":
    main()
