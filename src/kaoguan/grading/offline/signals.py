"""Everything measured about an answer, one row per claim: what the model decides from.

The first columns are about one claim, the others about the whole answer and the same in every row. All of them are
relative (to the background, to the other claims, to what the reference answer itself reaches), so that what is learned
on some questions holds on others; none is the length of the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.alignment import align
from kaoguan.grading.offline.background import Background, Vectors, best_of
from kaoguan.grading.offline.overlap import tokens
from kaoguan.grading.offline.polarity import Comparison, Profile, Scan, compare
from kaoguan.grading.offline.prepared import Prepared
from kaoguan.grading.offline.reading import Encoded, Reading
from kaoguan.grading.offline.segments import Clause, Window
from kaoguan.grading.offline.similarity import Similarity, similarity
from kaoguan.grading.offline.style import function_share, style
from kaoguan.grading.offline.wanted import expressed
from kaoguan.grading.offline.whole import whole

X = TypeVar("X")
Y = TypeVar("Y")

# How much shared wording counts beside closeness of meaning when the evidence is chosen, and what each further clause
# costs: the shortest stretch that says it is the best quotation.
_WORDING, _CLAUSE_COST = 0.4, 0.015


@dataclass(frozen=True)
class Signals:
    """`columns[name][c]` is a signal of claim c (key points first); `evidence[c]` the window that speaks for it."""

    columns: dict[str, Vectors]
    evidence: NDArray[np.intp]


def read(prepared: Prepared, reading: Reading, encoded: Encoded, background: Background) -> Signals:
    """Return the signals of an answer that has at least one window."""
    centred, topic = background.centre(encoded.windows), background.centre(encoded.whole[None])[0]
    similar = similarity(prepared, background, centred, topic)
    parts, windows = reading.answering, reading.windows
    per_wording = prepared.vocabulary.weights @ prepared.vocabulary.rows([window.text for window in windows]).T
    contained = best_of(per_wording, prepared.wording_claims)
    clause_count = np.array([window.last - window.first for window in windows], np.float32)
    strength = similar.table + _WORDING * contained - _CLAUSE_COST * (clause_count - 1)
    evidence = strength.argmax(axis=1)
    worded = (contained - 1e-3 * clause_count).argmax(axis=1)
    nearest = _nearest(prepared, similar.wordings + _WORDING * per_wording, evidence)
    columns = {
        **_meaning(prepared, similar, evidence),
        **_wording(prepared, parts, contained, windows, evidence, worded, nearest),
        **_direction(prepared, parts, windows, evidence, worded, nearest),
        **expressed(prepared.wanted, prepared.wording_claims, reading.said, encoded.terms, windows, evidence),
    }
    shared = whole(prepared, similar, columns, style(prepared, parts), windows, evidence)
    full = {name: np.asarray(column, np.float32) for name, column in columns.items()}
    full |= {name: np.full(len(evidence), value, np.float32) for name, value in shared.items()}
    return Signals(full, evidence)


def _nearest(prepared: Prepared, strength: Vectors, evidence: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each claim the one of its wordings that its evidence resembles most."""
    at = strength[np.arange(len(strength)), evidence[prepared.wording_claims]]
    order = np.lexsort((-at, prepared.wording_claims))
    nearest: NDArray[np.intp] = order[np.searchsorted(prepared.wording_claims[order], np.arange(len(evidence)))]
    return nearest


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
        "claim_size": np.log1p(np.array([len(claim) for claim in prepared.tokens[: len(table)]], np.float32)),
        "claim_function_words": np.array([function_share(claim) for claim in prepared.texts], np.float32),
        "over_elsewhere": own - similar.elsewhere[evidence],
        "over_foreign": own - similar.foreign[evidence],
        "best_over_foreign": (table - similar.foreign).max(axis=1),
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
    nearest: NDArray[np.intp],
) -> dict[str, Vectors]:
    claims = np.arange(len(contained))
    said = [tokens(window.text) for window in windows]
    everything = prepared.vocabulary.row(" ".join(part.text for part in parts))
    in_all = best_of(prepared.vocabulary.weights @ everything, prepared.wording_claims)
    expected = np.concatenate([prepared.reference_share, np.full(len(claims) - prepared.points, 0.8, np.float32)])
    at_evidence, at_worded, to_reference = _each_way(
        align, prepared.tokens, prepared.stretch_tokens, said, evidence, worded, nearest
    )
    ordered, swapped, added = np.array(at_evidence, np.float32).T
    ordered_worded, swapped_worded, _ = np.array(at_worded, np.float32).T
    reference_ordered, reference_swapped, reference_added = np.array(to_reference, np.float32).T
    return {
        "contained": contained.max(axis=1),
        "contained_own": contained[claims, evidence],
        "contained_all": in_all,
        "contained_reached": in_all / np.maximum(0.3, expected),
        "ordered": ordered,
        "swapped": swapped,
        "added": added,
        "ordered_worded": ordered_worded,
        "swapped_worded": swapped_worded,
        "reference_ordered": reference_ordered,
        "reference_swapped": reference_swapped,
        "reference_added": reference_added,
        "function_words_own": np.array([function_share(windows[w].text) for w in evidence], np.float32),
    }


