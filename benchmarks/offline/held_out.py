"""Measure the shipped judge on what it was never fitted on: typed and written answers apart.

    python benchmarks/offline/held_out.py [--new] [--learned] [--grades GRADES.jsonl]

`--new`: questions that reader, networks and trees have not learned from (`table.LEFT_OUT`): what to expect of your own
questions. `--learned`: answers, by other writers, to bundled questions that they have learned; nothing has learned from
these answers (`fresh.jsonl`). Both without either. The head that weighs the opinions, and what doubt is read from, are
fitted anew for each group of questions, without the group. `--grades` measures these grades (of any judge) instead.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from head import Heads
from measures import Agreement, agreement
from table import Answers, Once, by_people, fresh, gold, tables, unseen, with_composed

from kaoguan import config, embeddings
from kaoguan.grading import Grader
from kaoguan.grading.offline import OfflineJudge
from kaoguan.grading.offline.labels import LABELS
from kaoguan.grading.offline.model import file_name
from kaoguan.models import Grade

DATA = Path(__file__).parents[2] / "src/kaoguan/grading/offline/data"


def judged(answers: Answers, name: str) -> Iterator[Grade]:
    """Yield the grades of these answers, each by a judge whose head has not seen the question."""
    embedder = embeddings.load("bundled", config.load(), config.folders())
    with np.load(DATA / file_name(embedder.id)) as stored:
        heads = Heads(answers, *tables(answers, Once(embedder)), dict(stored))
    for questions, weighing in heads.left_out():
        judge = OfflineJudge(embedder)
        judge._model = replace(judge._model, **{f"on_{name}": weighing})
        rows = [row for row in answers.rows if by_people(row) and row["rubric_id"] in questions]
        yield from Grader(judge).grade_many(
            [(answers.rubrics[row["rubric_id"]], row["answer"], row["id"]) for row in rows]
        )


def agreements(answers: Answers, rows: list[dict], graded: dict[str, Grade]) -> None:
    """Print agreement by groups of answers, how many are flagged, and how good the others are."""
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        groups["typed" if row["typed"] else "written"].append(row)
        if "-other-" in row["id"] or "-fresh-" in row["id"]:
            groups["typed, not by the rubric's writer"].append(row)
        if row["typed"]:
            english = answers.rubrics[row["rubric_id"]].language == "en"
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


def kinds(rows: list[dict], graded: dict[str, Grade]) -> None:
    """Print people's and the judge's mean scores by kind of answer."""
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


def misconceptions(rows: list[dict], graded: dict[str, Grade]) -> None:
    """Print how many misconceptions are found, and how many of those found were stated."""
    stated = {(row["id"], name) for row in rows for name in row["misconceptions"]}
    found = {(row["id"], one.id) for row in rows for one in graded[row["id"]].misconceptions}
    both = len(stated & found)
    print(f"\nMisconceptions: {both} of {len(stated)} found, {len(found) - both} of {len(found)} found wrongly.\n")


def _likely(row: dict, graded: dict[str, Grade]) -> tuple[float, float]:
    """Return the range, 0-100, in which a person's score likely lies; an answer without a score has none."""
    return graded[row["id"]].range or (0, 0)


def _labels(row: dict, grade: Grade) -> list[int]:
    ruled = {verdict.key_point: verdict.verdict for verdict in grade.verdicts}
    return [LABELS.index(ruled[point]) for point in row["labels"]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--learned", action="store_true")
    parser.add_argument("--grades", type=Path)
    arguments = parser.parse_args()
    for name, asked in (("new", lambda: unseen(gold())), ("learned", fresh)):
        if getattr(arguments, name) or not (arguments.new or arguments.learned):
            answers = asked()
            rows = [row for row in answers.rows if by_people(row)]
            if arguments.grades:
                lines = arguments.grades.read_text("utf-8").splitlines()
                graded = {grade.id: grade for grade in map(Grade.model_validate_json, lines)}
            else:
                graded = {grade.id: grade for grade in judged(with_composed(answers), name)}
            print(f"**{name}**: {len({row['rubric_id'] for row in rows})} questions, {len(rows)} answers\n")
            agreements(answers, rows, graded)
            kinds(rows, graded)
            misconceptions(rows, graded)


if __name__ == "__main__":
    main()
