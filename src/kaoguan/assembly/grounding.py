"""Whether words support a claim, ruled by the offline judge: what keeps a language model's rubrics grounded."""

from kaoguan.assembly.judges import judging
from kaoguan.distill.model.grounding import Supports, lexically
from kaoguan.models import KeyPoint, Label, Rubric


def supports(embedder: str | None = None) -> Supports:
    """Return a check that asks for both: most of the claim's content in the words, or the judge's word for it.

    Raises as `judging` and `Judging.grader` do.
    """
    grader = judging("offline", embedder).grader()

    def supported(claim: str, words: str) -> bool:
        point = KeyPoint(id="p1", text=claim, weight=1)
        rubric = Rubric(
            id="claim",
            language="zh",
            topic="-",
            difficulty=1,
            question="-",
            reference_answer=claim,
            key_points=(point,),
        )
        label = grader.grade(rubric, words).verdicts[0].verdict
        if label is Label.CONTRADICTED:
            return False
        return label is Label.COVERED or lexically(claim, words)

    return supported
