"""How an answer is written, whatever it says: sentences or a heap of terms, its own words or the rubric's."""

import re
import zlib
from typing import NamedTuple

import numpy as np

from kaoguan.grading.offline.lexicon import lexicon
from kaoguan.grading.offline.overlap import units
from kaoguan.grading.offline.prepared import Prepared
from kaoguan.grading.offline.segments import Clause, size

_WORD = re.compile(r"[a-z']+|[\u3400-\u9fff]")


class Style(NamedTuple):
    """Shares between 0 and 1 unless said otherwise."""

    function_words: float
    terse: float
    clause_size: float
    clause_spread: float
    compressed: float
    from_question: float
    question_said: float
    from_rubric: float
    rubric_said: float
    foreign: float
    negators: float
    verbatim: float


def style(prepared: Prepared, parts: list[Clause]) -> Style:
    """Return the style of the clauses that answer; there must be at least one."""
    text = ", ".join(part.text for part in parts)
    sizes = np.array([size(part.text) for part in parts], dtype=np.float32)
    said, asked = units(text), units(prepared.question_text)
    known = units(prepared.reference_text).union(*(units(claim) for claim in prepared.texts[: prepared.points]))
    encoded = text.encode()
    copied = [part.text in prepared.reference_clauses for part in parts]
    return Style(
        function_words=function_share(text),
        terse=float(np.mean([function_share(part.text) == 0 for part in parts])),
        clause_size=float(np.log1p(sizes.mean())),
        clause_spread=float(sizes.std() / max(1.0, sizes.mean())),
        compressed=len(zlib.compress(encoded)) / max(40, len(encoded)),
        from_question=len(said & asked) / max(1, len(said)),
        question_said=len(said & asked) / max(1, len(asked)),
        from_rubric=len(said & known) / max(1, len(said)),
        rubric_said=len(said & known) / max(1, len(known)),
        foreign=abs(_latin_share(text) - _latin_share(" ".join(prepared.texts[: prepared.points]))),
        negators=len(lexicon().negators(text)) / len(parts),
        verbatim=float(sizes[copied].sum() / max(1.0, sizes.sum())),
    )


def function_share(text: str) -> float:
    """Return the share of words that only hold a sentence together; a list of terms has next to none."""
    words = _WORD.findall(text)
    function = lexicon().function_words
    return sum(word in function for word in words) / max(1, len(words))


def _latin_share(text: str) -> float:
    words = _WORD.findall(text.lower())
    return sum(1 for word in words if word[0] < "\u2e80") / max(1, len(words))
