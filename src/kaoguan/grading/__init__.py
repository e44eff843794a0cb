"""Grading: judges rule on key points, the grader adds up.

Grader(judge).grade(rubric, answer) -> Grade
"""

from kaoguan.grading.grader import Grader, Judge

__all__ = ["Grader", "Judge"]
