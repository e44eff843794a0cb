"""Everything measured about an answer, one row per claim: what the model decides from.

The first columns are about one claim, the others about the whole answer and the same in every row. All of them are
relative (to the background, to the other claims, to what the reference answer itself reaches), so that what is learned
on some questions holds on others; none is the length of the answer.
"""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kaoguan.embeddings import Embedder
from kaoguan.grading.offline.alignment import Alignment, align
from kaoguan.grading.offline.background import Background, Vectors
from kaoguan.grading.offline.overlap import tokens
from kaoguan.grading.offline.polarity import Comparison, Profile, compare, profile
from kaoguan.grading.offline.prepared import Prepared
from kaoguan.grading.offline.reading import Reading
from kaoguan.grading.offline.segments import Clause, Window
from kaoguan.grading.offline.similarity import Similarity, similarity
from kaoguan.grading.offline.style import function_share, style
from kaoguan.grading.offline.wanted import expressed
from kaoguan.grading.offline.whole import whole

# How much shared wording counts beside closeness of meaning when the evidence is chosen, and what each further clause
# costs: the shortest stretch that says it is the best quotation.
_WORDING, _CLAUSE_COST = 0.4, 0.015


@dataclass(frozen=True)
class Signals:
    """`columns[name][c]` is a signal of claim c (key points first); `evidence[c]` the window that speaks for it."""

    columns: dict[str, Vectors]
    evidence: NDArray[np.intp]


def read(prepared: Prepared, reading: Reading, embedder: Embedder, background: Background) -> Signals:
    """Return the signals of an answer that has at least one window, by one call of the embedder."""
    windows, everything, terms = reading.encode(embedder)
    similar = similarity(prepared, background, background.centre(windows), background.centre(everything[None])[0])
    return measure(prepared, reading, similar, terms)


def measure(prepared: Prepared, reading: Reading, similar: Similarity, term_vectors: Vectors) -> Signals:
    """Return the signals of an answer that has at least one window."""
    parts, windows = reading.answering, reading.windows
    contained = prepared.vocabulary.weights @ prepared.vocabulary.rows([window.text for window in windows]).T
    clause_count = np.array([window.last - window.first for window in windows], np.float32)
    strength = similar.table + _WORDING * contained - _CLAUSE_COST * (clause_count - 1)
    evidence = strength.argmax(axis=1)
    worded = (contained - 1e-3 * clause_count).argmax(axis=1)
    columns = {
        **_meaning(prepared, similar, evidence),
        **_wording(prepared, parts, contained, windows, evidence, worded),
        **_direction(prepared, parts, windows, evidence, worded),
        **expressed(prepared.wanted, reading.said, term_vectors, windows, evidence),
    }
    columns |= whole(prepared, similar, columns, style(prepared, parts), windows, evidence)
    claims = len(prepared.claims)
    full = {name: np.broadcast_to(np.asarray(column, np.float32), (claims,)) for name, column in columns.items()}
    return Signals(full, evidence)


def _meaning(prepared: Prepared, similar: Similarity, evidence: NDArray[np.intp]) -> dict[str, Vectors]:
    table, points = similar.table, prepared.points
    claims = np.arange(len(table))
    best, at = table.max(axis=1), table[:, evidence]
    own = table[claims, evidence]
    rivals = _rivals(at, points)
    siblings = _siblings(at, points)
    expected = np.concatenate([prepared.expected, np.full(len(table) - points, 0.7, np.float32)])
    return {
        "z": (best - prepared.mean) / prepared.spread,
        "cosine": best,
        "own": own,
        "reached": own / np.maximum(0.3, expected),
        "demoted": similar.demoted.max(axis=1),
        "beyond_question": own - similar.question[evidence],
        "over_siblings": own - siblings,
        "over_rivals": own - rivals,
        "rivals": rivals,
        "row_z": (own - table[:points].mean(axis=1).mean()) / (table[:points].std() + 0.05),
        "whole": similar.whole,
        "shared_evidence": (evidence[None, :points] == evidence[:, None]).sum(axis=1) / max(1, points),
        "second": np.sort(table, axis=1)[:, -min(4, table.shape[1])],
        "nearest_rival": _nearest_rival(prepared, table, points),
        "over_opposite": similar.plain[claims, evidence] - similar.opposed[claims, evidence],
        "claim_size": np.log1p(np.array([len(claim) for claim in prepared.tokens], np.float32)),
        "claim_function_words": np.array([function_share(claim) for claim in prepared.texts], np.float32),
        "over_elsewhere": own - similar.elsewhere[evidence],
        "top_three": np.sort(table, axis=1)[:, -3:].mean(axis=1),
    }


def _rivals(at: Vectors, points: int) -> Vectors:
    """Return, at each claim's evidence, the similarity of the best claim of the other kind."""
    of_points = at[points:, :points].max(axis=0) if len(at) > points else np.full(points, -0.2, np.float32)
    rivals: Vectors = np.concatenate([of_points, at[:points, points:].max(axis=0)])
    return rivals


