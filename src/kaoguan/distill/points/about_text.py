"""Sections that talk about the text, the course it belongs to or the interview, and teach nothing."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.text.script import is_chinese

# What only a text says of itself: "this series", "each notebook", 「本课程」, 「你将学到」.
_TALKS = re.compile(
    r"\b(?:this|these|the|each|every|our|my|both)(?: [\w-]+)? (?:series|notebooks?|guides?|courses?|modules?"
    r"|tutorials?"
    r"|books?|textbooks?|chapters?|lessons?|lectures?|repo(?:sitory)?|videos?|playlists?|articles?|posts?|workshop"
    r"|curriculum|exercises?"
    r"|cheat ?sheet|roadmap)\b|\bweeks? \d|\b(?:hours|minutes) per (?:week|day)\b|\binterview(?:er|ers|s|ing)?\b"
    r"|\byou(?:'ll| will) (?:learn|see|build|find|know|be able)\b|\bcolab\b|\bnotebooks?\b"
    r"|\bwe(?:'ll| will) (?:cover|learn|discuss|look)\b"
    r"|\b(?:resume|portfolio|mock)\b|\brecord yourself\b"
    r"|本(?:课程?|章|节|书|教程|系列|仓库|项目|专栏|笔记|手册|指南|站|单元|文档?|资料)|(?:这|该)(?:门课|篇|本书"
    r"|个(?:仓库|项目|系列|教程|课程|专栏))"
    r"|[你您](?:将|会|可以)(?:学到|学会|掌握|了解)|我们(?:将|会)(?:学习|介绍|讨论)|面试(?!题)|读者|公众号|下一[章节课]",
    re.IGNORECASE,
)
# Of the sentences of a section so many talk.
_SHARE = 0.5
_ITSELF = re.compile(
    r"\b(?:this|these) (?:\w+ )?(?:series|notebooks?|guides?|courses?|modules?|tutorials?|books?|repo(?:sitory)?)\b"
    r"|\bas an? (?:interviewer|candidate|beginner)\b|(?:本|这门|这个)(?:课程?|教程|系列|仓库|专栏|手册)",
    re.IGNORECASE,
)


def is_about_text(question: str, answer: Sequence[Block]) -> bool:
    """Return whether at least half of what a section says is about the text, or its title is."""
    if _ITSELF.search(question):
        return True
    told = [
        sentence
        for block in answer
        if block.kind is not BlockKind.TABLE
        for sentence in sentences(block.text, is_chinese(block.text))
        if "://" not in sentence
    ]
    talking = sum(_TALKS.search(sentence.replace("’", "'")) is not None for sentence in told)
    return talking > _SHARE * len(told) or (talking > 1 and talking == _SHARE * len(told))
