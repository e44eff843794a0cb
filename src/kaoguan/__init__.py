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
    from kaoguan.assembly import Judging, engine, judging
    from kaoguan.assembly.fitting import fit
    from kaoguan.config import Settings
    from kaoguan.embeddings import Embedder
    from kaoguan.engines.grade_cache import GradeCache
    from kaoguan.errors import InputError, KaoguanError, ProviderError
    from kaoguan.grading import Grader, GradeStream, Judge
    from kaoguan.interview import AsyncInterview, Interview, Mode, Plan, Report
    from kaoguan.models import (
        Grade,
        Judgement,
        KeyPoint,
        Label,
        Misconception,
        ReviewReason,
        Rubric,
        Ruling,
        Submission,
        Verdict,
    )
    from kaoguan.rulings import overrule
    from kaoguan.store import Store

__version__ = "1.0.0rc1"

__getattr__ = face(
    __name__,
    {
        "AsyncInterview": "kaoguan.interview",
        "Embedder": "kaoguan.embeddings",
        "Grade": "kaoguan.models",
        "GradeCache": "kaoguan.engines.grade_cache",
        "GradeStream": "kaoguan.grading",
        "Grader": "kaoguan.grading",
        "InputError": "kaoguan.errors",
        "Interview": "kaoguan.interview",
        "Judge": "kaoguan.grading",
        "Judgement": "kaoguan.models",
        "Judging": "kaoguan.assembly",
        "KaoguanError": "kaoguan.errors",
        "KeyPoint": "kaoguan.models",
        "Label": "kaoguan.models",
        "Misconception": "kaoguan.models",
        "Mode": "kaoguan.interview",
        "Plan": "kaoguan.interview",
        "ProviderError": "kaoguan.errors",
        "Report": "kaoguan.interview",
        "ReviewReason": "kaoguan.models",
        "Rubric": "kaoguan.models",
        "Ruling": "kaoguan.models",
        "Settings": "kaoguan.config",
        "Store": "kaoguan.store",
        "Submission": "kaoguan.models",
        "Verdict": "kaoguan.models",
        "engine": "kaoguan.assembly",
        "fit": "kaoguan.assembly.fitting",
        "judging": "kaoguan.assembly",
        "overrule": "kaoguan.rulings",
        "rubrics": ".",
    },
)

__all__ = [
    "AsyncInterview",
    "Embedder",
    "Grade",
    "GradeCache",
    "GradeStream",
    "Grader",
    "InputError",
    "Interview",
    "Judge",
    "Judgement",
    "Judging",
    "KaoguanError",
    "KeyPoint",
    "Label",
    "Misconception",
    "Mode",
    "Plan",
    "ProviderError",
    "Report",
    "ReviewReason",
    "Rubric",
    "Ruling",
    "Settings",
    "Store",
    "Submission",
    "Verdict",
    "engine",
    "fit",
    "judging",
    "overrule",
    "rubrics",
]
