"""The hybrid judge: offline and LLM side by side, so that each covers the other's blind side."""

from kaoguan.grading.hybrid.fallback import FallbackJudge
from kaoguan.grading.hybrid.judge import HybridJudge, When

__all__ = ["FallbackJudge", "HybridJudge", "When"]
