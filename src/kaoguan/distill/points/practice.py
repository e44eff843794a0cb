"""What an answer says one does, "I cache frequent queries", as what is done: "Cache frequent queries"."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.statement import Statement

# "How do you …?", "What is your approach to …?"
_ASKS_YOU = re.compile(
    r"\b(?:how|what|which|when|where)\b[^?]{0,40}\b(?:do|would|should|can|could|will) (?:you|we|i)\b"
    r"|\bwhat (?:is|are|would be) your\b|\byour (?:approach|strategy|process)\b",
    re.IGNORECASE,
)
_PRACTICE = re.compile(
    r"(?P<before>^|[.;:] )(?:I|[Ww]e)(?:['’](?:d|ll)| would| will| can| should)? "
    r"(?P<often>(?:also|always|usually|typically|often|generally|first|then) )?"
    r"(?P<done>(?!\w+(?:ed|ly)\b|(?:also|always|often|first|then|just|even|still|only|am|are|was|were|been|be|have|had|do"
    r"|did|not|never|think|believe|know|like|love|want|need|feel|hope|guess|mean|say|said|see|saw|found|built|made|took"
    r"|ran|wrote|went|led|kept|got|chose|would|could|should|might|may|must|cannot|can)\b)[a-z]{2,})"
    r"(?=[ -])(?![^.;]*\b(?:I|my|me|mine|we|our|us)\b)",
)


def with_practice(question: str, found: Sequence[Statement]) -> list[Statement]:
    """Return the statements with what the speaker does as what is to be done, where the question asks for that."""
    if not _ASKS_YOU.search(question):
        return [*found]
    return [one._replace(text=_PRACTICE.sub(_done, one.text)) for one in found]


def _done(match: re.Match[str]) -> str:
    said = (match["often"] or "") + match["done"]
    return match["before"] + said[:1].upper() + said[1:]
