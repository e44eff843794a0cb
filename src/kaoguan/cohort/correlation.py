"""Means, deviations and correlations of numbers that come one after the other."""

import math


class Pairs:
    """Pairs of numbers seen so far, in six sums (Welford's update: no loss of digits however many there are)."""

    def __init__(self) -> None:
        self.count = 0
        self.mean = 0.0
        self._other_mean = 0.0
        self._squares = 0.0
        self._other_squares = 0.0
        self._products = 0.0

    def add(self, value: float, other: float = 0.0) -> None:
        """Take one pair; `other` may be left out where only the first number is of interest."""
        self.count += 1
        delta, other_delta = value - self.mean, other - self._other_mean
        self.mean += delta / self.count
        self._other_mean += other_delta / self.count
        self._squares += delta * (value - self.mean)
        self._other_squares += other_delta * (other - self._other_mean)
        self._products += delta * (other - self._other_mean)

    @property
    def deviation(self) -> float | None:
        """Return the sample's standard deviation of the first numbers; None below two."""
        return math.sqrt(self._squares / (self.count - 1)) if self.count > 1 else None

    @property
    def correlation(self) -> float | None:
        """Return Pearson's r; None below three pairs, or where one side is all alike."""
        # Sums of differences that ought to be 0 come out a little above it.
        if self.count < 3 or min(self._squares, self._other_squares) < 1e-9:
            return None
        return max(-1.0, min(1.0, self._products / math.sqrt(self._squares * self._other_squares)))
