"""What a run did, counted as it goes."""

from kaoguan.errors import ProviderError
from kaoguan.files.rows import Rejected
from kaoguan.models import Grade

# How many rejected rows are told in full; the rejects file has them all.
_TOLD = 5


class Summary:
    """Counts of a run, and the first few rejected rows."""

    def __init__(self) -> None:
        self.graded = 0
        self.unscored = 0
        self.needs_review = 0
        self.rejected = 0
        self.not_started = 0
        self.interrupted = False
        self.failure: ProviderError | None = None
        """What ended the run before its end."""
        self.first_rejected: list[Rejected] = []
        self._points = 0.0

    @property
    def mean(self) -> float | None:
        """Return the mean score of the scored answers, 0-100."""
        scored = self.graded - self.unscored
        return self._points / scored if scored else None

    @property
    def complete(self) -> bool:
        """Return whether every row of the file got a score."""
        return not (self.rejected or self.unscored or self.not_started or self.interrupted or self.failure)

    def add(self, grade: Grade) -> None:
        """Count one grade."""
        self.graded += 1
        self.needs_review += grade.needs_review
        if grade.score is None:
            self.unscored += 1
        else:
            self._points += grade.score

    def reject(self, row: Rejected) -> None:
        """Count one rejected row."""
        self.rejected += 1
        if len(self.first_rejected) < _TOLD:
            self.first_rejected.append(row)