def _direction(
    prepared: Prepared,
    parts: list[Clause],
    windows: list[Window],
    evidence: NDArray[np.intp],
    worded: NDArray[np.intp],
    nearest: NDArray[np.intp],
) -> dict[str, Vectors]:
    profiles = _profiles(prepared, parts, windows, {*evidence.tolist(), *worded.tolist()})
    own, by_words, reference = _each_way(
        compare, prepared.profiles, prepared.stretch_profiles, profiles, evidence, worded, nearest
    )
    return {
        **dict(zip(Comparison._fields, np.array(own, np.float32).T, strict=True)),
        "net": np.array([found.net for found in own], np.float32),
        "net_worded": np.array([found.net for found in by_words], np.float32),
        "against": _against(own) + _against(by_words),
        "reference_net": np.array([found.net for found in reference], np.float32),
        "reference_against": _against(reference),
        "reference_more_negators": np.array([found.more_negators for found in reference], np.float32),
    }


def _each_way(
    measure: Callable[[X, X], Y],
    claims: Sequence[X],
    stretches: Sequence[X],
    said: Sequence[X] | Mapping[int, X],
    evidence: NDArray[np.intp],
    worded: NDArray[np.intp],
    nearest: NDArray[np.intp],
) -> tuple[list[Y], list[Y], list[Y]]:
    """Return each claim's nearest wording measured against its evidence and against the window that shares most words.

    And, third, the reference's own wording of it against the evidence; a misconception has none but its own.
    """
    triples = list(zip(nearest.tolist(), evidence.tolist(), worded.tolist(), strict=True))
    at_evidence = [measure(claims[n], said[e]) for n, e, _ in triples]
    at_worded = [
        found if w == e else measure(claims[n], said[w]) for found, (n, e, w) in zip(at_evidence, triples, strict=True)
    ]
    to_reference = [
        measure(stretches[c], said[e]) if c < len(stretches) else at_evidence[c] for c, (_, e, _) in enumerate(triples)
    ]
    return at_evidence, at_worded, to_reference


def _profiles(prepared: Prepared, parts: list[Clause], windows: list[Window], wanted: set[int]) -> dict[int, Profile]:
    """Return the direction of these windows; an entity named before one may own what it says."""
    # Joined afresh, repetitions left out, as the windows are.
    scan = Scan.of(", ".join(part.text for part in parts), prepared.contrast)
    starts = list(accumulate((len(part.text) + 2 for part in parts), initial=0))
    return {w: scan.profile(starts[windows[w].first], starts[windows[w].last] - 2) for w in wanted}


def _against(found: list[Comparison]) -> Vectors:
    return np.array([item.conflict + item.bound_conflict for item in found], np.float32)