def _siblings(at: Vectors, points: int) -> Vectors:
    """Return, at each claim's evidence, the similarity of the best other claim of the same kind."""
    others = at.copy()
    np.fill_diagonal(others, -1)
    of_points = others[:points, :points].max(axis=0) if points > 1 else np.zeros(points, np.float32)
    rest = others[points:, points:]
    of_rest = rest.max(axis=0) if len(rest) > 1 else np.zeros(len(rest), np.float32)
    siblings: Vectors = np.maximum(-0.2, np.concatenate([of_points, of_rest]))
    return siblings


def _nearest_rival(prepared: Prepared, table: Vectors, points: int) -> Vectors:
    """Return how strongly the answer states the claim of the other kind that is closest to each claim."""
    if len(table) == points:
        return np.zeros(points, np.float32)
    best = (table.max(axis=1) - prepared.mean) / prepared.spread
    kinship = prepared.claims[:points] @ prepared.claims[points:].T
    stated: Vectors = np.concatenate(
        [
            best[points:][kinship.argmax(axis=1)] * kinship.max(axis=1),
            best[:points][kinship.argmax(axis=0)] * kinship.max(axis=0),
        ]
    )
    return stated


def _wording(
    prepared: Prepared,
    parts: list[Clause],
    contained: Vectors,
    windows: list[Window],
    evidence: NDArray[np.intp],
    worded: NDArray[np.intp],
) -> dict[str, Vectors]:
    claims = np.arange(len(contained))
    said = [tokens(window.text) for window in windows]
    everything = prepared.vocabulary.row(" ".join(part.text for part in parts))
    in_all = prepared.vocabulary.weights @ everything
    expected = np.concatenate([prepared.reference_share, np.full(len(claims) - prepared.points, 0.8, np.float32)])
    at_evidence = [align(prepared.tokens[c], said[w]) for c, w in enumerate(evidence)]
    at_worded = [align(prepared.tokens[c], said[w]) for c, w in enumerate(worded)]
    to_reference = _to_reference(prepared, windows, said, evidence)
    return {
        "contained": contained.max(axis=1),
        "contained_own": contained[claims, evidence],
        "contained_all": in_all,
        "contained_reached": in_all / np.maximum(0.3, expected),
        "ordered": _column(at_evidence, "ordered"),
        "swapped": _column(at_evidence, "swapped"),
        "added": _column(at_evidence, "added"),
        "ordered_worded": _column(at_worded, "ordered"),
        "swapped_worded": _column(at_worded, "swapped"),
        "reference_ordered": _column(to_reference, "ordered"),
        "reference_swapped": _column(to_reference, "swapped"),
        "reference_added": _column(to_reference, "added"),
        "function_words_own": np.array([function_share(windows[w].text) for w in evidence], np.float32),
    }


def _to_reference(
    prepared: Prepared, windows: list[Window], said: list[list[str]], evidence: NDArray[np.intp]
) -> list[Alignment]:
    """Return how each claim's evidence departs from the reference answer's wording of it."""
    found = []
    for claim, window in enumerate(evidence):
        if claim < prepared.points:
            wording = prepared.reference[prepared.wordings[claim]].text
            found.append(align(tokens(wording), said[window]))
        else:
            found.append(align(prepared.tokens[claim], said[window]))
    return found


def _direction(
    prepared: Prepared, parts: list[Clause], windows: list[Window], evidence: NDArray[np.intp], worded: NDArray[np.intp]
) -> dict[str, Vectors]:
    # What was said before, repetitions left out: an entity named there may own what follows.
    said = list(accumulate((part.text + ", " for part in parts), initial=""))
    profiles: dict[int, Profile] = {}
    for w in {*evidence.tolist(), *worded.tolist()}:
        profiles[w] = profile(windows[w].text, prepared.contrast, said[windows[w].first])
    pairs = list(zip(evidence.tolist(), worded.tolist(), strict=True))
    own = [compare(prepared.profiles[c], profiles[e]) for c, (e, _) in enumerate(pairs)]
    by_words = [compare(prepared.profiles[c], profiles[w]) for c, (_, w) in enumerate(pairs)]
    reference = [
        compare(prepared.wording_profiles[c] if c < prepared.points else prepared.profiles[c], profiles[e])
        for c, (e, _) in enumerate(pairs)
    ]
    return {
        **{name: _column(own, name) for name in Comparison._fields},
        "net": _column(own, "net"),
        "net_worded": _column(by_words, "net"),
        "against": _against(own) + _against(by_words),
        "reference_net": _column(reference, "net"),
        "reference_against": _against(reference),
        "reference_more_negators": _column(reference, "more_negators"),
    }


def _against(found: list[Comparison]) -> Vectors:
    return np.array([item.conflict + item.bound_conflict for item in found], np.float32)


def _column(found: list[Comparison] | list[Alignment], name: str) -> Vectors:
    return np.array([getattr(item, name) for item in found], np.float32)
