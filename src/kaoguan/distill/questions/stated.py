"""Titles that state something or tell what to do, and ask nothing."""

import re

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.counted import counted
from kaoguan.text.script import is_chinese


def states(title: str) -> bool:
    """Return whether a title states something, or begins to, or is a piece of a program: "-> K2 V2"."""
    if _EN_JOINED.match(title):
        return True
    if demands(title, is_chinese(title)) or re.search(
        "[?？]|请|求|假设|输出|解释|说明|[讲说]一?下|哪|什么|多少", title
    ):
        return False
    if re.search(r"^[-=]+>|\w ?=$|^[\w.]+ ?=(?!=) ?\S+$|\S = \S|^(?:…|\.{3})|(?:…|\.{3})$", title):
        return True
    if is_chinese(title):
        long = len(title) > _LONGEST_TITLE and re.search("[，。；].*[，。；]", title) is not None
        return (
            long
            or (title.endswith("。") and "，" in title)
            or _ZH_BEGUN.search(title) is not None
            or re.search("并非|不是|不只是|不仅|而是|从而|因此|所以", title) is not None
        )
    return _EN_SENTENCE.search(title) is not None


_LONGEST_TITLE = 40
# 「从计算过程看」, 「如果数据很少」, 「继承了父类」, 「……，参数求解通过」: a piece of a sentence.
_ZH_BEGUN = re.compile(
    r"^(?:如果|假如|但(?!丁)|而(?!立)|考虑(?!因素)|以后|然后|还有|由于|\w{2,3}了(?!解))|^从[^，到]+(?:来)?看$|放在一起|(?<![运实延及定超耗临计历按平工同小译])(?<!运行)时$|(?:通过|因为|为了|根据|例如|比如)[。：]?$"
)
# "And the payoff?", "But surely it is slow?": an answer to what was said before; "When the degree grows" is a clause.
_EN_JOINED = re.compile(
    r"(?:and|but|so|real talk|surely|maybe)\b(?!-)(?!.*\b(?:what|why|how|which|when|explain|describe)\b)"
    r"|when (?:an?|the|we|you|they) (?!.*\b(?:what|why|how|which|would|should|do|does)\b)[^,?]*$",
    re.IGNORECASE,
)
_EN_SENTENCE = re.compile(
    r"\b(?:because|that|where|which|to|is|are|was|when|if|with|for|of|and|or)$|\bcan be (?:\w+ ){1,2}as$"
    r"|^(?:let(?:'s|’s| us)?|notes? (?:with|from)|this|these|it)\b(?!-)(?! vs\b)"
    r"|^(?!how|why|what|when|where)(?:[\w-]+ ){1,4}is (?:an?|the|real)\b"
    r"|^(?:an?|the) (?:\S+ ){2,}(?:is|are|differs?|has|have|means) |^(?:an?|the) .*\b(?:can|should|must|will)$",
    re.IGNORECASE,
)


def tells(title: str) -> bool:
    """Return whether an English title is a sentence, or tells what to do: "Use smaller batches"; counts aside.

    Among the questions of a list the same words may be a case that asks for an opinion.
    """
    several = re.search(r"[.:;] \S", title) is not None or demands(title, chinese=False)
    told = _EN_FINITE.match(title) or _EN_ADVICE.match(title)
    return told is not None and not (several or counted(title))


# "Regularization helps in three situations": a subject and its verb, and no clause that tells of which thing.
_EN_FINITE = re.compile(
    r"(?!(?:the |an? )?(?:how|why|what|when|where|which|who|whether|if|ways?|to|do|does|is|are|can|should|must|will|may"
    r"|was|were|has|have)\b)"
    r"(?:(?!(?:that|which|who|whose|where|when|why|how|what|if|whether|it|you|we|to|they|i|every)\b)[\w/'’,-]+ ){1,9}?"
    r"(?:is|are|was|were|has|have|can|cannot|can[’']t|should|must|do not|don[’']t|doesn[’']t|isn[’']t|aren[’']t"
    r"|supports|offers|provides|allows|enables|requires|contains|consists|prevents|improves|reduces|makes|lets|helps"
    r"|depends|becomes|gives|creates|performs|handles) \w",
    re.IGNORECASE,
)
_EN_ADVICE = re.compile(
    r"(?:make|use(?! (?:cases?|of)\b)|eliminate|avoid|reduce(?! (?:side|tasks?|phase|functions?)\b)|remove|improve"
    r"|increase|choose|ensure|configure|install|minimi[sz]e|maximi[sz]e|optimi[sz]e|prevent|keep|apply|enable|disable"
    r"|load (?:data|the|an?|your)|handle (?:the|an?|your))"
    r" (?!(?:vs|and|versus|or)\b)[A-Za-z]",
    re.IGNORECASE,
)
