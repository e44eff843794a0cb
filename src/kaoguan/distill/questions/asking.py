"""Whether a line asks: by its words alone."""

import re
from enum import IntEnum
from functools import lru_cache

from kaoguan.text.script import is_chinese


class Asks(IntEnum):
    """How strongly a line asks."""

    NO = 0
    TITLE = 1
    """A noun phrase that could be a question's title: 「过拟合的原因和解决方法」, "Dropout"."""
    YES = 2


_ZH_WORD = re.compile(
    r"为什么|为啥|为何|什么|怎么|怎样|如何|哪些|[有由]那些|哪个|哪种|哪几|多少|是否|有没有|能不能|会不会|何时|何为|几种|吗$|呢$"
)
_ZH_OPEN = re.compile(
    r"^(?:请(?!求)|试(?!验|错)|讲讲|讲一讲|讲下|讲一下|说说|说一说|说一下|说下|谈谈|谈一谈|谈下|聊聊|聊一聊|简述|简要"
    r"|简单(?:介绍|说|讲|描述)|概述|阐述"
    r"|论述|(?:介绍|解释|描述|比较|对比|列举|分析|推导|总结|实现|手写|手推|证明|了解)(?:一下|下)|你(?:是怎么"
    r"|了解|知道|对|会|觉得|认为|能)|手撕|谈及)"
)
_ZH_WEAK_OPEN = re.compile(r"^(?:介绍|解释|描述|比较|对比|列举|推导|手写|写出|说明|了解|什么是|如何)")
_ZH_TITLE = re.compile(
    r"(?:原因|区别|联系|异同|差异|作用|影响|原理|优缺点|优点|缺点|优劣|优势|思想|流程|步骤|过程|方法|方式|公式"
    r"|推导|实现|应用|场景|定义|概念|含义|意义|特点|"
    r"特性|机制|结构|指标|种类|技巧|策略|关系|对比|比较|介绍|理解|问题|复杂度|条件|假设|目的|背景|改进|选择"
    r"|细节|手段|思路|由来)"
    r"(?:[)）]|及其?|和|与|、|是什么|$)"
)
# Verbs that open a task: where a title begins with one it is asked as it stands, and not "Explain Implement a stack".
_ZH_TASK = re.compile(
    r"^(?!(?:实现|设计|计算|证明)[^，。？?：:]{2,24}的(?:方法|方式|原理|步骤|过程|思路|途径|手段)(?:[:：]|$))"
    r"(?:请(?!求)|试|简要|简单|详细|具体|完整|大致|大概)*(?:手写|手撕|手推|手动|推导|写出|写一|写个|编写|列举|列出|实现|证明|画出|画一"
    r"|计算(?![机能图框资引力型量属过公复成效优开节平架单性密视])|求|设计(?!模式|原则|理念|思想)|描述|简述|概述|阐述|论述|介绍|解释|说明|比较|对比|分析|总结|举例|谈谈|讲讲|聊聊|说说|讲一|说一"
    r"|谈一|区分|给出|估算|评价|复述|概括)"
)
_EN_TASK = re.compile(
    r"^(?:please |briefly |now )*(?:(?:list|name|state|code|design|train|build|plot)(?=\s)(?! (?:patterns?"
    r"|principles?|comprehensions?|management|machines?|generation|spaces?|reviews?|smells?|choices?|decisions?|goals?|docs?"
    r"|documents?|transitions?|mangling|values?|data|sets?|tools?|steps?|examples?|cases?|quality)\b)"
    r"|define|implement|compute|calculate|derive|write|prove|show|sketch|draw|estimate|give"
    r"|outline|explain|describe|discuss|compare|contrast|distinguish|differentiate|walk|tell|talk|summari[sz]e"
    r"|find|determine|solve"
    r"|illustrate|demonstrate|evaluate|justify|elaborate|identify|interpret|consider|suppose|assume|imagine"
    r"|construct|formulate|propose|simulate|address(?= (?:the|how|any|an?)\b)"
    r"|generate|convert|discuss|provide|mention|elaborate|clarify|analy[sz]e|assess|argue|highlight"
    r"|specify)\b(?![-/]| (?:vs|versus|and)\b)",
    re.IGNORECASE,
)
_EN_WORD = re.compile(r"^(?:what|why|how|when|which|who|where|whose)\b", re.IGNORECASE)
_EN_OPEN = re.compile(
    r"^(?:please |briefly |can you |could you )?(?:explain|describe|discuss|walk (?:me|us)|tell (?:me|us)"
    r"|talk (?:me|about)"
    r"|compare|contrast|distinguish|differentiate|elaborate|(?:the )?differences? between|in (?:your own|one"
    r"|a few) |(?:name|list|give|state|outline) (?:me |us )?(?:two|three|four|five|some|several|a few"
    r"|an example|the (?:main|key))|(?:list|name) and (?:\w+ly )?(?:explain|describe|discuss|define))\b",
    re.IGNORECASE,
)
_EN_INNER = re.compile(
    r"\b(?:what|why|how|which) (?:is|are|does|do|did|can|would|should|causes?|makes?)\b", re.IGNORECASE
)
_EN_ANY = re.compile(
    r"^(?:is|are|was|do|does|did|can|could|should|would|will|has|have|in|for|given|suppose|if|when|define|list"
    r"|name|give"
    r"|state|outline|derive|show|prove|write|you)\b",
    re.IGNORECASE,
)
# "So why …?" in a paragraph of its own carries the answer on; it opens nothing.
_CARRIES_ON = re.compile(
    r"^(?:那|所以|因此|但|然而|而且|这|它|其(?!他)|于是|不过|首先|其次|上面|下面|上述|本文|大家|我们|另外|接下来"
    r"|换句话|也就是|比如|例如|当然|你可能|有人|因为|同时|还有|最后|至于|可见|注意|so\b|but\b|then\b|and\b|it\b"
    r"|this\b)",
    re.IGNORECASE,
)
# What stands in one line and asks is no longer than this.
_LONGEST = {True: 90, False: 220}
# "study?" is the end of a question that a page break tore.
_SHORTEST = 3
_ENDS = {True: ("。", "；", ";", "，", ",", "!", "！"), False: (".", ":", ";", ",", "!")}
_INSIDE = re.compile(r"[。；;](?=.)|[.!](?=\s+[A-Z])")


