"""Grading: judges rule on key points, the grader adds up.

Grader(judge).grade(rubric, answer) -> Grade
"""

from kaoguan.grading.grader import Grader
from kaoguan.grading.judge import Judge
from kaoguan.grading.stream import GradeStore, GradeStream

__all__ = ["GradeStore", "GradeStream", "Grader", "Judge"]
