"""The LLM judge: rubric checks by any OpenAI-compatible endpoint, with evidence that is really in the answer."""

from kaoguan.grading.llm.judge import LLMJudge

__all__ = ["LLMJudge"]
