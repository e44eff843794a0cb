"""Answers in quotation marks or in brackets: what one would say, 「……？（……）」, without what is around it."""

import re

from kaoguan.distill.questions.asking import Asks, asks, is_task
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section
from kaoguan.text.script import is_chinese

# "Hybrid search finds … It costs …": several sentences, or one long one.
_QUOTED = re.compile(r"[“\"](?P<said>[^“”\"]+)[”\"][。.]?")
_BRACKETED = re.compile(
    r"[（(](?!source|see|来源|参考|参见|见)(?P<said>[^（）()]+(?:[（(][^（）()]*[）)][^（）()]*)*)[）)][。.]?", re.I
)
_LONG_QUOTED, _LONG_BRACKETED = {True: 40, False: 90}, {True: 20, False: 60}


def unwrapped(section: Section) -> Section:
    """Return a section whose paragraphs of quoted speech, and whose only paragraph in brackets, are plain."""
    answer = tuple(_without(_QUOTED, _LONG_QUOTED, block) for block in section.answer)
    if len(answer) == 1:
        answer = (_without(_BRACKETED, _LONG_BRACKETED, answer[0]),)
    return section._replace(answer=answer)


def _without(marks: re.Pattern[str], long: dict[bool, int], block: Block) -> Block:
    match = marks.fullmatch(block.text) if block.kind is not BlockKind.TABLE else None
    said = match["said"].strip() if match else ""
    chinese = is_chinese(said)
    told = len(said) >= long[chinese] and not is_task(said) and asks(said, chinese) is not Asks.YES
    return block._replace(text=said) if told else block
