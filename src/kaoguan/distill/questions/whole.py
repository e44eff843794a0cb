"""Whether a text is one question that is understood without what stands before it."""

import re

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, asks, carries_on
from kaoguan.distill.questions.titles import is_facet
from kaoguan.text.filler import is_small_talk
from kaoguan.text.script import count_han


def plain(ask: str) -> str:
    """Return a question without its number, the marks around it, a remark behind it, and what only leads to it."""
    ask = _LED_TO.sub("", _NUMBER.sub("", ask.strip(_MARKS)))
    led = _JOINED.sub("", ask)
    return without_remark(ask if led == ask else led[:1].upper() + led[1:])


def without_remark(ask: str) -> str:
    """Return a question without a stop or a remark in brackets behind its question mark: 「……？（分别说说）」."""
    return _BEHIND.sub("", ask)


_MARKS = ' ：:“”"【】'
_NUMBER = re.compile(r"^\d{1,3}[.、）)]?\s+(?=\S)")
_BEHIND = re.compile(r"(?<=[?？])(?:[。.]|\s*[（(][^（）()]*[）)])$")
# 「那么首先，」, 「典型案例：」, 「大家来想一下，」
_LED_TO = re.compile(
    r"^(?:(?:那么?(?!些)|首先|最后(?:的|[，,]|一个问题是)|接下来|既然如此|(?:另一个|提出一个)?问题(?:是|来了|[:：])|(?:大家|我们)(?:来|可以)?(?:先)?(?:觉得|想[一想]*下?|思考一下|看(?!到|见|出)一?下?)|第[一二三]个方面"
    r"|这里(?!面)|典型案例|思考题?|常[见问]问题)[，,：:\s]*)+(?=\S)"
)
_JOINED = re.compile(r"^(?:so|but|and|now|then)\b,?\s+(?=(?:how|what|why|when|which|where)\b)", re.IGNORECASE)


def is_whole_question(text: str) -> bool:
    """Return whether a text is one question that is understood without what stands before it."""
    text = plain(text)
    chinese = count_han(text) > 0
    plainly, leans = (_ZH_PLAINLY, _ZH_LEANS) if chinese else (_EN_PLAINLY, _EN_LEANS)
    whole = plainly.search(text) and asks(text, chinese) is Asks.YES and not carries_on(text) and not is_facet(text)
    if not whole or leans.search(text) or _TORN.search(text) or is_aside(text) or is_small_talk(text):
        return False
    if chinese:
        named = text.startswith("什么是") or len(_ZH_ASKING.sub("", text)) >= _FEWEST_LETTERS
        return named and _ZH_ASKING.search(text) is not None
    words = text.split()
    named = any(re.search(r"[A-Z]|\d", word) for word in words[1:])
    return len(words) >= (_FEWEST_WORDS if named or _EN_WHAT.match(text) else 2 * _FEWEST_WORDS - 1)


def points_back(text: str) -> bool:
    """Return whether a Chinese text points to what stands before it."""
    return carries_on(text) or _ZH_POINTS.search(text) is not None


# Letters besides those that ask; words of a question that names something.
_FEWEST_LETTERS, _FEWEST_WORDS = 3, 3
_ZH_ASKING = re.compile(
    r"为什么|为何|为啥|如何|怎么样?|怎样|什么时候|什么情况下|什么|哪[些种个里]?|何时|多少|几|是否|有没有|能否|何|啥|吗|呢"
    r"|需要|使用|选择?|用|要|做|的|是|有|叫|区别|作用|好处|[\s?？，,]"
)
_ZH_PLAINLY = re.compile(
    r"[?？]$|^(?:为什么|为何|如何|怎么|怎样|什么是|什么叫|什么时候|什么情况下|何时)(?!样的)|(?:是什么|为什么|怎么办|怎么做|有[哪那]些(?:不同|区别)?|什么(?:情况|关系|区别|作用)|吗|呢)$"
    r"|^[^，。]{2,16}(?:为什么|为啥|如何|怎么|有哪些|有什么)[^，。]{2,24}$"
)
# "Harmlessness: No harmful content?" is a box to tick.
_EN_PLAINLY = re.compile(r"^[A-Z][^=:]*(?::\s+(?i:what|why|how|when|which|is|are|do|does|can)\b[^=]*)?\?$")
_ZH_POINTS = re.compile(r"^[^。]{0,12}(?:[那该此其]|这(?!么)|上[面述文图]|下[面图]|以下|如下)")
_ZH_LEANS = re.compile(
    r"^(?:而|但|答|或者|面试官|对面试|如果发现)|[那该此他她我]|这(?!么)|^[^，,]*它|其(?!他|中)|你(?:可能|也许|一定|肯定|想|要|看|问|应该|会(?:发现|看|说|问|觉得))"
    r"|上[面述文图]|(?<!上)下[面述文图列]|以下|如下|两[者个]|前者|后者|[。！；]|什么意思|参考|知乎"
)
_EN_WHAT = re.compile(r"What (?:is|are) (?!the\b|an?\b)\w+ \w", re.IGNORECASE)
_EN_LEANS = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|we|our|us|i|my|here|above|below|both)\b"
    r"|^(?:and|but|so|or|then)\b|[.;]\s|\bto use (?:over|it|which)\b|\bto (?-i:[A-Z]{3,}) (?:an?|the)\b",
    re.IGNORECASE,
)
# One of two brackets or quotation marks, a piece of a program.
_TORN = re.compile(r"^[^（(]*[）)]|[（(][^）)]*$|^[^\"]*\"[^\"]*$|“[^”]*$|^[^“]*”|\w\(|\w = \w|https?:|以[?？]$")
