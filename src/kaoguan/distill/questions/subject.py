"""What a question is about, and the two things it sets side by side."""

import re
from collections.abc import Iterator

from kaoguan.distill.questions.english import asked_about
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.around import around
from kaoguan.distill.text.facets import read_label
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_ZH_OPEN = re.compile(
    r"^(?:我们|大家|通常|一般|什么(?:情况|时候|场景)下?(?:应该|会|可以|需要|适合)?(?:使用|用)?|手撕[:：]?|手写[:：]?|请问|请|那么"
    r"|那|再|接着|简单|简要|详细|能否|能不能|你能|讲讲|讲一讲|讲一下|讲下|说说|说一说|说一下|说下|谈谈|谈一谈"
    r"|谈一下|聊聊|聊一聊|简述|概述|阐述|论述|试述|介绍|解释|描述"
    r"|比较|对比|列举|分析|推导|说明|写出|手写|总结|了解|知道|理解|熟悉|你对|对于|关于|一下|下|你|什么是|什么叫|啥是|何为"
    r"|如何|怎么|怎样|有哪些|哪些|为何|常用的|常见的)"
)
_ZH_TAIL = re.compile(
    r"(?:分别)?(?:是|有|都有|会有|可以有)?(?:什么样的?|什么|哪些|多少|哪几种|怎么样|怎样的?|如何|怎么回事"
    r"|怎么(?:做|办|解决|处理|实现|选择?|计算|产生)的?|何)$"
    r"|(?:的)?(?:时候|一下|吗|呢|吧|的)$|各$|分别$|产生$|之间$|了解$"
    r"|(?:解决了?|在|用了|用到|需要|有|起|做|要|包含|存在|使用了?|里|中|会|能|哪里|哪儿|(?:都|主要)?(?:花|用"
    r"|体现|表现)在哪?|为了|是|而|发生了|(?:讲|说|介绍)(?:一下|下)?)$"
)
_ZH_STOP = re.compile(
    r"(?:是|会|能|要|可以|应该)?(?:为什么|为啥|为何|如何|怎么|怎样|什么|哪些|是否|有没有|分别|各自|有何|吗)"
    r"|用(?:什么|哪)|，"
    r"|,|。|；|产生的?|的(?:时候|过程中)"
)
_WHY = re.compile(r"^(?P<before>[^，。]*?)(?:为什么|为啥|为何)(?P<after>.+)$")
_ZH_AUXILIARY = re.compile(r"^(?:(?:还|都|要|需要|会|能|能够|可以|不能|不|使用|用|引入|采用|选择|做|加|说)+)(?=..)")
_ZH_VERB = re.compile(
    r"(?<=..)(?:能|会|可以|需要|要|不(?!同)|比|是|很难|难以|容易|，|效果|适合|采用|使用|没有|经常|常常|通常|引入)"
)
_EN_OPEN = re.compile(
    r"^(?:please |briefly |can you |could you )*(?:explain|describe|discuss|compare|define|what(?:'s| is| are"
    r"| does| do| causes?)?|why(?: is| are| does| do| did)?|how(?: is| are| does"
    r"| do| can| would| to)?|when(?: is| are| should| would)?|which|walk me through|tell me about|talk about"
    r"|give|list|name)\b(?: (?:you|we|i|one|the|a|an|meant by|between|to|use|choose|prefer|apply|need)\b)*\s*",
    re.IGNORECASE,
)
_EN_VERB = re.compile(
    r"\s+(?:behaves?|helps?|work|differ|mean|use|used|cause|causes|matter|improve|prevent|reduce|occur|happen"
    r"|stand for"
    r"|important|need|work|and how|and why"
    r"|when|if|because|so|do|does|instead|is|are|to an?|than|over|rather|in|for|on|during|with)\b.*$",
    re.IGNORECASE,
)
_AND = re.compile(r"、|以及|[和与跟及]|\s+(?:vs\.?|and|or|versus)\s+", re.IGNORECASE)
# 「深度学习中 batch size 的大小」 is about batch size.
_FIELD = re.compile(r"^(?:在)?(?:深度学习|机器学习|模型训练|神经网络)(?:里面|里|中|的时候)的?")
_EN_FIELD = re.compile(r"^(?:main |key |typical )?(?:differences?|relationship|trade-?offs?) (?:between|of) ", re.I)
_EN_OBJECT = re.compile(
    r"^(?:what|which)(?: \w+)? (?:do|does|did) (?:the |an? )?(?P<subject>.+?)"
    r" (?:make|have|need|use|combine|do|mean|measure|show|return|contain|store|solve|represent|control|look like"
    r"|stand for)$",
    re.I,
)
# "Write a function to extract noun phrases from text" is about noun phrases.
_EN_PROGRAM = re.compile(
    r"^(?:write|implement|create) (?:an? |the )?(?:function|program|script|query|method|code|class)"
    r" (?:to|that|for|which) (?:\w+(?:-\w+)? (?:and \w+ )?)(?:an? |the |your |in )*"
    r"(?P<subject>.+?)(?: (?:for|in|with|of|from|on|using|and)\b.*)?$",
    re.IGNORECASE,
)
_EN_NOBODY = {"would you", "you", "would", "it", "this", "that", "they"}
_LONGEST = 24


