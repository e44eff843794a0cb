"""Sentences in a document that give orders to whoever reads it by machine: they are no knowledge."""

import re

# Only what begins as an order: 「提示注入让模型忽略之前的指令」 is a fact about models and stays.
_ORDER = re.compile(
    r"^\W*(?:请|现在|从现在起|你(?:必须|应该|要)?|系统[:：]|注意|please|now|you must|system:|important:)?"
    r"\s*[,，:：]?\s*"
    r"(?:忽略|无视|忘记|不要理会|ignore|disregard|forget|override)"
    r".{0,30}(?:指令|指示|要求|规则|提示|内容|instructions?|prompts?|rules?|rubrics?|above)"
    r"|(?:给|打|判为?|评为?|记为?|输出|award|give|assign|output|mark).{0,20}"
    r"(?:满分|最高分|full (?:marks?|score|credit)|100 ?分|10/10|all (?:answers|points) (?:as )?(?:correct|covered))",
    re.IGNORECASE,
)


_WORDS = re.compile(
    r"忽略|无视|忘记|不要理会|满分|最高分|100 ?分|ignore|disregard|forget|override|full|10/10|all (?:answers|points)",
    re.IGNORECASE,
)


def may_order(text: str) -> bool:
    """Return whether a text has words of such orders at all."""
    return _WORDS.search(text) is not None


def gives_orders(sentence: str) -> bool:
    """Return whether a sentence tells a model or a grader what to do."""
    return _ORDER.search(" ".join(sentence.split())) is not None
