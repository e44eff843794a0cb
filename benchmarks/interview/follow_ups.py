"""Does the first follow-up on a typed answer ask for something that the answer already says, and for what weighs most?

    python benchmarks/interview/follow_ups.py [--answers 100] [--seed 5]

Typed answers with hand-made labels (benchmarks/gold/bank) are graded by the offline judge; what would be followed up is
counted by the label of the point it aims at (confrontations ask for no point), and how often that is one of the
heaviest open points, by the labels and by the judge's own verdicts.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.moves import targets
from kaoguan.models import Label
from kaoguan.session import Kind, Turn
from kaoguan.testing import Ticks

GOLD = Path(__file__).parents[1] / "gold" / "bank"


def main() -> None:
    """Print one line per label, and the shares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    bank, grader = rubrics.load_folder(GOLD / "rubrics"), Grader.offline()
    rows = [json.loads(line) for line in (GOLD / "typed.jsonl").read_text(encoding="utf-8").splitlines()]
    random.Random(options.seed).shuffle(rows)
    labels: Counter[str] = Counter()
    heaviest = by_judge = general = 0
    for row in rows:
        if sum(labels.values()) == options.answers:
            break
        heard = hear(row["answer"])
        if heard.asks or heard.unknown or heard.rest_unknown:
            continue  # these are replied to, or not followed up
        rubric, answer = bank[row["rubric_id"]], row["answer"]
        grade = grader.grade(rubric, answer)
        said = Turn(seq=2, speaker=Kind.ANSWER.speaker, kind=Kind.ANSWER, text=answer, at=Ticks()())
        aims = targets(rubric, grade, (said,))
        if not aims or aims[0].quote:
            continue
        if not (aim := aims[0].key_point):
            general += 1  # asks what else there is
            continue
        weight = {point.id: point.weight for point in rubric.key_points}
        open_ones = [weight[point] for point, label in row["labels"].items() if label != Label.COVERED]
        judged = [weight[one.key_point] for one in grade.verdicts if one.verdict is not Label.COVERED]
        labels[row["labels"][aim]] += 1
        heaviest += row["labels"][aim] != Label.COVERED and weight[aim] == max(open_ones)
        by_judge += weight[aim] == max(judged)
    total = sum(labels.values())
    print(f"{total} follow-ups aim at: {dict(labels)}; {general} more ask what else there is")
    print(f"heaviest open point: {heaviest / total:.0%} by the labels, {by_judge / total:.0%} by the judge's verdicts")


if __name__ == "__main__":
    main()