def subject(question: str) -> str:
    """Return the thing a question asks about, shortly: 「什么是优化器？」 is about 优化器.

    A noun phrase wherever the question holds one that can be told from its words.
    """
    text = _STRESS.sub("", re.split(r"[?？](?=.)", question.strip(" ?？"))[0].rstrip("?？。.!！ "))
    about = (_chinese(text) if is_chinese(text) else _english(text)).strip()
    about = _TRAILING.sub("", about)
    if _names(about):
        return about
    readings = [piece for piece in _parts(text, about) if is_term(piece)]
    terms = [*filter(_names, readings), *filter(_names, _longest_first(text)), *filter(is_term, [about]), *readings]
    return next(iter([*terms, *_longest_first(text)]), about) or question


def _names(text: str) -> bool:
    """Return whether a text names a thing, and not only what is said of one: 「作用」, "steps"."""
    if not is_term(text) or _SAID.fullmatch(text):
        return False
    part = is_part(text) and (len(text) < _COMPOUND or not is_chinese(text))  # 「训练」, but not 「模型训练」
    return len(sides(text)) > 1 or (not part and read_label(text).subject != "")


_COMPOUND = 4


# Of what, the words beside these tell.
_SAID = re.compile(
    r"训练|问题|文件|大家|未来|传统|组成|变种|变体|地方|陷阱|分别|落地|发挥|明显|出现|学习|通信|冗余|函数|结果|需求|情况|步骤|能力"
    r"|functions?|process|elements?|strateg(?:y|ies)|techniques?|challenges|differences?(?: .*)?|formula|more|most"
    r"|(?:basic|typical) .*|\w+ed|apply .*",
    re.IGNORECASE,
)


# "What exactly is a trie": no part of a name.
_STRESS = re.compile(r"\b(?:exactly|precisely)\s+|(?<=^list )a few\s+", re.IGNORECASE)
# "What does batch norm actually do", "What makes a hash join faster than …"
_TRAILING = re.compile(r"(?<=\w) (?:actually|really|typically|usually|faster|slower|better)$", re.IGNORECASE)
_FUNCTION_WORDS = re.compile(
    r"[，。；：、！？,;:!?()（）【】\[\]“”\"'「」]|的|是|在|对(?!齐|比|抗|话|数|象|偶|称|应|照)|把|被|让|使|将|从|为了?|会|(?<!智)能(?!力|量|效)|要|应该|可以|需要|怎么|怎样|由|里|方面|发挥|起"
    r"|如何|什么|哪些|为何|多少|是否|有没有|有|没|做|用(?!户)|时候?|请|你|我们?|了|和|与|不|吗|呢"
    r"|\b(?:you|your|you're|we|i|it|its|they|their|this|that|the|an?|of|in|on|for|to|with|by|from|and|or|if|is|are"
    r"|was|be|been|do|does|did|can|could|would|should|will|may|might|must|have|has|had|what|why|how|when|which|who"
    r"|where"
    r"|not|than|as|at|so|but|given|suppose|imagine|consider|want|make|use|predict|construct|show|there|explain"
    r"|describe|all|more|most|some|any)\b",
    re.IGNORECASE,
)


