"""How able a candidate is so far, on the scale of difficulty (1-5): what `--adaptive` chooses the next question by.

An Elo rating: someone is expected to earn half of a question of their own level, three quarters one level below it.
"""

import math
from collections.abc import Iterable

# A level up for a perfect answer to a question of one's own level, a level down for none.
_STEP = 2.0
# One level of difficulty changes the odds threefold.
_LEVEL = math.log(3)
LOWEST, HIGHEST = 1.0, 5.0


def ability(start: float, results: Iterable[tuple[int, float]]) -> float:
    """Return the ability after these (difficulty, score 0-100) in order, beginning at `start`."""
    level = start
    for difficulty, score in results:
        expected = 1 / (1 + math.exp(-_LEVEL * (level - difficulty)))
        level = min(HIGHEST, max(LOWEST, level + _STEP * (score / 100 - expected)))
    return level
