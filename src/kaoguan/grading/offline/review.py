"""When a person should look at a grade, and why: short codes that a report puts into words."""

from kaoguan.grading.offline.labels import CONTRADICTED
from kaoguan.grading.offline.ruling import Ruling
from kaoguan.grading.offline.signals import Signals


def reasons(ruling: Ruling, signals: Signals, *, unsure: bool, ordered: bool, long: bool) -> tuple[str, ...]:
    """Return the reasons to review, none when the grade can stand.

    Only orders to the grader, a very long answer and low confidence ask for a review; the other codes say where low
    confidence comes from.
    """
    found = ["injection_suspected"] if ordered else []
    if long:
        found.append("too_long")
    if unsure:
        found += ["low_confidence", *_causes(ruling, signals)]
    return tuple(found)


def _causes(ruling: Ruling, signals: Signals) -> list[str]:
    whole = {name: float(column[0]) for name, column in signals.columns.items()}
    against = ruling.probabilities[:, CONTRADICTED]
    causes = {
        "contradiction_uncertain": bool(((against > 0.25) & (against < 0.75)).any()),
        "language_mismatch": whole["foreign"] > 0.6,
        "no_shared_words": whole["rubric_said"] < 0.08,
        "keyword_list": whole["function_words"] < 0.04 and whole["from_rubric"] > 0.3,
        "restates_question": whole["question_said"] > 0.7 and whole["from_question"] > 0.5,
    }
    return [code for code, present in causes.items() if present]
