"""Numbers as people read them; a value that does not exist is a dash everywhere."""

from collections.abc import Iterable

NONE = "–"


def number(value: float | None, digits: int | None = None) -> str:
    """Return a number with so many digits behind the point; None: as many as it has, at most six in all."""
    if value is None:
        return NONE
    return f"{value:g}" if digits is None else f"{value:.{digits}f}"


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the scores that exist, rounded as all scores are; None where there is none."""
    real = [value for value in values if value is not None]
    return rounded(sum(real) / len(real)) if real else None


def rounded(score: float) -> float:
    """Return a score to one decimal: the one place that decides, for screens, files and the database."""
    return round(score, 1)


def percent(value: float | None) -> str:
    """Return a share as whole percent."""
    return NONE if value is None else f"{value:.0%}"


def coefficient(value: float | None) -> str:
    """Return three digits without the zero that every share and correlation starts with: .873, 1.24."""
    if value is None:
        return NONE
    shown = f"{value:.3f}"
    return shown.replace("0.", ".", 1) if shown.startswith(("0.", "-0.")) else shown[:-1]
