"""The parts that answers are made of (definition, causes, remedies …), found in the labels of a document."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kaoguan.distill.text.talk import TALK
from kaoguan.text.script import HAN


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
    SIGN = "sign"
    PRINCIPLE = "principle"
    DIFFERENCE = "difference"
    USE = "use"
    EXAMPLE = "example"
    KIND = "kind"
    SUMMARY = "summary"
    METHOD = "method"
    """A remedy where something is wrong with its subject; else how it is done, which is no part of its own."""


# Words that name a facet wherever a label ends in them; the longest and most telling first.
_STRONG = {
    Facet.SUMMARY: r"优缺点|优劣势?|总结(?:下来|一下)?|小结|综上(?:所述)?|一句话(?:总结|概括)?|pros and cons",
    Facet.REMEDY: r"解决(?:方法|方案|办法|措施|思路|手段|策略)?"
    r"|(?:应对|处理|缓解|改进|防止|预防)(?:方法|办法|措施|策略|方案|手段)|(?:怎么|如何)(?:解决|处理"
    r"|避免|缓解|防止|应对)",
    Facet.CAUSE: r"产生(?:的)?原因|原因|成因|起因|为什么(?:会)?(?:产生|出现|发生)",
    # 「训练不足」 is itself what is wrong.
    Facet.DRAWBACK: rf"缺点|劣势|(?:(?<![{HAN}])|(?<=的)|(?<=存在))不足(?:之处)?|局限(?:性)?|弊端",
    Facet.ADVANTAGE: r"优点|优势|好处",
    Facet.STEP: r"(?:算法|工作|执行|训练)?流程|步骤",
    Facet.EFFECT: r"影响|后果|危害",
    Facet.ROLE: r"作用|用途|目的|动机",
    Facet.PRINCIPLE: r"(?:基本|核心|工作)?原理|(?:基本|核心)思想",
    Facet.DIFFERENCE: r"区别|差别|差异|不同(?:点|之处)|异同",
    Facet.USE: r"(?:适用|应用|使用)(?:场景|范围|场合)",
    Facet.DEFINITION: r"定义|是什么|含义",
}
# Words that name one only by themselves or after 「的」: 「注意力机制」 is no mechanism of attention.
_WEAK = {
    Facet.METHOD: r"方法|办法|措施|方案|solutions?",
    Facet.REMEDY: r"remed(?:y|ies)|fix(?:es)?|mitigations?"
    r"|how to (?:fix|solve|prevent|avoid|reduce)(?: it| them| this)?",
    Facet.CAUSE: r"为什么|causes?|reasons?|why it happens",
    Facet.DRAWBACK: r"cons|disadvantages?|drawbacks?|limitations?|weaknesses",
    Facet.ADVANTAGE: r"pros|advantages?|benefits?|strengths",
    Facet.STEP: r"(?:实现|计算|训练|推导)?过程|做法|steps?|procedure|workflow|algorithm",
    Facet.EFFECT: r"effects?|consequences?",
    Facet.SIGN: r"表现|现象|症状|symptoms?|signs",
    Facet.ROLE: r"意义|功能|purpose|role|motivation|goal|used for",
    Facet.PRINCIPLE: r"思想|机制|思路|principle|(?:key |main |core )?idea|intuition|how it works|mechanism",
    Facet.DIFFERENCE: r"不同|对比|比较|differences?|comparison",
    Facet.USE: r"应用|场景|use cases?|applications?|when to use(?: it)?",
    Facet.EXAMPLE: r"例子|示例|举例(?:说明)?|案例|examples?",
    Facet.KIND: r"分类|种类|类型|类别|types?|kinds?|variants?",
    Facet.SUMMARY: r"结论|summary|conclusion|in[ -]short|(?:one|1)[ -]line (?:revision|summary)|tl;?dr",
    Facet.DEFINITION: r"概念|简介|介绍|definition|what (?:it|this) is|meaning|overview",
}
_ALONE = r"(?:^|(?<=的)|(?<=常用)|(?<=常见)|(?<=主要)|(?<=具体)|(?<=典型)|(?<='s )|(?<=common )|(?<=main )|(?<=its ))"
_PATTERNS = [
    *((facet, re.compile(rf"(?:{words})$")) for facet, words in _STRONG.items()),
    *((facet, re.compile(rf"{_ALONE}(?:{words})$", re.IGNORECASE)) for facet, words in _WEAK.items()),
]
_FILLER = re.compile(
    r"^(?:\W|_)+|^(?:常见|主要|一般|通常|可能|具体|典型|常用|几种|几个|其|它|下面|以下|一些|the|its|common|main"
    r"|typical|possible|key|some)"
    rf"(?=的|\s|[{HAN}]|$)|有[两二三四五六七八九十几多\d]+(?:[个种]|方面)?的?$"
    r"|主?要?有以下[一两二三四五六七八九十几\d]*[个种点]?$|的[一两二三四五六七八九十几][个种]的?$|(?:特点|特性|表现)?\s*[/、]$"
    rf"|(?:(?<=.)\s*简单|产生|出现|造成|导致|发生|存在|主要|常见|常用|具体|可能|典型|一般|的|of|'s"
    r"|’s|有|:|：|\s)+$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[:：?？。\s]+$|(?:如下|有哪些|是什么|包括|主要|主要有|大致为|大致是|分为|(?<=[程骤法])[为是]"
    r"|有以下几(?:点|种|个)|of the above)$",
    re.IGNORECASE,
)
# Labels that name no subject and no facet.
_EMPTY = re.compile(
    r"(?:注意(?:事项|点)?|补充(?:说明)?|扩展|拓展|要点|核心(?:要点)?|关键点?|回答|答案|参考答案|思路|说明|备注"
    r"|其他|refs?|links?|sources?|来源|详解|详细(?:解释|说明|解答)|标准回答|解析|分析|注解|答案要点|答案解析"
    r"|回答要点|(?:答题|强答|高分|作答|设计)(?:要点|骨架|点|思路)|加分[句点]|\d+ ?(?:秒|分钟)答|A?\s*[（(]候选人[)）]"
    r"|descriptions?|expected(?: answer| output)?|concepts?(?: / examples?)?"
    r"|(?:详细)?展开|延伸|加分项|面试官视角|(?:主要|重点)?(?:考察?|得分|采分|踩分)要?点|考查点|(?:key|core"
    r"|main) (?:characteristics|concepts?|features?|components?|ideas?|takeaways?"
    r"|distinctions?|considerations?|aspects?"
    r"|insights?|elements?)(?: and operations?)?|practical (?:applications?|implications?|considerations?"
    r"|repercussions?|tips?)|how it works in practice"
    rf"|{TALK}"
    r"|notes?|details?|(?:(?:detailed|short|quick|long|technical|simple|plain|formal|brief"
    r"|\d+[- ]?(?:second|sec|minute|min)s?) )*(?:answer|explanation)"
    r"|\d+ ?(?:秒|分钟)(?:面试)?(?:回答|版)?|前言|引言|序言|ans|candidate|interviewer|key points?|remarks?|more|tips?"
    r"|(?:[^，。:：]{1,8}(?<!如何)|.{0,12}\b)(?:回答|(?<=一句话)答案|answer)(?: / .*)?"
    r"|core mechanics?|occurr?[ae]nce situations?|[\w#+.]+(?: / \w+)+ view|候选人(?:的?回答)?|面试官"
    r"|(?:面试)?核心回答.{0,30}|实现方式|基本思路|两者|二者|trick|involves?|for|decide)",
    re.IGNORECASE,
)
# "Example with numbers", 「生活中的类比」: what stands below is about one case.
_EXAMPLES = re.compile(
    r"^(?:[\w-]+ ){0,2}(?:examples?|analog(?:y|ies))\b[^?]{0,20}$|^.{0,6}(?:类比|比喻).{0,4}$"
    r"|^.{0,6}(?:例子|示例|举例)(?:说明)?$",
    re.IGNORECASE,
)
# 「计算优势」 is a step of an algorithm, and no advantage.
_DOES = re.compile("计算|估计|归一化")
# 「举例 / Practical Example」: the same label in two languages.
_IN_BOTH = re.compile(rf"^(?P<name>[^/A-Za-z]{{0,20}}[{HAN}][^/A-Za-z]{{0,20}}?)\s+/\s+[A-Z][A-Za-z -]+(?=[:：]?$)")
# "a) Bias"
_COUNT = re.compile(r"^(?:\(?[A-Ha-h]\)\s*|[A-H]\.\s+)(?=[A-Z])")
_OF = re.compile(r"^(?:the )?(?P<facet>[\w ]+?) (?:of|for|to|(?<=steps )in) (?P<subject>.+)$", re.IGNORECASE)


# 「各种操作」, 「受到三个因素」, 「指标解释」: what leads into a list names nothing that its items are about.
_LEADS_IN = re.compile(
    r"^(?:各[种个类]|其[他它]|一些|常[见用]|关键|重要|几[个种类]|以下|优化方向|设计要点|[比例]如|(?:思路|方法|方案|策略)[一二三四五六\d]+$)"
    r"|以下|如下|需要?注意"
    r"|(?:[一二两三四五六七八九十\d几]|多) ?大?[个种点类处项](?:[^，]{0,5}| ?[A-Za-z]+)$"
    r"|(?:解释|说明|列表)$|(?:包括|包含|分为|需要|维护|使用|有)(?:以下|如下)?$"
    r"|^(?:other|some|several|key|important|common|these|following|why|how|what)\b|\b(?:steps|challenges|differences|reasons"
    r"|ways)$",
    re.IGNORECASE,
)


def leads_in(label: str) -> bool:
    """Return whether a label only leads into a list and is no name of what its items are about."""
    return _LEADS_IN.search(re.sub(r"\s*[（(][^（）()]*[)）]$", "", label.rstrip(":： "))) is not None


class LabelledText(NamedTuple):
    """A label taken apart: the facet it names and what it is the facet of (empty when the label does not say)."""

    facet: Facet | None
    subject: str


# Asked of the same texts again and again.
@lru_cache(maxsize=4096)
def read_label(text: str) -> LabelledText:
    """Return the subject and the facet of a label such as 「过拟合的常见原因：」."""
    text = _stripped(_TAIL, _IN_BOTH.sub(r"\g<name>", _COUNT.sub("", text)))
    if _EMPTY.fullmatch(text):
        return LabelledText(None, "")
    if _EXAMPLES.search(text):
        return LabelledText(Facet.EXAMPLE, "")
    if match := _OF.match(text):
        inner = read_label(match["facet"].strip())
        if inner.facet and not inner.subject:
            return LabelledText(inner.facet, match["subject"])
    for facet, pattern in _PATTERNS:
        if (match := pattern.search(text)) and not (
            facet is Facet.ADVANTAGE and _DOES.fullmatch(text[: match.start()])
        ):
            return LabelledText(facet, _stripped(_FILLER, text[: match.start()]))
    return LabelledText(None, text)


def _stripped(pattern: re.Pattern[str], text: str) -> str:
    while (shorter := pattern.sub("", text)) != text:
        text = shorter
    return text
