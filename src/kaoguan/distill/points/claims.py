"""Sentences of a document as atomic claims that can stand alone."""

import re

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.labels import said_of_label
from kaoguan.distill.points.thoughts import COMFORTABLE, thoughts
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.orders import gives_orders
from kaoguan.distill.text.talk import TALK, without_pointer
from kaoguan.documents.pictures import PICTURE
from kaoguan.text.filler import filler, is_small_talk
from kaoguan.text.script import HAN, is_chinese
from kaoguan.text.terms import is_term

# 「注解：简单回答就是，……」
_MOST_LEADS = 2
# 「首先标记，然后清除」 tells steps, and keeps its first word.
_AT_FIRST = "首先(?!.*(?:然后|接着|最后|其次|再))"
_LEAD = re.compile(
    rf"^(?:{TALK})\s*[:：]\s*|^[-–—](?=[{HAN}]|\s+[A-Z]|(?-i:[A-WYZ][a-z]))\s*|^[.．、]\s*|^(?:\|?[-=]+>|[→➜➤»▸])\s*|^\*{{1,3}}(?!(?:kw)?args\b)(?=\w)|^\d{{1,2}}[)）]\s*(?=\S{{3}})(?!.*[\s；;，,]2[)）])"
    rf"|^\d{{1,2}}[.、]\s*(?=[{HAN}]|[A-Z]\w)|^A[.．]\s+(?=[A-Z{HAN}\[\d])|^Answer(?=(?-i:[A-Z]))|^Ans\s+(?=(?-i:[A-Z]))|^[a-h][.．](?=[{HAN}])|^a[.．](?=[A-Za-z]{{3,}}[{HAN}])"
    r"|^(?:ans|candidate|detailed (?:answer|explanation)|what|why\??|how"
    r"|occurr?[ae]nce situations?|core mechanics?|concept / examples?|候选人(?:的?回答)?|(?:面试)?核心回答[^:：]{0,30}"
    rf"|【附】|另|(?-i:PS))\s*[:：]\s*|^\(?[A-Ha-h]\)\s*(?=[A-Z])|^while,\s+|^(?:{_AT_FIRST}|其次"
    rf"|此外)\s*(?=[^，,还也又再则]{{6}})"
    r"|^(?:even|much) (?:worse|better)[:,]\s+|^(?:worse|better)(?: still| yet)?[:,]\s+(?=\S+ \S+ )"
    r"|^(?:more )?importantly[:,]\s+"
    r"|^(?:\d+ ?秒(?:回答|版)?|一句话(?:回答|总结|概括)?|简[短要](?:回答|答案)?|口述|速答|答案要点|答案解析|注解"
    r"|解释|细化理解|(?:通俗"
    r"|直观)理解|一句话(?:记忆|理解)|一句话概括就是|一句更[^：:，]{1,6}的话|(?:标准|参考)?(?:答案"
    r"|回答))\s*[:：]\s*"
    r"|^简单(?:回答|来讲)就是\s*[:：，,]\s*"
    r"|^(?:basic|intermediate|advanced|beginner|senior|junior"
    r"|(?:short|long|quick|one-line|\d+[- ]?(?:second|minute)s?) answer|初级|中级|高级"
    r"|进阶)\s*[:：]\s*"
    rf"|^[两三四五]个?[^：，。]{{0,4}}各[^：，。]{{1,6}}[:：]\s*"
    rf"|^[A-G]\s+(?=[{HAN}]{{2}})(?![A-G]\s*树)|^(?:如前所述|前面说过|我们都?知道)[，,]\s*"
    r"|^(?:即|相比之下|与此相[反对])[，,:：]\s*|^说得?(?:更|再)?(?:具体|简单|通俗|直白|详细)(?:一?[点些])?[，,:：]\s*"
    r"|^(?:一般来说|通常来说|一般而言|[具总]体来说|简单来说|总的来说)\s*(?=[^，,]{6})|^(?:(?:因此|所以|总之|注|正文|另外一点是|综上(?:所述)?"
    r"|总结(?:下来|一下|来说)?|总的来说|一言以蔽之|一般来说"
    r"|一般而言"
    r"|通常来说|简单来说|具体来说|具体地|也就是说|换句话[说讲]|换言之|通俗(?:来|地|点|的)?[说讲]|请注意|问题来了"
    r"|事实上|实际上"
    rf"|{_AT_FIRST}|其次|再次|然后|最后|此外|另外|除此之外|同时|而且|并且|但是|但|然而|不过|那么|其中|值得注意的是"
    r"|需要注意的是|注意|第[一二三四五六]"
    r"|一是|二是|三是|四是|反过来|答|以及|再者|并)(?:[，,:：、]\s*|(?<=[是但])|(?<=并且|而且|所以|因此|但是"
    r"|那么)))+"
    r"|^(?:因此|所以|总结下来|也就是说|换句话说|换言之|总的来说|综上所述|(?:因此|所以|由此)?(?:可以看出|可见"
    rf"|可以看到)|同时(?!只|最多|至多|允许|开启|{VERBS})|并且|而且|但是|但(?=[^，]{4})|不过(?!是|度)|然而|那么|而(?!且|言))"
    r"|^(?:yes|you should (?:know|say|mention|understand) that|we (?:know|can say) that|as we know"
    r"|it (?:is worth noting|should be noted|turns out) that)[,.]?\s+(?=\S+ \S+ )|^(?:no|true"
    r"|false)[,.]\s+(?!of\b)(?=\S+ \S+ )"
    r"|^(?:从?另(?:外)?一个?角度上?(?:来看|来说|来理解|看|理解)|总结起来)[，,]\s*(?=.{6})"
    r"|^(?:其实|(?:群里|后来|面试官|有(?:人|大佬|同学)|大佬|网友|评论区)[^，。]{0,12}(?:说|补充|提到|指出"
    r"|提醒)(?:说|过|到)?)[，,：:]?\s*(?=.{4})"
    r"|^(?:as|like) (?:the )?(?:(?:figure|diagram|picture|image|table|plot|graph|chart|example)s?(?: above| below)?"
    r"|we (?:saw|said))"
    r"(?: shows?| illustrates?| suggests?| before)?,\s*(?=\S+ \S+ )|^(?:如|由|从)?(?:上|下|该|此)图(?:所示|可见|可知"
    r"|中可以看出)?[，,]\s*(?=.{6})"
    r"|^(?:还是回到刚才|回到(?:这个|刚才的)?问题|是的|对的?|会的?|不会的?|有的?|没有|可以|不可以|不能"
    r"|能)[，,]\s*(?!但|不过|只是)(?=.{6})"
    r"|^(?:or|again|basically|essentially|of course|obviously|however|therefore|thus|hence|moreover|furthermore"
    r"|in addition(?! to\b)|additionally|also|finally"
    r"|(?:first|second|third|last)ly|(?:first(?: of all)?|second|third|last)"
    r"(?=,| (?:we|you|i|it|they|the|an?|my|this)\b)|in short|in other words"
    r"|in brief|to sum up|in (?:summary|conclusion)|overall(?=,)|as a result(?! of\b)|so(?! that\b| far\b)|and|but"
    r"|note that|in general|generally|typically"
    r"|on the other (?:hand|side)|in contrast(?! to\b| with\b)"
    r"|by contrast|then|next(?=,)),?\s+|^[(（]\d{1,2}[)）][.、]?\s*"
    r"|^(?:step|方法|方案|思路|策略|技巧|步骤|第)\s*(?:\d{1,2}|[一二三四五六七八九十]+)\s*步?(?:[:：.、]"
    r"|(?=\s[A-Z]))\s*(?=\S{3})",
    re.IGNORECASE,
)
# "A = relu(Z) # for all units"
_COMMENT = re.compile(r"(?<= = )(?P<kept>.*\S)\s+#\s.*$")
# 「……，可以使用如下方法」: what comes next is not there.
_ANNOUNCES = re.compile(
    r"(?<=.{10})[，,]\s*(?:(?:以下|下面)(?:是|为)[^，,]{0,8}|其?(?:计算)?公式(?:如下|为)?)$|(?<=.{10})[，,]\s*[^，,]{0,10}(?:如下"
    r"|以下|下面)(?:[^，,的]{0,2}(?:方法|方式|原则|步骤|公式|措施|办法|几[点种个][^，,]{0,4}))?$"
)
# 「……，它主要有两个任务」: which ones, the next sentences say.
_COUNTS = re.compile(
    r"(?<=.{10})[，,]\s*(?:它们?|其|这|该\S{1,4})?(?:主要|一般|通常|大致|总共|共|又|可以?|也)*(?:有|分为|分成|包括|包含)(?:以下)?"
    r"[两二三四五六七八九几\d]\s*大?[个种点类条步项][^，,的]{0,6}$"
    r"|(?<=.{24}), (?:and |which )?(?:it |they )?(?:has|have|includes?|involves?|consists? of) (?:two|three|four|five"
    r"|several|the following) (?:\w+ )?(?:parts|types|kinds|steps|ways|methods|tasks|stages|phases|components)$",
    re.IGNORECASE,
)
# The number of the next item, which a page break left at the end of this one.
_COUNT = re.compile(r"(?<=[A-Za-z)]) \d{1,2}\.\d{1,2}$|[,，;；]\s*[(（]?\d{1,2}[)）]?$")
# 「为什么……可以起到效果」, 「求该青蛙……」: a question or a task, and no statement.
_ASKS = re.compile(
    r"^(?:为什么|为何|为啥|如何|怎么|怎样|什么是|求(?![解和导得平])|请(?:完成|实现|写|你|编写|设计|给出|问)|给定一个"
    r"|试(?:求|证)|推荐[:：])|^(?:why|how|what|which|when|where) (?:do|does|is|are|can|did|would|should|to)\b",
    re.IGNORECASE,
)
# 「特别大的值对结果有什么影响，需要如何处理」, without a question mark.
_ASKS_AT_END = re.compile(
    r"(?:^|，)[^，]{0,16}(?:有什么|是什么|有哪些|如何|怎么|怎样|为什么|哪[个些种])[^，。的]{0,6}$|为啥[^，。]{0,16}$"
)
# 「从表面上看，……」: how it is, the next sentence says.
_SEEMS = re.compile(
    r"(?:从?表面上?来?看(?:上去|起来)?|乍一?看(?:上去|起来|之下)?)[，,]|(?:at first (?:glance|sight)|on the surface), ",
    re.IGNORECASE,
)
# 「（注意是副作用）」 means nothing without the sentence before it.
_BRACKETED = re.compile(r"^[（(][^（）()]*[)）]?[。.]?$")
# A formula that the document lost leaves its sentence hanging.
_HANGING = re.compile(
    r"(?:^具体|来说|而言|在于(?:使用|采用)?|则|为|是|即|等于|如下|包括|例如|比如|分别|通过|(?<![\w-])(?:and|or|is|are|was|as|of|to|the|an?|by"
    r"|with|from|for|in"
    r"|on|at|that|which|if|when|be|were|w\.r\.t|(?:is|are) used to \w+"
    r"|because|via|using|but|include|includes|including|e\.g|i\.e|namely|such as|like|then))$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^(?:tags?|标签|关键词|keywords?)\s*[:：]|^(?:例如|比如|如图|见图|如下图|如上图|图\s*\d|参考|详见|见下|代码|公式)|(?:如下|如下所示|所示)[:：]?$"
    r"|^(?:e\.g\.|for example|for instance|see (?:also|figure)|figure \d|as shown)",
    re.IGNORECASE,
)


