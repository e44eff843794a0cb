"""Measure the shipped judge on questions that it was never fitted on (`table.LEFT_OUT`): typed and written apart.

Only head and doubt (62 numbers) are fitted on them; `fit.py` prints what heads reach that did not see the question.

    python benchmarks/offline/held_out.py [--grades GRADES.jsonl] [--bank-only]

`--grades` measures these grades (of any judge) instead; `--bank-only` takes only questions that judges from before
November 2026 have not seen either.
"""

import argparse
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
from measures import Agreement, agreement
from table import GOLD, LEFT_OUT, gold, part

from kaoguan import config, rubrics
from kaoguan.grading import Grader
from kaoguan.grading.offline.labels import LABELS
from kaoguan.models import Grade, Rubric


@cache
def bank(rubric_id: str, set_: str) -> Rubric:
    """Return the rubric with its paraphrases, as people would use it."""
    folder = GOLD / set_ / "rubrics"
    worded = GOLD / set_ / "rubrics_with_paraphrases"
    return rubrics.load_folder(worded if worded.is_dir() else folder)[rubric_id]


def grades(rows: list[dict], file: Path | None) -> dict[str, Grade]:
    """Return the grades by the answers' ids."""
    if file:
        found = [Grade.model_validate_json(line) for line in file.read_text("utf-8").splitlines()]
        return {grade.id: grade for grade in found}
    grader = Grader.offline(folders=config.folders())
    questions = {(row["rubric_id"], row["set"]) for row in rows}
    known = {key: bank(*key) for key in questions}
    asked = [(known[row["rubric_id"], row["set"]], row["answer"], row["id"]) for row in rows]
    return {grade.id: grade for grade in grader.grade_many(asked)}


def table(rows: list[dict], graded: dict[str, Grade]) -> None:
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        groups["typed" if row["typed"] else "written"].append(row)
        if "-other-" in row["id"]:
            groups["typed, not by the rubric's writer"].append(row)
        if row["typed"]:
            english = bank(row["rubric_id"], row["set"]).language == "en"
            groups[f"typed, {'English' if english else 'Chinese'} questions"].append(row)
    print(Agreement.HEAD)
    flags = []
    for name, some in sorted(groups.items()):
        labels = np.concatenate([[LABELS.index(label) for label in row["labels"].values()] for row in some])
        ours = np.concatenate([_labels(row, graded[row["id"]]) for row in some])
        people = np.array([row["score"] for row in some])
        scores = np.array([graded[row["id"]].score or 0 for row in some]) / 10
        print(agreement(labels, ours, people, scores).row(f"{name} ({len(some)})"))
        flagged = np.array([graded[row["id"]].needs_review for row in some])
        rest = np.sqrt(((people - scores)[~flagged] ** 2).mean())
        inside = np.mean([low <= 10 * row["score"] <= high for row in some for low, high in [_likely(row, graded)]])
        flags.append(
            f"{name}: {flagged.mean():.0%} flagged, RMSE of the others {rest:.2f}, "
            f"{inside:.0%} of people's scores in the likely range"
        )
    print("\n" + "; ".join(flags) + ".\n")


def _likely(row: dict, graded: dict[str, Grade]) -> tuple[float, float]:
    """Return the range, 0-100, in which a person's score likely lies; an answer without a score has none."""
    return graded[row["id"]].range or (0, 0)


def kinds(rows: list[dict], graded: dict[str, Grade]) -> None:
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        groups[f"{'typed' if row['typed'] else 'written'}: {row['kind']}"].append(
            (row["score"], (graded[row["id"]].score or 0) / 10)
        )
    print("| kind | answers | people | judge | RMSE |\n|---|---|---|---|---|")
    for name, pairs in sorted(groups.items()):
        people, ours = np.array(pairs).T
        error = np.sqrt(((people - ours) ** 2).mean())
        print(f"| {name} | {len(pairs)} | {people.mean():.1f} | {ours.mean():.1f} | {error:.1f} |")


def _labels(row: dict, grade: Grade) -> list[int]:
    ruled = {verdict.key_point: verdict.verdict for verdict in grade.verdicts}
    return [LABELS.index(ruled[point]) for point in row["labels"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grades", type=Path)
    parser.add_argument("--bank-only", action="store_true")
    parser.add_argument("--json", type=Path, help="write the answers there, for another judge to grade")
    arguments = parser.parse_args()
    rows = [row for row in gold().rows if part(row["rubric_id"]) == LEFT_OUT]
    rows = [row for row in rows if row["set"] == "bank" or not arguments.bank_only]
    if arguments.json:
        lines = [
            json.dumps({key: row[key] for key in ("id", "rubric_id", "answer")}, ensure_ascii=False) for row in rows
        ]
        arguments.json.write_text("\n".join(lines) + "\n", encoding="utf-8")
    graded = grades(rows, arguments.grades)
    print(f"{len({row['rubric_id'] for row in rows})} questions, {len(rows)} answers\n")
    table(rows, graded)
    kinds(rows, graded)


if __name__ == "__main__":
    main()