def content(text: str) -> list[str]:
    """Return the pieces between the function words of a question."""
    return [piece.strip(" .-/") for piece in _FUNCTION_WORDS.split(text)]


def _longest_first(text: str) -> list[str]:
    """Return the pieces between the function words of a question that can stand as a topic, the longest first."""
    pieces = [" ".join(piece.split()[:4]).strip(" .") for piece in _FUNCTION_WORDS.split(text)]
    return sorted(filter(is_term, pieces), key=len, reverse=True)


def with_article(about: str, question: str) -> str:
    """Return a subject with the article it has in an English question: "a bloom filter"."""
    found = (_ARTICLE.search(before) for before, behind in around(about, question) if not behind[:1].isalnum())
    match = next(filter(None, found), None)
    return f"{match[1].lower()} {about}" if match else about


_ARTICLE = re.compile(r"\b(an?|the) $", re.IGNORECASE)


_ZH_CUT = re.compile(
    r"，|,|：|:|、(?=.*[？?])|\s*(?:相比|相较|比起|到底|究竟|应该|应当|为什么|为何|怎么|怎样|如何|什么|哪些|哪种"
    r"|哪个|多少|是否|能否|有没有|需要|可以|能够|比(?!例|特|较|率|对|值|$|[和与]))\s*"
    r"|(?<=[^的])(?:是|会|要|做了|用了|有(?!效|限|序|向|监督|关)|不(?!平衡|等|变))"
)
_ZH_VERB_FIRST = re.compile(
    r"^(?:(?:请|怎么|如何|怎样|什么|为什么|为何|去|来|要|需要|想|一个|一种|两种|三种|几种|各种|手动|自己|有效|快速"
    r"|进一步|尽量|尝试|同时|在)*"
    rf"(?:{VERBS}))"
)
_EN_VERB_FIRST = re.compile(
    r"^(?:(?:to|you|we|i|one|should|would|could|can|do|does|did|is|are|the|an?|some|good|best|different|possible"
    r"|main|common|typical|various|wrong|meant|there|any|it)\s+)*"
    r"(?:(?:choos(?:e|ing)|select(?:ing)?|avoid(?:ing)?|prevent(?:ing)?|deal(?:ing)? with|handl(?:e|ing)"
    r"|explain(?:ing)?|us(?:e|ing)|improv(?:e|ing)|mak(?:e|ing)|train(?:ing)?|build(?:ing)?"
    r"|comput(?:e|ing)|calculat(?:e|ing)|find(?:ing)?|get(?:ting)?|reduc(?:e|ing)|increas(?:e|ing)|measur(?:e|ing)"
    r"|evaluat(?:e|ing)|detect(?:ing)?|implement(?:ing)?|defin(?:e|ing)|deriv(?:e|ing)"
    r"|writ(?:e|ing)|design(?:ing)?|interpret(?:ing)?|know|with|ways of|ways to|methods (?:for|of|to)"
    r"|advantages? of|disadvantages? of|purpose of|role of|effect of|difference between|differences between"
    r"|idea (?:of|behind)|intuition behind|importance of|concept of|assumptions? of|steps? (?:of|in"
    r"|for))\s+)?(?:(?:an?|the|your|our|some)\s+)?",
    re.IGNORECASE,
)
_EN_CUT = re.compile(
    r"\s+(?:can|could|should|would|will|may|must|might|do|does|did|is|are|was|were|has|have|when|if|because|so"
    r"|that|which|who|in|on|for|with|during|over|from|to|than|rather|instead|as|at|by|into|not|never|always|often"
    r"|work|works|help|helps|use|uses|need|needs|differ|mean|means|forget|hurt|matter|happen|combine|combines"
    r"|behave|cause|causes|improve|reduce|prevent|perform|affect|solve|handle|fail|compare|relate)\b.*$",
    re.IGNORECASE,
)


