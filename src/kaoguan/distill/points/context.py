"""What stands around a claim: the claims before and after it, what else its document says, and what all claims of the
document are like. A course text or a guide is told from an interview note by what its claims have in common, and a
piece of a list by its neighbours."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kaoguan.distill.points.traits import Traits
from kaoguan.distill.points.words import LABEL

AVERAGED = (
    *("q asks", "q mark", "q term", "q length", "q bold", "q level", "q numbered"),
    *("length", "digits", "han", "label", "leans", "speaks", "listed", "subject", "column", "verbatim", "colons"),
    *(
        "capital",
        "share of block",
        "says the topic",
        "quotes",
        "sentences",
        "weight",
        "formula",
        "mathematics",
        "gives",
    ),
)
"""Numbers of a claim of which a document has a mean."""
NEXT_TO = ("log length", "leans", "label", "formula", "ends in a word", "listed", "level", "in part")
"""Numbers of a claim that are seen of the one before it and the one after it."""


def in_context(document: Sequence[Sequence[Traits]]) -> list[list[Traits]]:
    """Return the traits of a document's claims, answer by answer, each with the numbers around it added."""
    means = _means(document)
    said = [[_said(one) for one in section] for section in document]
    count = Counter(word for section in said for words in section for word in words)
    labels = [[_label(one) for one in section] for section in document]
    answers = Counter(label for section in labels for label in set(section) - {""})
    return [
        [
            one._replace(
                numbers={**one.numbers, **means, **beside, **_rare(words, count), "so labelled": answers[label]}
            )
            for one, beside, words, label in zip(section, _beside(section, its), its, named, strict=True)
        ]
        for section, its, named in zip(document, said, labels, strict=True)
    ]


def _label(claim: Traits) -> str:
    """Return the label in front of a claim: one that many answers have names a part of the sheet and nothing else."""
    return next((word for word in claim.words if word.startswith(LABEL)), "")


def _means(document: Sequence[Sequence[Traits]]) -> Mapping[str, float]:
    claims = [[one.numbers.get(name, 0.0) for name in AVERAGED] for section in document for one in section]
    means = np.mean(claims, axis=0) if claims else np.zeros(len(AVERAGED))
    return {f"all {name}": float(mean) for name, mean in zip(AVERAGED, means, strict=True)}


def _said(claim: Traits) -> frozenset[str]:
    """Return the pairs of words that stand side by side in a claim."""
    return frozenset(word for word in claim.words if word.startswith("said:") and " " in word)


def _beside(section: Sequence[Traits], said: Sequence[frozenset[str]]) -> Iterator[dict[str, float]]:
    """Yield for each claim of an answer what is seen of those before and after it, and what of it they say too."""
    its = Counter(word for words in said for word in words)
    for i, words in enumerate(said):
        seen: dict[str, float] = {}
        for name, j in (("before", i - 1), ("after", i + 1)):
            there = 0 <= j < len(section)
            seen[f"none {name}"] = not there
            seen[f"said {name}"] = _share(words, said[j]) if there else 0.0
            seen |= {f"{number} {name}": section[j].numbers.get(number, 0.0) if there else 0.0 for number in NEXT_TO}
        again = [its[word] - 1 for word in words]
        size = max(len(words), 1)
        yield seen | {
            "said beside": sum(times > 0 for times in again) / size,
            "said by all": sum(again) / size / max(len(said) - 1, 1),
        }


def _rare(words: frozenset[str], count: Mapping[str, int]) -> dict[str, float]:
    """Return how rare the words of a claim are in its document."""
    size = max(len(words), 1)
    return {
        "common": sum(math.log(count[word]) for word in words) / size,
        "only here": sum(count[word] == 1 for word in words) / size,
    }


def _share(words: frozenset[str], other: frozenset[str]) -> float:
    return len(words & other) / max(len(words), 1)
