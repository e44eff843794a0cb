"""The words of a claim and of its question, as strings such as "begin:it is"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kaoguan.text.script import HAN

_TOKEN = re.compile(rf"[{HAN}]|[a-z]+(?:'[a-z]+)?|0|[^\s\w]")
_LABEL = re.compile(r"([^:：]{1,40})[:：]\s*(\S.*)", re.DOTALL)


LABEL = "label:"
"""What the word that is a claim's whole label begins with."""


def parts(text: str) -> tuple[str, str]:
    """Return the label in front of a claim, or nothing, and the rest."""
    labelled = _LABEL.match(text)
    return (labelled[1], labelled[2]) if labelled else ("", text)


def words(text: str) -> Iterator[str]:
    """Yield the words of a claim, one and two at a time, and those that it begins and ends with."""
    label, body = parts(text)
    tokens, rest = _tokens(text), _tokens(body)
    if label:
        yield LABEL + " ".join(_tokens(label))
    yield from (f"said:{token}" for token in tokens)
    yield from (f"said:{a} {b}" for a, b in pairwise(tokens))
    for length in (1, 2, 3):
        yield "begin:" + " ".join(tokens[:length])
        yield "after label:" + " ".join(rest[:length])
        yield "end:" + " ".join(tokens[-length:])


def ends(question: str) -> Iterator[str]:
    """Yield the words that a question begins and ends with."""
    tokens = _tokens(question)
    for length in (1, 2, 3):
        yield "asked:" + " ".join(tokens[:length])
        yield "asked at the end:" + " ".join(tokens[-length:])


def asked(question: str) -> Iterator[str]:
    """Yield the words of a question, one and two at a time, and those that it begins and ends with."""
    tokens = _tokens(question)
    yield from (f"asks:{token}" for token in tokens)
    yield from (f"asks:{a} {b}" for a, b in pairwise(tokens))
    yield from ends(question)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(re.sub(r"\d+", "0", text.casefold()))
