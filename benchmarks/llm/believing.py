"""What believing models get past the hybrid judge, and what it flags of honest answers as people type them.

    python benchmarks/llm/believing.py ADVERSARIAL.jsonl [--answers 126]

The file has answers to the bundled questions that deserve nothing: `id`, `rubric_id`, `answer`, `family`. Past means
more than 20 points and no flag. The typed answers are those of dev and second (`gold/`), with a model that replies from
the labels. No network and no language model; the offline judge is the shipped one. One line for each model.
"""

import argparse
import asyncio
import json
import random
from pathlib import Path
from typing import Any

from measure import proof

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.grading.hybrid import HybridJudge
from kaoguan.grading.llm import LLMJudge
from kaoguan.models import Grade, Judgement, Label, Rubric
from kaoguan.testing import ScriptedModel
from kaoguan.testing.judging import ChatReplying, Labelled, faithful, gullible, quotable, spoken

GOLD = Path(__file__).parents[1] / "gold"
POINTS = 20.0
Row = tuple[Rubric, dict[str, Any]]


def rows_of(path: Path, bank: Any, most: int) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    random.Random(0).shuffle(rows)
    return [(bank[row["rubric_id"]], row) for row in rows[:most] if row["rubric_id"] in bank]


def graded(offline: Any, reply: ChatReplying, rows: list[Row], alone: list[Judgement]) -> list[Grade]:
    grader = Grader(HybridJudge(offline, LLMJudge(ScriptedModel(spoken(reply)))))

    async def all_of_them() -> list[Grade]:
        return [
            await grader.grade_here(rubric, row["answer"], id=row["id"], offline=ruled)
            for (rubric, row), ruled in zip(rows, alone, strict=True)
        ]

    return asyncio.run(all_of_them())


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("adversarial", type=Path)
    options.add_argument("--answers", type=int, default=126, help="so many of each kind")
    chosen = options.parse_args()
    offline: Any = Grader.offline().ruling
    attacks = rows_of(chosen.adversarial, rubrics.load_bundled(), chosen.answers)
    alone = [offline.judge(rubric, row["answer"]) for rubric, row in attacks]
    models = {
        "quotes some words": gullible(quotable, canary=False),
        "quotes the whole answer": gullible(lambda answer: answer, canary=False),
        "quotes, and avoids both canaries": proof,
    }
    for name, reply in models.items():
        grades = graded(offline, reply, attacks, alone)
        past = [grade.id for grade in grades if (grade.score or 0) > POINTS and not grade.needs_review]
        print(f"{name}: {len(past)} of {len(grades)} past unflagged {' '.join(past)}")
    typed = [
        row
        for part in ("dev", "second")
        for row in rows_of(
            GOLD / part / "typed.jsonl", rubrics.load_folder(GOLD / part / "rubrics"), chosen.answers // 2
        )
    ]
    alone = [offline.judge(rubric, row["answer"]) for rubric, row in typed]
    labelled = [
        Labelled(
            rubric,
            row["answer"],
            {point: Label(label) for point, label in row["labels"].items()},
            row["misconceptions"],
        )
        for rubric, row in typed
    ]
    grades = graded(offline, faithful(labelled), typed, alone)
    flagged = sum(grade.needs_review for grade in grades)
    requests = sum(grade.usage.requests for grade in grades if grade.usage) / len(grades)
    print(f"typed, by the labels: {flagged} of {len(grades)} flagged, {requests:.2f} requests an answer")


if __name__ == "__main__":
    main()
