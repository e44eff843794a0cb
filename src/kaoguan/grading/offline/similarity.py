"""How close in meaning each window of an answer is to each claim of the rubric."""

from dataclasses import dataclass

import numpy as np

from kaoguan.grading.offline.background import Background, Vectors, unit
from kaoguan.grading.offline.prepared import Prepared


@dataclass(frozen=True)
class Similarity:
    """Cosines of centred vectors: `table[c, w]` of claim c (best of its wordings) with window w.

    `wordings[i, w]` is the same for each wording alone, `opposed` for the claims said the wrong way round; `elsewhere`
    is the nearest background sentence, `foreign` the nearest statement of the field that belongs to another question.
    """

    table: Vectors
    wordings: Vectors
    question: Vectors
    demoted: Vectors
    whole: Vectors
    plain: Vectors
    opposed: Vectors
    topic: float
    elsewhere: Vectors
    whole_elsewhere: float
    foreign: Vectors
    whole_foreign: float


def similarity(prepared: Prepared, background: Background, windows: Vectors, whole: Vectors) -> Similarity:
    """Return the similarities of the centred vectors of the windows and of the whole answer."""
    per_anchor = prepared.anchors @ windows.T
    table = np.full((len(prepared.claims), len(windows)), -1, np.float32)
    np.maximum.at(table, prepared.anchor_claims, per_anchor)
    opposed = np.full((len(prepared.claims), len(windows)), -1, np.float32)
    np.maximum.at(opposed, prepared.opposite_claims, prepared.opposites @ windows.T)
    return Similarity(
        table=table,
        wordings=per_anchor[: len(prepared.wording_claims)],
        question=windows @ prepared.question,
        demoted=_without(prepared.claims, prepared.question) @ _without(windows, prepared.question).T,
        whole=prepared.claims @ whole,
        plain=prepared.claims @ windows.T,
        opposed=opposed,
        topic=float(prepared.topic @ whole),
        elsewhere=(background.centred @ windows.T).max(axis=0),
        whole_elsewhere=float((background.centred @ whole).max()),
        foreign=(background.field @ windows.T)[prepared.foreign].max(axis=0),
        whole_foreign=float((background.field @ whole)[prepared.foreign].max()),
    )


def _without(vectors: Vectors, direction: Vectors) -> Vectors:
    """Return the vectors less their part along `direction`: what they say beyond the question."""
    return unit(vectors - (vectors @ direction)[:, None] * direction)
