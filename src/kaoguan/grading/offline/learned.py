"""Which questions the judge has learned from: there its reader is worth more than on those that are new to it."""

import hashlib
from collections.abc import Container

from kaoguan.models import Rubric
from kaoguan.text.readable import readable


def marks(rubric: Rubric) -> list[int]:
    """Return a number of 64 bits for each key point, which changes with its text or the question's."""
    question = readable(rubric.question).text
    texts = (f"{question}\n{readable(point.text).text}" for point in rubric.key_points)
    return [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]


def learned(rubric: Rubric, known: Container[int]) -> bool:
    """Return whether more than half of a rubric's key points are among those learned, whatever its id."""
    own = marks(rubric)
    return 2 * sum(mark in known for mark in own) > len(own)
