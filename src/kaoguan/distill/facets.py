"""The parts that answers are made of (definition, causes, remedies …), found in the labels of a document."""

import re
from enum import StrEnum
from typing import NamedTuple


class Facet(StrEnum):
    """What a labelled part of an answer says about its subject."""

    DEFINITION = "definition"
    CAUSE = "cause"
    REMEDY = "remedy"
    ADVANTAGE = "advantage"
    DRAWBACK = "drawback"
    STEP = "step"
    ROLE = "role"
    EFFECT = "effect"
    PRINCIPLE = "principle"
    DIFFERENCE = "difference"
    USE = "use"
    EXAMPLE = "example"
    KIND = "kind"
    SUMMARY = "summary"


_WORDS = {
    # Longest and most telling first: 「解决方法」 before 「方法」.
    Facet.REMEDY: r"解决(?:方法|方案|办法|措施|思路|手段|策略)?|应对(?:方法|措施|策略)?|处理(?:方法|办法)"
    r"|缓解(?:方法|办法|措施)?|改进(?:方法|措施)"
    r"|防止(?:方法|办法|措施)?|优化(?:方法|手段|策略)|(?:怎么|如何)(?:解决|处理|避免|缓解|防止|应对)|方法|办法"
    r"|措施|方案"
    r"|solutions?|remed(?:y|ies)|fix(?:es)?|mitigations?|how to (?:fix|solve|prevent|avoid|reduce)(?: it| them"
    r"| this)?",
    Facet.CAUSE: r"产生(?:的)?原因|原因|成因|起因|为什么(?:会)?(?:产生|出现|发生)?|causes?|reasons?|why it happens",
    Facet.DRAWBACK: r"缺点|劣势|不足(?:之处)?|局限(?:性)?|弊端|cons|disadvantages?|drawbacks?|limitations?|weaknesses",
    Facet.ADVANTAGE: r"优点|优势|好处|pros|advantages?|benefits?|strengths",
    Facet.STEP: r"(?:算法|工作|执行|训练)?流程|步骤|(?:实现|计算|训练)?过程|做法|steps?|procedure|workflow"
    r"|algorithm|pipeline",
    Facet.EFFECT: r"影响|后果|表现|现象|症状|危害|effects?|symptoms?|consequences?|signs",
    Facet.ROLE: r"作用|用途|目的|意义|动机|功能|purpose|role|motivation|goal",
    Facet.PRINCIPLE: r"(?:基本|核心|工作)?(?:原理|思想|机制|思路)|principle|(?:key |main |core )?idea|intuition"
    r"|how it works|mechanism",
    Facet.DIFFERENCE: r"区别|差异|不同(?:点|之处)?|对比|比较|异同|differences?|comparison",
    Facet.USE: r"(?:适用|应用|使用)(?:场景|范围|场合)?|场景|use cases?|applications?|when to use(?: it)?",
    Facet.EXAMPLE: r"例子|示例|举例(?:说明)?|案例|examples?",
    Facet.KIND: r"分类|种类|类型|类别|types?|kinds?|variants?",
    Facet.SUMMARY: r"总结(?:下来|一下)?|小结|综上(?:所述)?|一句话(?:总结|概括)?|结论|summary|conclusion"
    r"|in short|tl;?dr",
    Facet.DEFINITION: r"定义|概念|是什么|含义|简介|介绍|definition|what (?:it|this) is|meaning|overview",
}
_PATTERNS = {facet: re.compile(rf"(?:{words})$", re.IGNORECASE) for facet, words in _WORDS.items()}
_FILLER = re.compile(
    r"^(?:\W|_)+|^(?:常见|主要|一般|通常|可能|具体|典型|常用|几种|几个|其|它|下面|以下|一些|the|its|common|main"
    r"|typical|possible|key|some)"
    r"(?=的|\s|[\u3400-\u9fff]|$)|(?:产生|出现|造成|导致|发生|存在|主要|常见|常用|具体|可能|典型|一般|的|of|'s"
    r"|’s|有|:|：|\s)+$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[:：?？。\s]+$|(?:如下|有哪些|是什么|包括|主要有|有以下几(?:点|种|个)|of the above)$", re.IGNORECASE
)
# Labels that name no subject and no facet.
_EMPTY = re.compile(
    r"(?:注意(?:事项|点)?|补充(?:说明)?|扩展|拓展|要点|核心(?:要点)?|关键点?|回答|答案|参考答案|思路|说明|备注|其他|详解|详细(?:解释|说明|解答)|标准回答|解析|分析"
    r"|加分项|面试官视角|notes?|details?|answer|explanation|key points?|remarks?|more|tips?)",
    re.IGNORECASE,
)
_OF = re.compile(r"^(?:the )?(?P<facet>[\w ]+?) (?:of|for|to) (?P<subject>.+)$", re.IGNORECASE)


class Labelled(NamedTuple):
    """A label taken apart: the facet it names and what it is the facet of (empty when the label does not say)."""

    facet: Facet | None
    subject: str


def read_label(text: str) -> Labelled:
    """Return what a label such as 「过拟合的常见原因：」 names."""
    text = _stripped(_TAIL, text)
    if _EMPTY.fullmatch(text):
        return Labelled(None, "")
    if match := _OF.match(text):
        for facet, pattern in _PATTERNS.items():
            if pattern.fullmatch(match["facet"].strip()):
                return Labelled(facet, match["subject"])
    for facet, pattern in _PATTERNS.items():
        if match := pattern.search(text):
            before = text[: match.start()]
            if before and before[-1].isascii() and before[-1].isalnum() and match[0][0].isascii():
                continue  # "applications" ends in no "cations"
            return Labelled(facet, _stripped(_FILLER, before))
    return Labelled(None, text)


def _stripped(pattern: re.Pattern[str], text: str) -> str:
    while (shorter := pattern.sub("", text)) != text:
        text = shorter
    return text
