"""How far to trust a grader: its agreement with people's grades, beside baselines that anybody could build.

    compare(gold, {"offline": rulings}, baseline_rulings(gold, rubrics, embedder)) -> Evaluation

gold          answers that people have graded
systems       what a system says of each answer, from our grader or from a grades file
metrics       pure arithmetic
agreement     one system against the gold, with intervals
comparison    systems side by side, with the baselines: length only and cosine only, fitted on the other questions
"""

from kaoguan.evaluation.comparison import Evaluation, baseline_rulings, compare
from kaoguan.evaluation.gold import GoldAnswer
from kaoguan.evaluation.systems import SystemGrade, SystemGrades

__all__ = ["Evaluation", "GoldAnswer", "SystemGrade", "SystemGrades", "baseline_rulings", "compare"]
