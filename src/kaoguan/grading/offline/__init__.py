"""The offline judge: rules on key points with local sentence vectors and a small calibrated model, no network.

    answer ─► normalise ─► clauses ─► windows ─► signals per key point ─► model ─► verdicts, confidence, evidence

Every span it reports is in characters of the answer as it was typed; every number it learned is in `data/`, made by
`benchmarks/offline/fit.py`.
"""

from kaoguan.grading.offline.judge import OfflineJudge

__all__ = ["OfflineJudge"]
