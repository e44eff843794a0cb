"""From documents to draft rubrics: questions, answers as atomic key points, each with the lines it comes from.

    distilled = OfflineDistiller().distill([documents.read("notes.md")])
    apply(folder, plan(folder, distilled.rubrics, comment="…"))

`plan` compares with what is in the folder: what was edited by hand stays, ids stay, and nothing is written before
`apply`. LlmDistiller does the same with a language model and keeps only what the document says.
"""

from kaoguan.distill.distilled import Distilled, Distiller, Dropped, UnansweredQuestion
from kaoguan.distill.folder.folder import ChangeKind, RubricChange, apply, plan
from kaoguan.distill.model.distiller import Estimate, LlmDistiller
from kaoguan.distill.offline import OfflineDistiller
from kaoguan.distill.unfilled import unfilled

__all__ = [
    "ChangeKind",
    "Distilled",
    "Distiller",
    "Dropped",
    "Estimate",
    "LlmDistiller",
    "OfflineDistiller",
    "RubricChange",
    "UnansweredQuestion",
    "apply",
    "plan",
    "unfilled",
]
