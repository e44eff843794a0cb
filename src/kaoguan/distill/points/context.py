"""What all the claims of a document are like: a course text or a guide is told from an interview note by what its
claims have in common, and not by any one of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from kaoguan.distill.points.traits import Traits

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


def in_context(document: Sequence[Sequence[Traits]]) -> list[list[Traits]]:
    """Return the traits of a document's claims, answer by answer, each with the numbers of the document added."""
    around = _numbers(document)
    return [[one._replace(numbers={**one.numbers, **around}) for one in section] for section in document]


def _numbers(document: Sequence[Sequence[Traits]]) -> Mapping[str, float]:
    claims = [[one.numbers.get(name, 0.0) for name in AVERAGED] for section in document for one in section]
    means = np.mean(claims, axis=0) if claims else np.zeros(len(AVERAGED))
    return {f"all {name}": float(mean) for name, mean in zip(AVERAGED, means, strict=True)}
