"""What the grades of many answers say together: how hard questions are, what was missed, who wrote the same.

    gathering = Gathering(rubrics)
    for submission, grade in graded:
        gathering.add(submission, grade)
    cohort = gathering.cohort()

Classical item analysis after Lord and Novick (1968): difficulty is the mean share of the credit that was earned (the
p-value: 1 is easy), discrimination the corrected item-total correlation (with the rest of the total, so that an item is
not correlated with itself; for right or wrong it is the point-biserial).
"""

from kaoguan.cohort.gathering import Gathering
from kaoguan.cohort.model import Cohort, Copy, Item, Missed, PointItem, QuestionItem

__all__ = ["Cohort", "Copy", "Gathering", "Item", "Missed", "PointItem", "QuestionItem"]