def _parts(text: str, about: str) -> Iterator[str]:
    """Yield shorter readings of a question: without the verb it begins with, and up to where a verb follows."""
    chinese = is_chinese(text)
    verb_first, cut = (_ZH_VERB_FIRST, _ZH_CUT) if chinese else (_EN_VERB_FIRST, _EN_CUT)
    for whole in (about, text):
        bare = verb_first.sub("", _EN_OPEN.sub("", whole) if not chinese else whole).strip()
        pieces = [piece.strip("的 了着") for piece in cut.split(bare)] if chinese else [cut.sub("", bare)]
        for piece in (*pieces, *(verb_first.sub("", piece) for piece in pieces), bare):
            yield _without_facets(piece).strip(" ，、的.")


def _chinese(text: str) -> str:
    asked, text = text, _repeatedly(_ZH_OPEN, text)
    if (match := _WHY.match(text)) and (len(match["before"]) < 2 or match["before"].endswith(("时", "时候", "中"))):
        return _ZH_VERB.split(_ZH_AUXILIARY.sub("", match["after"]))[0][:_LONGEST] or _shortened(text)
    text = _without_facets(_repeatedly(_ZH_TAIL, text))
    if (match := _ZH_STOP.search(text)) and match.start() >= 2:
        text = _without_facets(text[: match.start()])
    text = _repeatedly(_ZH_TAIL, _FIELD.sub("", text) or text)
    if "对" in text[2:] and len(text) > 8:
        text = text[: text.index("对", 2)]
    return _shortened(text).strip("，、的 ") or _shortened(asked)


def _shortened(text: str) -> str:
    """Return a text of at most 24 characters; no Latin word is cut."""
    return text if len(text) <= _LONGEST else re.sub(r"[A-Za-z0-9.+-]+$", "", text[: _LONGEST + 1])[:_LONGEST]


def sides(about: str) -> tuple[str, ...]:
    """Return the two to four things that 「欠拟合和过拟合」 names, or nothing where a subject is one thing."""
    parts = [_trimmed(part) for part in _AND.split(about)]
    return tuple(parts) if 2 <= len(parts) <= 4 and all(0 < len(part) <= 24 for part in parts) else ()


def _trimmed(side: str) -> str:
    return re.sub(r"^(?:both|the|between)\s+|(?:的|之间)$", "", side.strip(), flags=re.IGNORECASE)


def _without_facets(text: str) -> str:
    """Return 「欠拟合和过拟合产生的原因和解决方法」 without the two facets at its end."""
    while (label := read_label(text)).facet is not None and label.subject:
        text = re.sub(r"(?:和|与|及|以及|、|\s+and)$", "", label.subject).strip()
        text = _repeatedly(_ZH_TAIL, text)
    return text


def _english(text: str) -> str:
    if match := _EN_OBJECT.match(text) or _EN_PROGRAM.match(text):
        return match["subject"]
    if (asked := asked_about(text)) and is_term(asked):
        return asked
    short = _EN_FIELD.sub("", _repeatedly(_EN_OPEN, text))
    named = " ".join((_EN_VERB.sub("", _without_facets(short)) or short).split()[:6]).strip(" ,.")
    return named if len(named) > 2 and named.casefold() not in _EN_NOBODY else " ".join(short.split()[-6:])


def _repeatedly(pattern: re.Pattern[str], text: str) -> str:
    while (shorter := pattern.sub("", text, count=1).strip()) != text and shorter:
        text = shorter
    return text
