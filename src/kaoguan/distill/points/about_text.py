"""Sections that talk about the text, the course it belongs to or the interview, and teach nothing."""

import re
from collections.abc import Iterator, Sequence

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.text.talk import leads_into_learning, talks_of_text, tells_to_learn
from kaoguan.text.script import is_chinese

# Of the sentences of a section so many talk.
_SHARE, _SHARE_OF_TITLE = 0.5, 0.33
_ITSELF = re.compile(
    r"\b(?:this|these) (?:\w+ )?(?:series|notebooks?|guides?|courses?|modules?|tutorials?|books?|repo(?:sitory)?)\b"
    r"|\bas an? (?:interviewer|candidate|beginner)\b|(?:本|这门|这个)(?:课程?|教程|系列|仓库|专栏|手册)",
    re.IGNORECASE,
)


def is_about_text(question: str, answer: Sequence[Block]) -> bool:
    """Return whether at least half of what a section says is about the text or to its reader, or its title is."""
    if _ITSELF.search(question):
        return True
    told = talking = 0
    for block, labelled in _with_labels(answer):
        for sentence in sentences(block.text, is_chinese(block.text)):
            if "://" in sentence:
                continue
            told += 1
            if block.kind is BlockKind.TABLE:
                continue
            plain = sentence.replace("’", "'")
            talking += labelled or talks_of_text(plain) or tells_to_learn(plain)
    share = _SHARE if question == "" or demands(question, is_chinese(question)) else _SHARE_OF_TITLE
    return talking >= share * told and talking >= min(told, 2) > 0


def _with_labels(answer: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, and whether it stands below a label that tells its reader to learn something."""
    level: int | None = None
    for block in answer:
        if level is not None and block.level <= level:
            level = None
        if level is None and leads_into_learning(block.text):
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
