"""Whether a few words name a thing: what a topic, the subject of a sentence or the subject of a question may be."""

import re
from functools import lru_cache

from kaoguan.text.script import is_chinese

_ZH_NOT = re.compile(
    r"^[零一二三四五六七八九十百]+$|[，。；！？,;!?：:\[\]【】]|复述|一遍|的情况|了(?!解)(?=.)|一下|进行(?!时)|[细详通](?:致|细|俗)地|什么|怎么|怎样|如何|为何|哪|是否|应该|到底|究竟|不(?!平衡|等式|确定|动点|变|均衡"
    r"|可|相关|良)|没有|可以|能够|需要|必须|会(?!话|议|员|计|社)"
    r"|^(?:[看举见]|以下|下面|问题来|注意|一[个种]|样的|的|了|和|与|在|对(?!齐|比|抗|话|数|象|偶|称|应|照)|把|被|让|使|将|从|用|做|有|要|是|能|会"
    r"|想|请|我|你|他|它|这|那|其|并|但|而|或|当|若|如果|为|给|以|于|就|也|都|还|再|又|更|很|太|怎|谁|各|某|一下"
    r"|才|去|来|可|有效|同时|以及|选择|采用|使用|进行|提升|提高|改善|改进|降低|减少|增加|避免|防止|解决|处理|判断"
    r"|计算(?!机)|发现|评估|实现|保证|确保|得到|获得|导致|引起|产生|编写|写|构建|设计(?!模式)|先|再|利用|自动|相同|通过|除|尽可能"
    r"|尽量)"
    r"|(?:的|了|着|过|和|与|在|对|把|被|让|使|将|从|做|有|要|是|能|会|想|为|给|以|于|就|也|都|还|再|又|更|很|太|时"
    r"|时候|吗|呢|吧|啊|之间|相比|(?<![复应作引调费利通重信效专])用|性能更|一下|出|到|(?<=..)[中里])$|(?:基本|核心|关键|主要)$|(?<=.)(?<![存内外潜所])在(?!线|场)(?=.)|^(?:最好|最终|实际上?|一般|大部分|主要)"
    r"|(?<=.)(?:导致|使得|以便|从而|相比|比起|里面的?做|之后|因为|所以|虽然|但是|如果|而且|然后|解决了|做了|用了|怎"
    r"|是(?!否))"
)
_EN_NOT = re.compile(
    r"[,;:!?\[\]在是么吗呢]|\.$|^\w+ing (?:the|an?) |\b(?:you|we|i|it|they|this|that|these|those|can|could|should"
    r"|would|will|must|may|might|does|do"
    r"|did|is|are|was|were|be|been|has|have|had|what|why|how|when|which|who|where|if|because|not|don't|isn't"
    r"|doesn't|your|our|my|make|makes|need|needs|during|without|describe|explain|using|via|works?|helps?|includ(?:es?|ing))\b"
    r"|^(?:least|no|any|each|every|such|all|of|in|on|for|to|with|by|from|and|or|vs|so|but|as|at|than|good|bad"
    r"|wrong|better|best|main|different"
    r"|between|behind|about|up|use|using|choose|improve|avoid|prevent|handle|deal|explain|describe|build|compute"
    r"|calculate|find|get|give|implement|define|derive|write|design|compare|list|name|walk|prove|discuss)\b(?!-)"
    r"|\b(?:of|in|on|for|to|with|by|from|and|or|the|a|an|vs|as|at|than|so|but|do|meant|important|useful"
    r"|necessary|different|similar|significant|able|likely|possible"
    r"|not)$",
    re.IGNORECASE,
)


# Asked of the same texts again and again.
@lru_cache(maxsize=4096)
def is_term(text: str) -> bool:
    """Return whether a text of a few words reads as a noun phrase: a cheap test that rather refuses."""
    text = text.strip()
    if not text or not any(character.isalpha() for character in text) or re.fullmatch(r"[\W\d_]+", text):
        return False
    if text.count("(") != text.count(")"):
        return False
    if is_chinese(text):
        if any(text.count(one) != text.count(other) for one, other in ("“”", "（）", "()", "「」", "《》")):
            return False
        return 2 <= len(text) <= 24 and _ZH_NOT.search(text) is None
    return 2 <= len(text) <= 48 and len(text.split()) <= 6 and _EN_NOT.search(text) is None
