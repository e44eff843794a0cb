"""Sentences of a document as atomic claims that can stand alone."""

import re

from kaoguan.distill.points.cutting import cut, sentences
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.orders import gives_orders
from kaoguan.distill.text.talk import TALK
from kaoguan.text.filler import filler, is_small_talk
from kaoguan.text.script import HAN, is_chinese

# A claim of this many characters is read as one; longer ones are cut where another thought begins.
_COMFORTABLE = {True: 46, False: 130}
_LEAD = re.compile(
    rf"^(?:{TALK})\s*[:：]\s*"
    r"|^(?:\d+ ?秒(?:回答|版)?|一句话(?:回答|总结|概括)?|简[短要](?:回答|答案)?|口述|速答|细化理解|(?:通俗"
    r"|直观)理解|一句话(?:记忆|理解)|一句话概括就是|一句更[^：:，]{1,6}的话|(?:标准|参考)?(?:答案"
    r"|回答))\s*[:：]\s*"
    r"|^(?:basic|intermediate|advanced|beginner|senior|junior|(?:short|long|quick|one-line) answer|初级|中级|高级"
    r"|进阶)\s*[:：]\s*"
    rf"|^[两三四五]个?[^：，。]{0, 4}各[^：，。]{1, 6}[:：]\s*"
    rf"|^[A-G]\s+(?=[{HAN}]{{2}})(?![A-G]\s*树)|^(?:如前所述|前面说过|我们知道)[，,]\s*"
    r"|^(?:一般来说|通常来说|一般而言)(?=[^，,]{6})|^(?:(?:因此|所以|总之|注|正文|另外一点是|综上(?:所述)?|总结(?:下来|一下|来说)?|总的来说|一言以蔽之|一般来说"
    r"|一般而言"
    r"|通常来说|简单来说|具体来说|具体地|也就是说|换句话[说讲]|换言之|通俗(?:来|地|点|的)?[说讲]|请注意|问题来了"
    r"|事实上|实际上"
    r"|首先|其次|再次|然后|最后|此外|另外|除此之外|同时|而且|并且|但是|但|然而|不过|那么|其中|值得注意的是"
    r"|需要注意的是|注意|第[一二三四五六]"
    r"|一是|二是|三是|四是|反过来|答|以及|再者|并)(?:[，,:：、]\s*|(?<=[是但])|(?<=并且|而且|所以|因此|但是"
    r"|那么|同时)))+"
    r"|^(?:因此|所以|总结下来|也就是说|换句话说|换言之|总的来说|综上所述|(?:因此|所以|由此)?(?:可以看出|可见"
    r"|可以看到)|同时|并且|而且|但是|但(?=[^，]{4})|不过(?!是|度)|然而|那么|而(?!且|言))"
    r"|^(?:yes|you should (?:know|say|mention|understand) that|we (?:know|can say) that|as we know"
    r"|it (?:is worth noting|should be noted|turns out) that)[,.]?\s+(?=\S+ \S+ )|^(?:no|true|false)[,.]\s+(?=\S+ \S+ )"
    r"|^(?:从?另(?:外)?一个?角度上?(?:来看|来说|来理解|看|理解)|总结起来)[，,]\s*(?=.{6})"
    r"|^(?:其实|(?:群里|后来|面试官|有(?:人|大佬|同学)|大佬|网友|评论区)[^，。]{0,12}(?:说|补充|提到|指出|提醒)(?:说|过|到)?)[，,：:]?\s*(?=.{4})"
    r"|^(?:as|like) (?:the )?(?:(?:figure|diagram|picture|image|table|plot|graph|chart|example)s?(?: above| below)?"
    r"|we (?:saw|said))"
    r"(?: shows?| illustrates?| suggests?| before)?,\s*(?=\S+ \S+ )|^(?:如|由|从)?(?:上|下|该|此)图(?:所示|可见|可知"
    r"|中可以看出)?[，,]\s*(?=.{6})"
    r"|^(?:还是回到刚才|回到(?:这个|刚才的)?问题|是的|对的?|会的?|不会的?|有的?|没有|可以|不可以|不能|能)[，,]\s*(?=.{6})"
    r"|^(?:or|again|basically|essentially|of course|obviously|however|therefore|thus|hence|moreover|furthermore"
    r"|in addition|additionally|also|finally|first(?:ly)?"
    r"|second(?:ly)?|third(?:ly)?|in short|in other words"
    r"|in brief|to sum up|in summary|as a result|so|and|but|note that|in general|generally|typically"
    r"|on the other hand|in contrast"
    r"|by contrast|then|next),?\s+",
    re.IGNORECASE,
)
# Where a long sentence turns to another thought …
_TURN = re.compile(
    r"^(?:而(?!非|是|不是|且不)|但|然而|因此|所以|并且|同时|此外|另外|反过来|也就是说|不过|这样|这使"
    r"|while |whereas |but |however |so |therefore |thus |and (?:it|they|the|this|then) )",
    re.IGNORECASE,
)
# … and where it goes on about the same one, which is cut only when it has become very long.
_GOES_ON = re.compile(
    r"^(?:使得?|从而|进而|导致|由于|虽然|以及|最终|且|并(?!非|不|没)|也(?:可以|能|会)|还(?:可以|能|会)"
    r"|which |because |making |leading |resulting |and )",
    re.IGNORECASE,
)
# The number of the next item, which a page break left at the end of this one.
_COUNT = re.compile(r"(?<=[A-Za-z)]) \d{1,2}\.\d{1,2}$|[,，;；]\s*[(（]?\d{1,2}[)）]?$")
# 「……，因此……」, 「……，同时抑制……」: a consequence, or a clause that begins with a verb and has no subject of its own.
_FOLLOWS = re.compile(
    r"^(?:因此|所以|这样|这使|也就是说|从而|进而|使得?|导致|therefore |thus |so |making |leading |resulting |which )"
    rf"|^(?:而且?|并且?|同时|此外|另外|且|也|还|但是?|然而|不过|又)*(?:{VERBS}|可以|能够?|会|需要|要|有|是|不|没有|无法|容易|更|很|通过|被|将|把|对|在)"
    r"|^(?:and|but|however) (?:it|they|this|that|is|are|can|may|will|has|have|does|do|not|then|also|often|usually"
    r"|thus|therefore|so)\b",
    re.IGNORECASE,
)
# 「使得更新后的参数……」 stands alone without its first word, once it is cut off.
_RESULT = re.compile(r"^(?:从而|进而|最终|并)?(?:使得|导致)(?=.{8})")
# "…, while trees overfit": the other half of a contrast stands without its first word.
_CONTRAST = re.compile(r"^(?:while|whereas) ", re.IGNORECASE)
# A claim may be this many times as long as one that is comfortable to read before it is cut for its length alone.
_WHOLE = 1.6
# A longer sentence holds four claims or five.
_BREATH = {True: 150, False: 380}
# 「如果 A，那么 B」 is one thought: its halves stay together.
_CONDITION = re.compile(
    r"^(?:如果|假如|若|当|虽然|尽管|由于|因为|随着|为了|对于|不考虑|考虑|在|即使|只要|只有|一旦|设|if |when "
    r"|while |although |because |since |given |for |as |unless |once )",
    re.IGNORECASE,
)
# 「……，当训练误差下降」, 「约束虽然减小了范围」: the other half is still to come.
_OPEN = re.compile(
    r"^(?:当(?!前|时|中)|如果|假如|若|只要|即使|由于|随着|if |when |while |although |because )|虽然|尽管|不仅|不但"
    r"|不只|由于|考虑到|因为(?!此)|假设",
    re.IGNORECASE,
)
_CONSEQUENCE = re.compile(r"^(?:那|则|就|以至于|才|都会|then )", re.IGNORECASE)
# 「为什么……可以起到效果」, 「求该青蛙……」: a question or a task, and no statement.
_ASKS = re.compile(
    r"^(?:为什么|为何|如何|怎么|怎样|什么是|求(?![解和导得平])|请(?:完成|实现|写|你|编写|设计|给出|问)|给定一个"
    r"|试(?:求|证)|推荐[:：])|^(?:why|how|what|which|when|where) (?:do|does|is|are|can|did|would|should|to)\b",
    re.IGNORECASE,
)
# 「特别大的值对结果有什么影响，需要如何处理」, without a question mark.
_ASKS_AT_END = re.compile(
    r"(?:^|，)[^，]{0,16}(?:有什么|是什么|有哪些|如何|怎么|怎样|为什么|哪[个些种])[^，。的]{0,6}$"
)
# 「（注意是副作用）」 means nothing without the sentence before it.
_BRACKETED = re.compile(r"^[（(][^（）()]*[)）]?[。.]?$")
# A formula that the document lost leaves its sentence hanging.
_HANGING = re.compile(
    r"(?:^具体|来说|而言|则|为|是|即|等于|如下|包括|例如|比如|分别|通过|\b(?:and|or|is|are|was|as|of|to|the|an?|by|with|from|for|in"
    r"|on|at|that|which|if|when"
    r"|because|via|using|but|include|includes|including|e\.g|i\.e|namely|such as|like))$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^(?:例如|比如|如图|见图|如下图|如上图|图\s*\d|参考|详见|见下|代码|公式)|(?:如下|如下所示|所示)[:：]?$"
    r"|^(?:e\.g\.|for example|for instance|see (?:also|figure)|figure \d|as shown)",
    re.IGNORECASE,
)


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
        filler(sentence)
        or is_small_talk(sentence)
        or _BRACKETED.match(sentence.strip())
        or sentence.rstrip().endswith((":", "：", "?", "？"))
    ):
        return []
    text = _LEAD.sub("", _COUNT.sub("", sentence.strip(" ，,。；;：:、").removesuffix("."))).lstrip()
    if sentence.rstrip().endswith(("，", ",")) and len(text) < _COMFORTABLE[chinese] // 4:
        return []
    if (
        len(text) < 4
        or _ASKS.match(text)
        or (chinese and _ASKS_AT_END.search(text))
        or gives_orders(text)
        or filler(text)
        or _EMPTY.search(text)
    ):
        return []
    if len(text) <= _COMFORTABLE[chinese]:
        return [] if _hangs(text) else [text]
    found: list[str] = []
    for clause in cut(text, r"[，,](?!\d)"):
        if found and not _parts(found[-1], clause, _COMFORTABLE[chinese]):
            found[-1] += ("，" if chinese else ", ") + clause
        else:
            found.append(clause)
    found = [_beginning(part, chinese) for part in found]
    kept = (
        _LEAD.sub("", part if number == 0 else _RESULT.sub("", _CONTRAST.sub("", part))).strip()
        for number, part in enumerate(found)
    )
    return [claim for claim in kept if claim and not _hangs(claim) and not filler(claim)]