# "where X is the covariate" tells what the letters of a formula mean.
_SYMBOLS = re.compile(r"where (?:[A-Za-zΑ-ω]|[A-Za-zΑ-ω]_\S+|\W+\S*) ?(?:is|are|denotes?|=)\b(?!.*\?$)")


# 「……很神奇吧？」 wants to be agreed with; so does a long statement with a mark behind it.
_LONGEST_BARE = 40
_ZH_TAG = re.compile(r"(?:吧|对吗|是吗|对不对|是不是)[?？]$")


# Asked of the same texts again and again.
@lru_cache(maxsize=4096)
def asks(text: str, chinese: bool) -> Asks:
    """Return how strongly a line asks."""
    text = text.strip()
    opens = (_ZH_OPEN if chinese else _EN_OPEN).match(text) is not None
    torn = not chinese and text[:1].islower() and len(text.split()) < _SHORTEST
    stated = _ZH_TAG.search(text) is not None or (len(text) > _LONGEST_BARE and re.search("[，。]", text) is not None)
    told = chinese and stated and _ZH_WORD.search(text) is None and not opens
    told = told or re.search("[。！]那么?我们", text) is not None  # 「……很慢。那我们能不能……？」 leads on
    torn = torn or told or _SYMBOLS.match(text) is not None
    if (opens or re.search("[？?]", text) or is_task(text)) and orders_on(text):
        return Asks.YES
    if not text or torn or len(text) > _LONGEST[chinese]:
        return Asks.NO
    several = len(_INSIDE.findall(text)) > 1
    marked = text.rstrip("”」）)】 ").endswith(("?", "？"))
    if (marked and (opens or not several)) or (opens and not several):
        return Asks.YES
    if text.endswith(_ENDS[chinese]) or _INSIDE.search(text):
        return Asks.NO
    return _chinese(text.rstrip("：:")) if chinese else _english(text)


def how_it_asks(text: str, chinese: bool) -> Asks:
    """Return how strongly a line of a document asks; in a Chinese document, too, a line may ask in English."""
    if chinese and not is_chinese(text) and asks(text, chinese=False) is Asks.YES:
        return Asks.YES
    return asks(text, chinese)


def orders_on(text: str) -> bool:
    """Return whether a question or an order is followed by more orders: 「什么是索引？解释……，并讨论……。」."""
    return _ORDERS_ON.fullmatch(text) is not None


_ORDERS_ON = re.compile(
    r"[^。？?]{4,90}[。？?]\s*(?:(?:请|并)?(?:分别|简要|详细)?(?:解释|讨论|说明|列举|描述|比较|分析|阐述|举例)[^。？?]{2,90}[。？?]?\s*){1,3}"
    r"|[^?]{8,180}\? (?:please |briefly )*(?:provide|give|show|explain|describe|justify|discuss|compare|illustrate"
    r"|include|name|list) [^.?]{2,90}[.?]?",
    re.IGNORECASE,
)


def _chinese(text: str) -> Asks:
    if _ZH_WORD.search(text) and len(text) <= 60:
        return Asks.YES
    return Asks.TITLE if _ZH_TITLE.search(text) or _ZH_WEAK_OPEN.match(text) else Asks.NO


def _english(text: str) -> Asks:
    if (_EN_WORD.match(text) or _EN_INNER.search(text)) and len(text) <= 60:
        return Asks.YES
    return Asks.TITLE if _EN_ANY.match(text) is None and _is_title(text) else Asks.NO


def is_task(text: str) -> bool:
    """Return whether a line orders: it begins with a verb such as 推导 or "Implement" and is no question."""
    text = text.strip()
    ordered = (_EN_TASK.match(text) or _ZH_TASK.match(text)) is not None and not text.endswith(("?", "？"))
    return ordered and _NAMED.fullmatch(text) is None


# "Write skew.", "Code organization" are things.
_NAMED = re.compile(
    r"(?:write|state|code) \w+(?:-\w+)*\W*|design (?:patterns?|principles|decisions|choices)\W*", re.IGNORECASE
)


def carries_on(text: str) -> bool:
    """Return whether a question only leads from one paragraph of an answer to the next."""
    return _CARRIES_ON.match(text) is not None


def _is_title(text: str) -> bool:
    words = text.split()
    return len(words) <= 8 and not text.endswith((".", ":")) and text[:1].isupper()


def demands(text: str, chinese: bool) -> bool:
    """Return whether a sentence of a text demands an answer, by a question or by an order; a title alone does not.

    "Training diverges. Walk me through what you check." demands one.
    """
    every = (text, *_SENTENCE.split(text))
    return any(is_task(one) or asks(one, chinese) is Asks.YES for one in every)


_SENTENCE = re.compile(r"(?<=[.。?？])\s*(?=\S{4})")
