"""The terms of a text: the stretches between its empty words, short enough to be compared one by one."""

import re

from kaoguan.grading.offline.lexicon import lexicon

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z0-9+\-/']*(?: [a-z][a-z0-9+\-/']*)*|\d+(?:\.\d+)?")
# Chinese terms have two to seven characters; a longer stretch is cut. English ones are read in pairs of words.
_LONGEST, _CUT, _PAIR = 7, 5, 2


def terms(text: str) -> list[str]:
    """Return the terms of a normalised text in order, repetitions included."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] >= "\u3400":
            found += _chinese(run)
        elif run[0].isdigit():
            found.append(run)
        else:
            found += _english(run.split())
    return found


def _chinese(run: str) -> list[str]:
    found = []
    for stretch in lexicon().empty_pattern.split(run):
        rest = stretch
        while len(rest) > _LONGEST:
            found.append(rest[:_CUT])
            rest = rest[_CUT:]
        if len(rest) > 1:
            found.append(rest)
    return found


def _english(words: list[str]) -> list[str]:
    found: list[list[str]] = [[]]
    for word in words:
        if word in lexicon().empty_words:
            found.append([])
        elif len(found[-1]) == _PAIR:
            found.append([word])
        else:
            found[-1].append(word)
    return [" ".join(pair) for pair in found if pair]
