"""An assertion for promptfoo: the output is graded by the rubric that the test case names.

tests:
  - vars: {question: 优化器的作用是什么？, rubric: optimizer}
    assert:
      - {type: python, value: "file://promptfoo_assert.py", threshold: 0.6}
"""

from functools import cache
from typing import Any

from kaoguan import Grader, rubrics

grader = cache(Grader.offline)  # loaded once, at the first test case
bank = cache(rubrics.load_bundled)


def get_assert(output: str, context: dict[str, Any]) -> dict[str, Any]:
    """Return promptfoo's grading result: a score of 0 to 1, with one component per key point."""
    rubric = bank()[context["vars"]["rubric"]]
    grade = grader().grade(rubric, output)
    score = (grade.score or 0.0) / 100
    least = context.get("config", {}).get("pass_at", 0.6)
    parts = [
        {"pass": verdict.verdict == "covered", "score": float(verdict.verdict == "covered"), "reason": point.text}
        for point, verdict in zip(rubric.key_points, grade.verdicts, strict=True)
    ]
    return {"pass": score >= least, "score": score, "reason": grade.feedback, "componentResults": parts}
