"""When a person should look at a grade, and why: short codes that a report puts into words."""

from kaoguan.grading.offline.labels import CONTRADICTED
from kaoguan.grading.offline.reading import Reading
from kaoguan.grading.offline.ruling import Ruling
from kaoguan.grading.offline.signals import Signals

# Nobody types more in an interview: of 7 400 labelled answers the longest has 820 characters. Far longer ones a person
# looks at, for neither reader nor signals have learned from their like.
_LONG = 1200


def reasons(ruling: Ruling, signals: Signals, reading: Reading, *, unsure: bool) -> tuple[str, ...]:
    """Return the reasons to review, none when the grade can stand.

    Orders to the grader, text in another language, a very long answer and low confidence ask for a review; the other
    codes say where low confidence comes from.
    """
    found = ["injection_suspected"] if reading.orders else []
    if reading.foreign:
        found.append("unreadable")
    if len(reading.text.text) > _LONG:
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
