"""Whether two claims of an answer say the same, one in a sentence and one in a table or a summary."""

import re
from functools import lru_cache
from typing import NamedTuple

from kaoguan.distill.points.draft import Draft
from kaoguan.text.overlap import STOP
from kaoguan.text.script import HAN, count_han

_TOKENS = re.compile(rf"[{HAN}]|[A-Za-z]+|\d+(?:\.\d+)*")
# Chinese characters and English endings that carry no content; 「HTTPS」 has no ending.
_EMPTY = frozenset(
    "的了是在和与就也都会能可以个之其这那它为并而且或及等有中上里得地着过要还到从由于则即该此各对将把被来做用一种通所"
)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:i[sz](?:ations?|e[sd]?|ing)|ing|ed|es|s|e)$")
# What turns a claim around, or compares: both have it or neither.
_TURNS = re.compile(
    r"不|没|无(?!论)|非|未|否|更|最|较|低|高|大|小|少|多|先|后"
    r"|\b(?:not|no|never|without|cannot|less|more|fewer|than|only|before|after)\b|n't\b",
    re.IGNORECASE,
)
# Letters of formulas stand in every one of them.
_FORMULA = re.compile(r"[=^≤≥←→∑√]|\w\(\w")
# A claim of fewer words, or of less than half the other's, is a name or a part; a Chinese word has two characters.
_FEWEST = 3


class _Said(NamedTuple):
    """The content of a claim: its terms in order, what turns it around, and how many words it has."""

    terms: tuple[str, ...]
    turns: tuple[str, ...]
    words: float
    formula: bool


@lru_cache(maxsize=1024)
def _said(text: str) -> _Said:
    tokens = [one for one in _TOKENS.findall(text) if one not in _EMPTY and f" {one.casefold()} " not in STOP]
    terms = tuple(_ENDING.sub("", one if one.isupper() else one.casefold()).casefold() for one in tokens)
    han = count_han("".join(tokens))
    return _Said(
        terms, tuple(sorted(_TURNS.findall(text.casefold()))), len(terms) - han / 2, _FORMULA.search(text) is not None
    )


def again(one: Draft, other: Draft) -> bool:
    """Return whether all that one claim says is in the other, in its order, of the same thing and nothing turned.

    Where each holds a term that the other lacks, they say different things; so do two cells of a table.
    """
    fewer, more = sorted((_said(one.text), _said(other.text)), key=lambda said: len(said.terms))
    if (one.column and other.column) or fewer.formula or more.formula:
        return False
    if fewer.words < max(_FEWEST, more.words / 2) or fewer.turns != more.turns or fewer.terms[0] != more.terms[0]:
        return False
    rest = iter(more.terms)
    return all(term in rest for term in fewer.terms)
