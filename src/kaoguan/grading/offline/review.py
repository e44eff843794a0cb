"""When a person should look at a grade, and why: short codes that a report puts into words."""

from collections.abc import Mapping

from kaoguan.grading.offline.company import LABELS
from kaoguan.grading.offline.ruling import Ruling
from kaoguan.grading.offline.signals import Signals
from kaoguan.models import Label

_CONTRADICTED = LABELS.index(Label.CONTRADICTED)


def reasons(
    settings: Mapping[str, float], ruling: Ruling, signals: Signals, *, ordered: bool, cut: bool
) -> tuple[str, ...]:
    """Return the reasons to review, none when the grade can stand.

    Only orders to the grader, a cut answer and low confidence ask for a review; the other codes say where low
    confidence comes from.
    """
    found = ["injection_suspected"] if ordered else []
    if cut:
        found.append("too_long")
    if ruling.doubt > settings["doubt_threshold"]:
        found += ["low_confidence", *_causes(ruling, signals)]
    return tuple(found)


def _causes(ruling: Ruling, signals: Signals) -> list[str]:
    whole = {name: float(column[0]) for name, column in signals.columns.items()}
    against = ruling.probabilities[:, _CONTRADICTED]
    causes = {
        "contradiction_uncertain": bool(((against > 0.25) & (against < 0.75)).any()),
        "language_mismatch": whole["foreign"] > 0.6,
        "no_shared_words": whole["rubric_said"] < 0.08,
        "keyword_list": whole["function_words"] < 0.04 and whole["from_rubric"] > 0.3,
        "restates_question": whole["question_said"] > 0.7 and whole["from_question"] > 0.5,
    }
    return [code for code, present in causes.items() if present]
