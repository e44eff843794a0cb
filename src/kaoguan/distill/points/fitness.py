"""What a claim shows by its form alone: that it is no sentence, or leans on the text around it, or talks to its reader.

What it is worth beyond that, `worth` says.
"""

import re

from kaoguan.distill.text.code import is_code
from kaoguan.distill.text.formulas import is_formula
from kaoguan.distill.text.talk import talks
from kaoguan.text.filler import filler
from kaoguan.text.leaning import leans
from kaoguan.text.script import is_chinese

# What only the words before it explain, or what stands in for a thing that was named there.
_LEANS = re.compile(
    r"^(?:(?:因为|由于|当)(?:它|这|其(?!他|中|实)|该)|也(?=[改会能可有是需要使让叫称就])|还[可能会要得是应需]"
    r"|另外?一(?:个|种|类|方)|相反[，,]|反观|[他她](?!们)的|在此之前|的(?!确|话)|[上下]面|前面|后面|之前|之后|接着|最后|然后"
    r"|如此|以此|到此|至此|这(?!里|篇)|并(?![行发非查列集联])|(?:首先|再来?)(?:解释|回答|说)下?"
    r"|第[一二三四五]个?(?:角度|方面|点|种)?(?:是|为)[^，]{2,16}$|(?:优点|缺点|特点|好处|不足)(?:之一)?(?:是|在于"
    r"|就是)|是(?!否)|可以?是|们|一个[是为]|[（(][^（）()]*[）)](?:它|这|其)|包[括含]|之所以|就[有能会可得是]"
    r"|再(?=[将把用对做加乘除取求])|从而|也就|则|使得|进而|导致|(?:以及|或者|或)(?=[^，]{2}))|^(?:if|when|since"
    r"|because|as|once|while|where) (?:this|these|those|it|they) |^(?:(?:one|another)(?= (?:is|are|can|may"
    r"|might|would|of (?:these|those|them|which)|of the \w+ (?:is|are))\b|[,:])|the (?:former|latter|other|first"
    r"|second|third|same|rest|above|resulting)|for this|because of (?:this|that)|in (?:this|that|our|such) "
    r"|as (?:above|before|mentioned|such|we)|after (?:this|that)|with this|below\b|later\b|instead\b(?! of\b)"
    r"|if so|if not"
    r"|(?!(?-i:[A-Z]{2}))(?:and|or|but|so|whereas|which|where|who|whose|that|then|than) )",
    re.IGNORECASE,
)
# A word inside that points at the text around: 「上式」, "the above table", "this classifier".
_POINTS = re.compile(
    r"(?<!上)(?:[上下](?:式|图|表(?!达)|述|例|节|一[节章题])|上一步|下文|上文(?!本))|由于(?:存在)?以下|以上(?:所[说述]"
    r"|说)|[上下]面(?:的|这|那|说|提|讲|例|我|两|几|是|公)|(?<![成样版基])本(?:文(?![件档])|[节章例题篇])|此(?:例|题|图|表|处|时的?公式)"
    r"|刚[才刚](?:说|提|讲|的)|(?:查看|参考|见)前面|前面(?:说|提|讲|我|介绍|的(?:例|公式|问题|内容|图|讨论|章|文))|在这种(?:情况|场景|条件)下|如图|后面(?:会|再"
    r"|的内容|讲|说)|例子[中里]|我的|回忆一下"
    r"|上(?:个|篇|一篇)文章|\b(?:figure|fig\.|table|equation|eq\.|section|chapter) \(?\d|\b(?:above|below"
    r"|following) (?:figure|table|image|equation|formula|example|code|diagram|plot|graph|snippet|list|section"
    r"|question)|\b(?:as|was|were|is|are)? ?(?:mentioned|shown|seen|discussed|described|explained|given"
    r"|listed) (?:above|below|earlier|before|previously)|\bin (?:this|our|the above) (?:\w+ )?(?:case|example"
    r"|article|post|section|question|scenario|figure|situation)\b|\b(?:this|these|those) (?:classifier|case"
    r"|variable|example|question|article|section|function|code|result|output|value|step|number|sample|user)s?\b"
    r"|\bin (?:this|that) sense\b|\bthe (?:image|figure|picture|plot|graph)s? (?:on|above|below|shows?)\b"
    r"|\b(?:these|those) (?:two|three) \w+|^[（(][^（()）]{1,12}[)）](?![，,、-])\s*\S{4}"
    r"|\bshown (?:here|in (?:the )?(?:black|orange|red|blue|green|yellow|gr[ae]y))\b|\((?:see )?(?:above|below)\)"
    r"|（[^（）]*见(?:上文|下文|[上下]一|[上下]面|[上下]图)|[红黄蓝绿黑橙灰紫]色的?(?:箭头|方框|圆圈|线|虚线|部分"
    r"|框|点|区域)",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\[\||[-–—]$|(?:为|是|等于|通过|假设|其中|得到) +(?:[，（可是为即]|$)|https?://|www\.\S|\]\(|\\[A-Za-z]{2,}"
    r"|\\\\|\{[^}]*$|^\W*[-–—|]\s|\|\s+\||&\s*[=:<>]|_\{"
    r"|\s[-—|–]\s?(?:知乎|科学空间|博客园|CSDN|简书|掘金|Medium|Wikipedia|YouTube)\b"
    r"|^[A-Za-z -]{2,24}: [A-Z]\w+(?: and [A-Z]\w+| et al\.?)*,? \(?(?:19|20)\d\d\)?$|\w\.\w+\s*=\s*\w"
    r"|[A-Za-z]{2,}_[A-Za-z]{2,}\s*=\s*(?:True"
    r"|False|None|\d|[\"'])"
    r"|^(?![=!<>]==? [a-z]|-XX:|@[A-Za-z]\w+(?![-\w])|\.{3} |\*{1,2}(?:kw)?args\b)"
    r"(?:[^\w“‘\"'`(（《【\[<√∑∂|‖∥]|[\u2460-\u24ff])"
)
# A claim that names one thing states nothing; so does "and so on". A cell, "Tuple, mutable: No", says it of something.
_HOLLOW = re.compile(
    r"(?:[^,]{0,40}[:：]\s*)?[→=\-–]*\s*(?:yes|no|true|false)[. ]*"
    r"|(?:.{0,40}[:：]\s*)?[→=\-–]*\s*(?:and )?(?:so on|so forth|etc"
    r"|others?|more|depends|等等?|其他|其它|省略|同上|无|n/?a|取决于[^，。]{0,8}|视(?:具体)?(?:情况|任务|场景)而定|是的?|否"
    r"|不是|对|错|可以|不能|不会|会|能)[.。… ]*",
    re.IGNORECASE,
)
# 「a = np.sqrt(3)」, "[{'x': 1}]": a line of a program or what it prints.
_CODE = re.compile(
    r"^\w+ code ?-?[:：]|^(?:\w+\.)+\w+\([^()]*\)\s*$|[\[{]\s*[{\"']"
    r"|^\w+: \".*\",? \w+: ?\"|^(?:text|explain|correct): \"|\bself\.\w"
    r"|^[^=]{0,12}\b\w+ = \[?\d[\d, .]*\]?$|(?<!_)[(（]\w+=[^，]*\w+\("
)
# 「用 表示」, 「输入 ""」, "where and": a symbol stood there and was lost.
_LOST = re.compile(
    r"(?:用|将|把|记作|记为|矩阵|向量|序列|维度|输入|输出|长度|参数)[ \u3000]+(?:表示|代表|来表示|和[ \u3000]"
    r"|与[ \u3000]|是(?!否)|为(?!了)|的)"
    r"|(?<![\"\w])\"\"(?![\"\w])|“\s*”|「\s*」|‘\s*’|\bwhere and\b|\(\s*,\s*\)|[\ufffc\ufffd]",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40
_LEAST = {True: 5, False: 3}


def broken(text: str) -> bool:
    """Return whether a claim is no sentence at all: links, raw formulas, an open bracket, a lone word of an answer."""
    return (
        bool(_BROKEN.search(text) or _CODE.search(text) or is_code(text) or _HOLLOW.fullmatch(text.strip()))
        or _LOST.search(text) is not None
        or not _balanced(text)
        or filler(text) is not None
    )


def stands(text: str) -> bool:
    """Return whether a claim points at no words around it and speaks to nobody."""
    if broken(text) or _points(text) or talks(text) or _LETTERS.match(text):
        return False
    if _RESULT.search(text) and is_formula(text.rpartition("：")[2]) and not _SUMS.search(text):
        return False
    if _CLAUSE.fullmatch(text):
        return False
    label, _, rest = text[: 2 * _LONGEST_LABEL].replace("：", ":").rpartition(":")
    rest = rest.strip()
    if label and len(label) <= _LONGEST_LABEL and _SPEAKER.match(rest) and talks(rest):
        return False
    return len(text) >= _LEAST[True] if is_chinese(text) else len(_WORDS.findall(text)) >= _LEAST[False]


# "RabbitMQ，协议：AMQP" has three.
_WORDS = re.compile(r"[^\s:：，,、]+")
# A condition or a reason whose other half stands elsewhere.
_CLAUSE = re.compile(
    r"(?:如果|若(?!干)|当(?!前|代|量)|因为|由于|虽然|即使)[^，,：:]*"
    r"|(?:because|although|while|whereas|unless) [^,;:]*",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"(?:我们?|接下来|现在|你们?|大家|回到|假设|设想|注意(?!力)|记住)|(?:we|you|i|let'?s|suppose|imagine|assume|consider)\b",
    re.IGNORECASE,
)
# "dist(A, C) = 1": what a formula gave in one case, and no law.
_RESULT = re.compile(r"[=≈]\s*-?\d[\d.,]*\s*%?$")
_SUMS = re.compile(r"[∑Σ∫∏+]")
# 「P 是正样本的个数，N 是……」: the letters of a formula that is not there.
_LETTERS = re.compile(
    r"(?:用|令|设|记)\s?[A-Za-z]\w?\s?(?:来)?(?:表示|为|代表)|(?:给定|假定|设)[^，]{2,24}，(?:令|设|记)|"
    r"(?:[A-Za-z]{1,2}|[α-ωΑ-Ω])(?:_\w+)?\s?(?:是|为|表示|代表|指|is |denotes )[^，,=]*[，,]\s*(?:and )?"
    r"(?:[A-Za-z]{1,2}|[α-ωΑ-Ω])(?:_\w+)?\s?(?:是|为|表示|代表|指|is |denotes )"
)


def _points(text: str) -> bool:
    leaning = leans(text) and not _OF_THE_QUESTION.match(text)
    return leaning or _LEANS.match(text) is not None or _POINTS.search(text) is not None


# What the question names may be meant, which stands beside the claim: of such claims readers call 3 in 4 good.
_OF_THE_QUESTION = re.compile(r"(?:it|they|its|both)\b(?!\S)|它|其", re.IGNORECASE)


def _balanced(text: str) -> bool:
    """Return whether each bracket that opens is closed; 「1)」, "[0, 1)" and 「（half wide)」 may stand as they are."""
    closed = all(sum(map(text.count, one)) <= sum(map(text.count, other)) for one, other in _BRACKETS)
    return closed and sum(map(text.count, "“”")) % 2 == 0


# A bracket may be closed by the other width, and an interval by a round one.
_BRACKETS = (("（(", "）)"), ("[", "])"), ("【", "】"), ("「", "」"), ("《", "》"), ("{", "}"))
