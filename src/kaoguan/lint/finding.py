"""What the linter says."""

from enum import StrEnum

from kaoguan.models import Model


class Severity(StrEnum):
    """Whether a finding makes the rubric unfit or only worse than it could be."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Every kind of finding; the number never changes its meaning."""

    SCHEMA = "R000"
    NOT_ATOMIC = "R101"
    OVERLAP = "R102"
    LEAK = "R103"
    NO_SOURCE = "R104"
    SAME_POINT = "R105"
    SAME_PARAPHRASE = "R106"
    HOLLOW = "R107"
    ORNAMENT = "R108"
    TOPIC = "R109"
    NOT_ALONE = "R110"
    NAME = "R111"
    DRAFT = "R112"
    REFERENCE = "R201"
    UNREACHABLE = "R202"
    AGAINST = "R203"
    MISCONCEPTION = "R301"


_ERRORS = {Code.SCHEMA, Code.SAME_POINT, Code.MISCONCEPTION}
_FIXABLE = {Code.LEAK, Code.SAME_POINT, Code.SAME_PARAPHRASE, Code.MISCONCEPTION}


class Finding(Model):
    """One finding: its place in the rubric (`key_points[p3].follow_up`), what is wrong and what to do."""

    code: Code
    place: str
    what: str
    mend: str

    @property
    def severity(self) -> Severity:
        """Return how bad it is."""
        return Severity.ERROR if self.code in _ERRORS else Severity.WARNING

    @property
    def fixable(self) -> bool:
        """Return whether `kaoguan rubrics check --fix` mends it."""
        return self.code in _FIXABLE