def _hangs(text: str) -> bool:
    """Return whether a sentence breaks off; "… more similar than the others are" does not."""
    return _HANGING.search(text) is not None and _THAN.search(text) is None


_THAN = re.compile(r"\bthan [^,]+ (?:is|are|do|does|was|were)$", re.IGNORECASE)


def _beginning(claim: str, chinese: bool) -> str:
    """Return what a sentence without end says first; any other claim whole."""
    if len(claim) <= _BREATH[chinese]:
        return claim
    clauses = cut(claim, r"[，,](?!\d)")
    said = clauses[0]
    for clause in clauses[1:]:
        begins = not (_FOLLOWS.match(clause) or _GOES_ON.match(clause) or _CONSEQUENCE.match(clause))
        if begins and not _only_condition(said) and len(said) >= _COMFORTABLE[chinese] // 2:
            return said
        said += ("，" if chinese else ", ") + clause
    return said


def _parts(before: str, clause: str, comfortable: int) -> bool:
    """Return whether a new thought begins with `clause`."""
    if _CONSEQUENCE.match(clause) or _only_condition(before) or len(before) * 4 < comfortable:
        return False
    # What follows from the words before, or says more of their subject, is whole only together with them.
    if _FOLLOWS.match(clause) and len(before) + len(clause) <= _WHOLE * comfortable:
        return False
    if _TURN.match(clause):
        return True
    return len(before) * 10 > comfortable * 9 and len(clause) * 3 > comfortable and _GOES_ON.match(clause) is not None


def _only_condition(text: str) -> bool:
    """Return whether a stretch is only the condition of what follows, or ends in one."""
    *earlier, last = re.split(r"[，,]\s*", text)
    if (not earlier and _CONDITION.match(last) is not None) or _OPEN.search(last) is not None:
        return True
    if _WHERE.match(last):
        return True
    return text.startswith(("由于", "因为")) and _FOLLOWED.search(text) is None


# 「在预热的小学习率下」, 「当梯度大于某个值时」
_WHERE = re.compile(r"(?:在|当|对于|从)[^，]*(?:下|时|中|后|里|上|来说|而言|看)$")
# What follows from a cause is told with one of these.
_FOLLOWED = re.compile("所以|因此|导致|使|就|从而|会|需|可以|能|无法|难|不")
