"""kaoguan (考官): rubrics, an interviewer and a grader that say how sure they are.

    from kaoguan import Grader, rubrics
    bank = rubrics.load_bundled()
    grade = Grader.offline().grade(bank["optimizer"], "优化器根据梯度更新参数，让损失不断变小。")

Names are resolved on first use, so that `import kaoguan` (and `kaoguan --help`) costs nothing.
"""

from typing import TYPE_CHECKING

from kaoguan.faces import face

if TYPE_CHECKING:
    from kaoguan import rubrics
    from kaoguan.embeddings import Embedder
    from kaoguan.errors import InputError, KaoguanError, ProviderError
    from kaoguan.grading import Grader
    from kaoguan.interview import Interview
    from kaoguan.models import Grade, KeyPoint, Label, Misconception, Rubric, Submission, Verdict

__version__ = "0.1.0"

__getattr__ = face(
    __name__,
    {
        "Embedder": "kaoguan.embeddings",
        "Grade": "kaoguan.models",
        "Grader": "kaoguan.grading",
        "InputError": "kaoguan.errors",
        "Interview": "kaoguan.interview",
        "KaoguanError": "kaoguan.errors",
        "KeyPoint": "kaoguan.models",
        "Label": "kaoguan.models",
        "Misconception": "kaoguan.models",
        "ProviderError": "kaoguan.errors",
        "Rubric": "kaoguan.models",
        "Submission": "kaoguan.models",
        "Verdict": "kaoguan.models",
        "rubrics": ".",
    },
)

__all__ = [
    "Embedder",
    "Grade",
    "Grader",
    "InputError",
    "Interview",
    "KaoguanError",
    "KeyPoint",
    "Label",
    "Misconception",
    "ProviderError",
    "Rubric",
    "Submission",
    "Verdict",
    "rubrics",
]
