"""Sections that talk about the text, the course it belongs to or the interview, and teach nothing."""

import re
from collections.abc import Iterator, Sequence

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.questions.asking import demands
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
    r"|本(?:课程?|章|节|书|教程|系列|仓库|项目|专栏|笔记|手册|指南|站|单元|文档?|资料)|(?:这|该)(?:门课|篇|本书|个(?:仓库|项目|系列|教程|课程|专栏))"
    r"|[你您](?:将|会|可以)(?:学到|学会|掌握|了解)|我们(?:将|会)(?:学习|介绍|讨论)|面试(?!题)"
    r"|我(?:当时|答|说|回答|没答|不会|没有?答)|答(?:的是|得|出来|上来)|(?:拿|给|发|收|到)了? ?offer"
    r"|读者|公众号|下一[章节课]",
    re.IGNORECASE,
)
# Of the sentences of a section so many talk.
_SHARE, _SHARE_OF_TITLE = 0.5, 0.33
_ITSELF = re.compile(
    r"\b(?:this|these) (?:\w+ )?(?:series|notebooks?|guides?|courses?|modules?|tutorials?|books?|repo(?:sitory)?)\b"
    r"|\bas an? (?:interviewer|candidate|beginner)\b|(?:本|这门|这个)(?:课程?|教程|系列|仓库|专栏|手册)",
    re.IGNORECASE,
)


# What a reader is to do or to have, in a plan, a guide, an advertisement: "practice X", 「掌握……」, "5 years".
_LEARNS = (
    r"practi[cs]e|review|study|revise|memori[sz]e|brush up|know|master|familiari[sz]e|get (?:familiar|comfortable)"
    r"|work through|stay (?:updated|up to date)|be (?:able|ready|prepared) to|prepare (?:for|a|an|your|to|answers)"
    r"|learn (?:how|about|to|the basics)|read (?:and|about|up|papers|books|chapters?|the (?:paper|book|docs))"
    r"|understand (?:how|and|key|concepts|the (?:basics|difference|concept|theory|math))|focus on"
)
_TOLD_TO_LEARN = re.compile(
    rf"\W*(?:[^:：]{{2,40}}[:：]\s*)?(?:(?:{_LEARNS}|proficien\w+ (?:in|with)|experience (?:with|in)|ability to"
    r"|strong (?:\w+ )?(?:knowledge|understanding|experience|skills)|bachelor|master's degree|\d\+? years)\b"
    r"|熟悉|熟练|精通|掌握|复习|准备(?:面试|简历|好)|刷题|背诵|本科|硕士|博士|有\S{2,20}经验)",
    re.IGNORECASE,
)
# "Read and memorize:", "Study:" say it of all that stands below them.
_LEARN_LABEL = re.compile(
    rf"\W*(?:{_LEARNS}|read|learn|understand|resources|topics to cover|goals?|deliverables?)(?: \w+){{0,3}}\W*[:：]\W*"
    r"|\W*(?:学习(?:资源|目标|内容|计划)|推荐资源|岗位职责|任职要求|职位要求|岗位要求|技能要求|加分项)\W*",
    re.IGNORECASE,
)


def is_about_text(question: str, answer: Sequence[Block]) -> bool:
    """Return whether at least half of what a section says is about the text or to its reader, or its title is."""
    if _ITSELF.search(question):
        return True
    told = talking = 0
    for block, labelled in _with_labels(answer):
        for sentence in sentences(block.text, is_chinese(block.text)):
            if block.kind is BlockKind.TABLE or "://" in sentence:
                continue
            told += 1
            plain = sentence.replace("’", "'")
            talking += labelled or _TALKS.search(plain) is not None or _TOLD_TO_LEARN.match(plain) is not None
    share = _SHARE if question == "" or demands(question, is_chinese(question)) else _SHARE_OF_TITLE
    return talking >= share * told and talking >= min(told, 2) > 0


def _with_labels(answer: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, and whether it stands below a label that tells its reader to learn something."""
    level: int | None = None
    for block in answer:
        if level is not None and block.level <= level:
            level = None
        if level is None and _LEARN_LABEL.fullmatch(block.text):
            level = block.level
        yield block, level is not None


# "Discuss caching and sharding", "Anagrams: Write a function that …": what a candidate is to do, not what is so.
_TASK = re.compile(
    r"(?:[^:.]{2,60}: )?(?:explain|describe|discuss|mention|outline|propose|emphasi[sz]e|highlight"
    r"|write (?:an?|the|some|pseudo|code|sql)|(?<=: )(?:compare|create|implement|design|solve|derive|prove))\b",
    re.IGNORECASE,
)


def sets_task(claim: str) -> bool:
    """Return whether a claim tells the candidate what to speak about, or only asks why."""
    return _TASK.match(claim) is not None or _ASKS_WHY.fullmatch(claim) is not None


_ASKS_WHY = re.compile(r"(?!这)[^，。：；]{2,24}(?:为啥|为什么)[^，。：；]{2,20}")
