"""The offline judge: rules on key points with local sentence vectors and a small calibrated model, no network.

    answer ─► normalise ─► clauses ─► windows ─► signals per key point ─► model ─► verdicts, confidence, evidence

Every span it reports is in characters of the answer as it was typed; every number it learned is in `data/`, made by
`benchmarks/offline/fit.py`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kaoguan.grading.offline.judge import OfflineJudge

__all__ = ["OfflineJudge"]


def __getattr__(name: str) -> Any:
    # numpy comes with it, 0.2 s: the LLM judge reads answers with the modules beside it, and needs none.
    if name == "OfflineJudge":
        from kaoguan.grading.offline.judge import OfflineJudge

        return OfflineJudge
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
