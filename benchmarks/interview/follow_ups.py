"""Does the first follow-up on a typed answer ask for something that the answer already says, and for what weighs most?

    python benchmarks/interview/follow_ups.py [--answers 100] [--seed 5]   answers in gold/bank, by the shipped judge
    python benchmarks/interview/follow_ups.py --of new                     questions that the judge was never fitted on
    python benchmarks/interview/follow_ups.py --of learned                 bundled questions, answers it never saw

Typed answers with hand-made labels (benchmarks/gold) are graded by the offline judge; with --of by one whose head has
not seen the question either (benchmarks/offline/held_out.py). A follow-up asks for a key point, or quotes something as
wrong, or asks what else there is. Those that ask for one are counted by its label, and by whether it is one of the
heaviest open points (by the labels: all that are not covered); those that quote by whether anything is wrong in the
answer, and whether the point whose question they ask is covered.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "offline"))
from held_out import judged
from table import Answers, fresh, gold, unseen, with_composed

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.moves import Target, targets
from kaoguan.models import Grade, Label, Rubric
from kaoguan.session import Kind, Turn
from kaoguan.testing import Ticks

BANK = Path(__file__).parents[1] / "gold" / "bank" / "rubrics"
# A row of gold, its rubric, and what would be asked first.
Aimed = tuple[dict, Rubric, Target]


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=100, help="so many follow-ups that ask for a key point")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--of", choices=("new", "learned"))
    options = parser.parse_args()
    if options.of:
        answers = fresh() if options.of == "learned" else unseen(gold())
        rows = [row for row in answers.rows if row["typed"]]
        graded = {grade.id: grade for grade in judged(with_composed(answers), options.of)}
        report(list(aims(answers.rubrics, ((row, graded[row["id"]]) for row in rows))))
        return
    answers = Answers(dict(rubrics.load_folder(BANK)), gold(("bank",)).rows)
    random.Random(options.seed).shuffle(answers.rows)
    grader, found = Grader.offline(), []
    grades = ((row, grader.grade(answers.rubrics[row["rubric_id"]], row["answer"])) for row in answers.rows)
    for one in aims(answers.rubrics, grades):
        found.append(one)
        if sum(asks(target) for *_, target in found) == options.answers:
            break
    report(found)


def aims(bank: dict[str, Rubric], graded: Iterable[tuple[dict, Grade]]) -> Iterator[Aimed]:
    """Yield each answer that is followed up, and what would be asked first."""
    for row, grade in graded:
        heard = hear(row["answer"])
        if heard.asks or heard.over or heard.unknown or heard.rest_unknown:
            continue  # these are replied to, or not followed up
        rubric = bank[row["rubric_id"]]
        said = Turn(seq=2, speaker=Kind.ANSWER.speaker, kind=Kind.ANSWER, text=row["answer"], at=Ticks()())
        if found := targets(rubric, grade, (said,)):
            yield row, rubric, found[0]


def asks(target: Target) -> bool:
    """Return whether a follow-up asks for a key point, quoting nothing."""
    return target.quote is None and target.key_point is not None


def report(found: list[Aimed]) -> None:
    """Print what the follow-ups aim at."""
    asking = [(row, rubric, target.key_point or "") for row, rubric, target in found if asks(target)]
    quoting = [(row, target) for row, _, target in found if target.quote]
    labels = Counter(row["labels"][point] for row, _, point in asking)
    heaviest = sum(point in heaviest_open(row, rubric) for row, rubric, point in asking)
    wrong = sum(bool(row["misconceptions"]) or Label.CONTRADICTED in row["labels"].values() for row, _ in quoting)
    covered = sum(row["labels"].get(target.key_point) == Label.COVERED for row, target in quoting)
    others = len(found) - len(asking) - len(quoting)
    print(f"{len(found)} answers to {len({row['rubric_id'] for row, *_ in found})} questions are followed up")
    print(f"{len(asking)} ask for a key point: {dict(labels)}; {heaviest / len(asking):.0%} for a heaviest open one")
    print(f"{others} ask what else there is")
    print(f"{len(quoting)} quote: {wrong} of answers with something wrong; {covered} ask for a covered key point")


def heaviest_open(row: dict, rubric: Rubric) -> set[str]:
    """Return the key points of most weight among those that the answer does not cover."""
    weight = {point.id: point.weight for point in rubric.key_points}
    left = [point for point, label in row["labels"].items() if label != Label.COVERED]
    return {point for point in left if weight[point] == max(weight[one] for one in left)}


if __name__ == "__main__":
    main()
