"""Does the first follow-up on a typed answer ask for something that the answer already says, and for what weighs most?

    python benchmarks/interview/follow_ups.py [--answers 100] [--seed 5]     questions of gold/bank
    python benchmarks/interview/follow_ups.py --held-out                     all that the judge was never fitted on

Typed answers with hand-made labels (benchmarks/gold) are graded by the offline judge. A follow-up asks for a key
point, or quotes something as wrong, or asks what else there is. Those that ask for one are counted by its label, and by
whether it is one of the heaviest open points (by the labels: all that are not covered); those that quote by whether
anything is wrong in the answer, and whether the point whose question they ask is covered.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "offline"))
from held_out import bank
from table import gold, unseen

from kaoguan.grading import Grader
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.moves import Target, targets
from kaoguan.models import Label
from kaoguan.session import Kind, Turn
from kaoguan.testing import Ticks

# A row of gold, and what would be asked first.
Aimed = tuple[dict, Target]


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=100, help="so many follow-ups that name a key point")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    rows = [row for row in (unseen(gold()) if options.held_out else gold(("bank",))).rows if row["typed"]]
    random.Random(options.seed).shuffle(rows)
    found = []
    for row, first in aims(rows):
        found.append((row, first))
        if not options.held_out and sum(is_named(target) for _, target in found) == options.answers:
            break
    report(found)


def aims(rows: list[dict]) -> Iterator[Aimed]:
    """Yield each answer that is followed up, and what would be asked first."""
    grader = Grader.offline()
    for row in rows:
        heard = hear(row["answer"])
        if heard.asks or heard.unknown or heard.rest_unknown:
            continue  # these are replied to, or not followed up
        rubric = bank(row["rubric_id"], row["set"])
        said = Turn(seq=2, speaker=Kind.ANSWER.speaker, kind=Kind.ANSWER, text=row["answer"], at=Ticks()())
        if found := targets(rubric, grader.grade(rubric, row["answer"]), (said,)):
            yield row, found[0]


def is_named(target: Target) -> bool:
    """Return whether a follow-up asks for a key point, quoting nothing."""
    return target.quote is None and target.key_point is not None


def report(found: list[Aimed]) -> None:
    """Print what the follow-ups aim at."""
    named = [(row, target.key_point or "") for row, target in found if is_named(target)]
    quoting = [(row, target) for row, target in found if target.quote]
    labels = Counter(row["labels"][point] for row, point in named)
    heaviest = sum(point in heaviest_open(row) for row, point in named)
    wrong = sum(bool(row["misconceptions"]) or Label.CONTRADICTED in row["labels"].values() for row, _ in quoting)
    covered = sum(row["labels"].get(target.key_point) == Label.COVERED for row, target in quoting)
    others = len(found) - len(named) - len(quoting)
    print(f"{len(found)} answers to {len({row['rubric_id'] for row, _ in found})} questions are followed up")
    print(f"{len(named)} ask for a key point: {dict(labels)}; {heaviest / len(named):.0%} for a heaviest open one")
    print(f"{others} ask what else there is")
    print(f"{len(quoting)} quote: {wrong} of answers with something wrong; {covered} ask for a covered key point")


def heaviest_open(row: dict) -> set[str]:
    """Return the key points of most weight among those that the answer does not cover."""
    weight = {point.id: point.weight for point in bank(row["rubric_id"], row["set"]).key_points}
    left = [point for point, label in row["labels"].items() if label != Label.COVERED]
    return {point for point in left if weight[point] == max(weight[one] for one in left)}


if __name__ == "__main__":
    main()