# 「核心原因通常有四个」, "Vaswani et al., \"Attention …\" (2017)": what comes next, or where it was published.
_SAYS_HOW_MANY = re.compile(
    r"^[^，,]{0,18}(?:有|分为|包括|如下)[^，,]{0,3}[两二三四五六七八几\d]\s*大?[个种点条类步](?:原因|方面|要点|部分"
    r"|步骤)?$"
    r"|^[^,:]{4,60} (?:can|may|is|are|could) (?:\w+ ){0,2}(?:divided|classified|grouped|categori[sz]ed|split"
    r"|broken down)"
    r" into (?:two|three|four|five|six|several|many|the following|a few) (?:\w+ ){0,2}(?:types|kinds|categories|groups"
    r"|classes|parts)(?:,? (?:each )?based on .*)?$"
    r"|\b(?:differ(?:ent)?|var(?:y|ies))\b.{0,60} in (?:a few|several|many|two|three|four|some|the following)"
    r" (?:\w+ )?(?:ways|aspects|respects|points)$"
    r"|^[^,:]{4,60} (?:has|have|includes?|involves|consists? of|there are) (?:two|three|four|five|the following)"
    r" (?:\w+ )?(?:parts|types|kinds|steps|ways|methods|tasks|stages|phases|components|approaches)$"
    r"|(?:可以)?从[两二三四五几]个(?:大)?(?:方面|角度)(?:来|去|入手|进行)?[^，,]{0,6}$"
    r"|(?:式|公式|方程)\s?[（(]\d+[)）]|\bet al\.?,? [\"“].*\(\d{4}\)$"
)
# "Q1 -> K1 V1" names places of a drawing.
_SAYS = re.compile(rf"[{HAN}]|[A-Za-z]{{3,}}|[=≈≤≥∝∈]|^\S+$")
# What follows are titles of other texts, whatever marks they hold.
_REFERENCES = re.compile(
    r"^(?:参考(?:资料|文献|链接|文章)?|延伸阅读|推荐阅读|资料来源|references?|sources?|further reading"
    r"|see also)\s*[:：]",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Return whether no sentence of a text states anything."""
    return _REFERENCES.match(text) is not None or all(filler(s) for s in sentences(text, is_chinese(text)))


def claims(sentence: str, chinese: bool) -> list[str]:
    """Return one sentence as claims; nothing when it only asks, announces or gives an example."""
    if (
        PICTURE in sentence  # what it says is in a picture
        or filler(sentence)
        or is_small_talk(sentence)
        or _BRACKETED.match(sentence.strip())
        or sentence.rstrip().endswith((":", "：", "?", "？"))
    ):
        return []
    text = _COUNT.sub("", without_pointer(sentence.strip(" ，,。；;：:、").removesuffix(".")))
    for _ in range(_MOST_LEADS):
        text = _LEAD.sub("", text).lstrip()
    text = _COUNTS.sub("", _ANNOUNCES.sub("", _COMMENT.sub(r"\g<kept>", text)))
    text = _whole_quotes(_REASON.sub("", said_of_label(text)))
    if sentence.rstrip().endswith(("，", ",")) and len(text) < COMFORTABLE[chinese] // 4:
        return []
    if (
        len(text) < 4
        or _ASKS.match(text)
        or _SEEMS.match(text)
        or (chinese and _ASKS_AT_END.search(text))
        or gives_orders(text)
        or filler(text)
        or _EMPTY.search(text)
        or _SAYS_HOW_MANY.search(text)
        or not _SAYS.search(text)
    ):
        return []
    if (parts := _labelled(text))[1:]:
        return [claim for part in parts for claim in claims(part, chinese)]
    text = _without_tail(text, chinese)
    if len(text) <= COMFORTABLE[chinese]:
        return [] if _hangs(text) else [text]
    kept = (_LEAD.sub("", part).strip() for part in thoughts(text, chinese))
    return [claim for claim in kept if claim and not _hangs(claim) and not filler(claim)]


# "Because each request has its own cache": the whole sentence is the reason, and says it without the first word.
_REASON = re.compile(
    r"^(?:(?:because|while|whereas) (?!of\b|\w+ing\b)(?=[^,;:]+$)|(?:因为|由于)(?=[^，,：:；;]{8,}$))", re.IGNORECASE
)


def _labelled(text: str) -> list[str]:
    """Return the parts of a sentence that labels thing after thing, 「读锁：……，写锁：……」; else the sentence."""
    found = [match for match in _LABELS.finditer(text) if is_term(match["label"])]
    if len(found) < _FEWEST_LABELS or found[0].start() or len(found) != len(_LABELS.findall(text)):
        return [text]
    return [
        text[one.start("label") : end] for one, end in zip(found, [*(m.start() for m in found[1:]), None], strict=True)
    ]


_FEWEST_LABELS = 2
_LABELS = re.compile(r"(?:^|[，,])\s*(?P<label>[^，,：:。；（）()]{2,16})(?:[（(][^（）()]*[)）])?\s*[：:]\s*(?=\S)")


def _whole_quotes(text: str) -> str:
    """Return a sentence without a quotation mark at either end whose other half stands in another sentence."""
    for opening, closing in ('""', "“”", "「」"):
        if sum(sign in (opening, closing) for sign in text) % 2:
            text = text.removeprefix(opening).removesuffix(closing).removesuffix(opening)
    return re.sub(r"(?<!\d)\"", "", text) if text.count('"') == 1 else text


def _without_tail(text: str, chinese: bool) -> str:
    """Return a sentence up to the example within it whose clauses are about one case."""
    match = _EXAMPLE.search(text)
    whole = match is None or match.start() < _SHORTEST_HEAD[chinese] or _IF.search(text[: match.start()])
    return text if match is None or whole else text[: match.start()]


# 「瓶颈如果在磁盘，例如……，就……」: what follows from it comes after the example.
_IF = re.compile(r"(?:如果|假如|若|当|\b(?:if|when)\b)[^，,]*$", re.IGNORECASE)


_SHORTEST_HEAD = {True: 8, False: 24}
_EXAMPLE = re.compile(
    r"[，,]\s*(?:例如|比如|譬如|举个例子|for (?:example|instance))[，,:：]?\s*(?=[^()（）]*[，,][^()（）]*$)",
    re.IGNORECASE,
)


def _hangs(text: str) -> bool:
    """Return whether a sentence breaks off; "… more similar than the others are" does not."""
    return (_HANGING.search(text) is not None and _THAN.search(text) is None) or _WHATEVER.fullmatch(text) is not None


# 「竞速：无论成功还是失败」: what then, the next line says.
_WHATEVER = re.compile("(?:[^：:，]{1,40}[：:] ?)?(?:无论|不管|不论)[^，,都也均皆总就会一必]*")


_THAN = re.compile(r"\bthan [^,]+ (?:is|are|do|does|was|were)$", re.IGNORECASE)
