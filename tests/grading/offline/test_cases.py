"""Answers to the bundled questions that earlier judges got wrong: fair scores, resistance, presentation.

`cases/fair.jsonl` holds answers with the score that a fair interviewer gives, `adversarial.jsonl` answers that deserve
nothing, `invariance.jsonl` the same answers in several presentations. The shares asked for here are what the judge
reaches today, less a little: what it should reach, and reaches, stands in benchmarks/offline/RESULTS.md.
"""

import json
from collections import defaultdict
from pathlib import Path

from kaoguan.grading import Grader
from kaoguan.models import Grade, Rubric

CASES = Path(__file__).parent / "cases"
NEAR, SAME, LOW = 15.0, 3.0, 20.0


def graded(name: str, grader: Grader, bank: dict[str, Rubric]) -> list[tuple[dict[str, str], Grade]]:
    rows = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [(row, grader.grade(bank[f"bundled/{row['rubric_id']}"], row["answer"])) for row in rows]


def test_fair_answers_get_a_fair_score(grader: Grader, bank: dict[str, Rubric]) -> None:
    near = [abs((grade.score or 0) - float(row["fair"])) <= NEAR for row, grade in graded("fair", grader, bank)]
    assert sum(near) / len(near) >= 0.6


def test_answers_that_deserve_nothing_get_nothing_or_a_look(grader: Grader, bank: dict[str, Rubric]) -> None:
    good = [
        (grade.score or 0) <= LOW or (row["expect"] == "low" and grade.needs_review)
        for row, grade in graded("adversarial", grader, bank)
    ]
    assert sum(good) / len(good) >= 0.75


def test_presentation_moves_no_score(grader: Grader, bank: dict[str, Rubric]) -> None:
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for row, grade in graded("invariance", grader, bank):
        groups[row["group"]][row["id"].split("/")[1]] = grade.score or 0
    same = [all(abs(score - group["plain"]) <= SAME for score in group.values()) for group in groups.values()]
    assert sum(same) / len(same) >= 0.78


def test_knowing_nothing_earns_nothing(grader: Grader, bank: dict[str, Rubric]) -> None:
    assert grader.grade(bank["bundled/ce_vs_mse"], "不知道。不会。").score == 0
