"""How an answer stands as a whole: means over the key points, its topic, its order, its style."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline import wanted
from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.prepared import Prepared
from kaoguan.grading.offline.segments import Window
from kaoguan.grading.offline.similarity import Similarity
from kaoguan.grading.offline.style import Style

# What is averaged over the key points to say how the answer as a whole stands: an answer with many conflicts is
# suspect in all it says.
_AVERAGED = (
    "z",
    "own",
    "over_rivals",
    "contained",
    "contained_all",
    "ordered",
    "reference_ordered",
    "reference_added",
    "against",
    "net",
    "reference_against",
    "reference_more_negators",
    "reference_swapped",
    "nearest_rival",
    "over_opposite",
    "over_elsewhere",
    "over_foreign",
    "best_over_foreign",
    "said_conflict",
    "said_agree",
    *wanted.NAMES,
)


def whole(
    prepared: Prepared,
    similar: Similarity,
    columns: Mapping[str, Vectors],
    written: Style,
    windows: list[Window],
    evidence: NDArray[np.intp],
) -> dict[str, Vectors]:
    """Return the signals of the answer as a whole, from those of its claims and the way it is written."""
    points = prepared.points
    single = [w for w, window in enumerate(windows) if window.last - window.first == 1]
    table = similar.table[:, single]
    near_point = table[:points].max(axis=0)
    near_rival = table[points:].max(axis=0) if len(table) > points else np.full(len(single), -0.2, np.float32)
    values = {f"mean_{name}": columns[name][:points].mean() for name in _AVERAGED}
    values |= {
        "topic": similar.topic,
        "topic_over_elsewhere": similar.topic - similar.whole_elsewhere,
        "points_over_elsewhere": similar.whole[:points].max() - similar.whole_elsewhere,
        "topic_over_foreign": similar.topic - similar.whole_foreign,
        "points_over_foreign": similar.whole[:points].max() - similar.whole_foreign,
        "clauses_foreign": (similar.foreign[single] > near_point).mean(),
        "clauses_over_foreign": (near_point - similar.foreign[single]).mean(),
        "in_order": _in_order(prepared, evidence, windows),
        "whole_points": similar.whole[:points].mean(),
        "whole_question": similar.question.mean(),
        "clauses_on_points": near_point.mean(),
        "clauses_on_question": similar.question[single].mean(),
        "clauses_wrong": (near_rival > near_point).mean(),
        "wrongest": (near_rival - near_point).max(),
        "windows_used": len(set(evidence[:points].tolist())) / max(1, points),
        **written._asdict(),
    }
    return {name: np.asarray(value, np.float32) for name, value in values.items()}


def _in_order(prepared: Prepared, evidence: NDArray[np.intp], windows: list[Window]) -> float:
    """Return how far the evidence follows the order of the reference answer, -1 to 1."""
    places = np.array([windows[w].start for w in evidence[: prepared.points]], np.float64)
    expected = np.array([prepared.reference[w].start for w in prepared.stretches], np.float64)
    if len(places) < 3 or places.std() == 0 or expected.std() == 0:
        return 0.0
    return float(np.corrcoef(places, expected)[0, 1])
