"""What a fit may see of an answer's words: which short sequences occur in it, not how often and not how many."""

import re
from collections.abc import Iterator

from kaoguan.grading.offline.normalise import normalise

# Two and three characters are about a Chinese word; single characters mostly tell how long an answer is.
_LENGTHS = (2, 3)

# Sequences run within a clause only, so that a sentence said twice makes no new ones where its copies meet.
_CLAUSE = re.compile(r"\w+")


def phrases(answer: str) -> frozenset[str]:
    """Return the answer's character sequences, in half width, lower case and simplified characters."""
    return frozenset(_sequences(normalise(answer).text))


def _sequences(text: str) -> Iterator[str]:
    for clause in _CLAUSE.findall(text):
        for length in _LENGTHS:
            for start in range(len(clause) - length + 1):
                yield clause[start : start + length]
