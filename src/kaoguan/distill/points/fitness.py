"""What a claim shows by its form alone: that it is no sentence, or leans on the text around it, or talks to its reader.

What it is worth beyond that, `worth` says.
"""

import re

from kaoguan.distill.text.code import is_code
from kaoguan.distill.text.formulas import is_formula
from kaoguan.text.filler import filler
from kaoguan.text.leaning import leans
from kaoguan.text.script import HAN, is_chinese

# What only the words before it explain, or what stands in for a thing that was named there.
_LEANS = re.compile(
    r"^(?:(?:因为|由于|当)(?:它|这|其(?!他|中|实)|该)|也(?=[改会能可有是需要使让叫称就])|还[可能会要得是应需]"
    r"|另一(?:个|种|类|方)|反观|[他她](?!们)的|在此之前|的(?!确|话)|[上下]面|前面|后面|之前|之后|接着|最后|然后"
    r"|如此|以此|到此|至此|这(?!里|篇)|并(?![行发非查列集联])|(?:首先|再来?)(?:解释|回答|说)下?"
    r"|第[一二三四五]个?(?:角度|方面|点|种)?(?:是|为)[^，]{2,16}$|(?:优点|缺点|特点|好处|不足)(?:之一)?(?:是|在于"
    r"|就是)|是(?!否)|可以?是|们|一个[是为]|[（(][^（）()]*[）)](?:它|这|其)|包[括含]|之所以|就[有能会可得是]"
    r"|再(?=[将把用对做加乘除取求])|从而|也就|则|使得|进而|导致|(?:以及|或者|或)(?=[^，]{2}))|^(?:if|when|since"
    r"|because|as|once|while|where) (?:this|these|those|it|they) |^(?:one|another|the (?:former|latter|other|first"
    r"|second|third|same|rest|above|resulting)|for this|because of (?:this|that)|in (?:this|that|our|such) "
    r"|as (?:above|before|mentioned|such|we)|after (?:this|that)|with this|below\b|later\b|instead\b|if so|if not"
    r"|(?:and|or|but|so|whereas|which|where|who|whose|that|then|than) )",
    re.IGNORECASE,
)
# A word inside that points at the text around: 「上式」, "the above table", "this classifier".
_POINTS = re.compile(
    r"(?<!上)(?:[上下](?:式|图|表(?!达)|述|例|节|一[节章步题])|下文|上文(?!本))|由于(?:存在)?以下|以上(?:所[说述]"
    r"|说)|[上下]面(?:的|这|那|说|提|讲|例|我|两|几|是|公)|本[文节章例题篇]|此(?:例|题|图|表|处|时的?公式)"
    r"|刚[才刚](?:说|提|讲|的)|前面(?:说|提|讲|的|我)|如图|后面(?:会|再|的内容|讲|说)|例子[中里]|我的|回忆一下"
    r"|上(?:个|篇|一篇)文章|\b(?:figure|fig\.|table|equation|eq\.|section|chapter) \(?\d|\b(?:above|below"
    r"|following) (?:figure|table|image|equation|formula|example|code|diagram|plot|graph|snippet|list|section"
    r"|question)|\b(?:as|was|were|is|are)? ?(?:mentioned|shown|seen|discussed|described|explained|given"
    r"|listed) (?:above|below|earlier|before|previously)|\bin (?:this|our|the above) (?:\w+ )?(?:case|example"
    r"|article|post|section|question|scenario|figure|situation)\b|\b(?:this|these|those) (?:classifier|case"
    r"|variable|example|question|article|section|function|code|result|output|value|step|number|sample|user)s?\b"
    r"|\bshown (?:here|in (?:the )?(?:black|orange|red|blue|green|yellow|gr[ae]y))\b|\((?:see )?(?:above|below)\)"
    r"|（[^（）]*见(?:上文|下文|[上下]一|[上下]面|[上下]图)|[红黄蓝绿黑橙灰紫]色的?(?:箭头|方框|圆圈|线|虚线|部分"
    r"|框|点|区域)",
    re.IGNORECASE,
)
# Someone speaks: 「你可能会……吧」, "you have been given", "let's".
_TALKS = re.compile(
    r"(?:吧|呢|嘛|啊|哈|哦|呀|吗|对不对|是不是|没问题)$|[呢吗][，：]|什么意思|，那(?:为何|为什么|如何|怎么)"
    r"|(?:我们)?(?:接下来)?要(?:探讨|讨论|介绍)|(?:成|为|有)?(?:以下|如下|下面)(?:的)?[几\d]?[个点种]?(?:方面|几点"
    r"|内容)?$|^(?:需要(?:说明|了解|掌握|熟悉|熟知|知道)|记住|想象|假设(?:我们|你|有|一个|它|现在)"
    r"|假设[^，。]{1,16}(?:是|为) ?[A-Za-zα-ω\d.]{1,8}$|比如|例如|举例|大家|同学|我(?!们)|作者|不久前|你(?:可能|会"
    r"|看|现在|需要|应该|如果|只|要|想|的|还|就|也|能|可以)|我们(?:知道|发现|来|再|先|看|刚|前|已经|接下|现在|假设"
    r"|考虑|从|举|把|将|令|设|在.{0,8}(?:看|讲|说))|现在(?:我|，|来|假)|接下来|(?:就)?以[^，。]{0,14}(?:为例"
    r"|例子来说)|简而言之|从.{0,10}(?:可以看|可知|可见|看出)|看(?:上去|起来|一)|我们(?:想|要|试图|假设)"
    r"|为了(?:更好地?)?(?:理解|说明|方便|直观)|[^，]{0,10}这一点)|(?:强烈|建议|推荐)(?:大家|先|去|再|你)?(?:建议"
    r"|推荐)?(?:观看|去看|看看|阅读|读一[读下])|大佬|(?:作者|文章|博客|论文)(?:里|中)?(?:写|讲|提(?!到的)|说(?!明)"
    r"|介绍(?!的))|哈哈|(?:相关|下面|以下|具体|详细)(?:代码|内容|介绍|说明|资料)|面试(?:中|时|官|问|常)|广告|欢迎"
    r"|读者|博文|头晕|有意思的|点赞|pull request|(?:首先|先)?(?:再)?(?:来)?看看|[^，。]{0,12}(?:课程?|论文"
    r"|书)?中提到(?!的)|回顾|终于到|下一[课讲]|注脚|公众号|上一?个文章|作者(?:训练|发现|认为|做了)|题目|考点|答题"
    r"|加分|^(?:(?:注意|注|提示|备注|参考|链接|来源)(?=[:：，,])|注意(?!力))|^(?:i|i've|my|we(?:'ve| know| see| saw"
    r"| can see| have (?:seen|been|to)| get| got| found| observe| notice| start|'ll| will| now| assume"
    r"| need to understand)|you(?:'ve|'re|'ll|'d| have| are| will| were| came| built| must have| know| might have"
    r"| see| get| should (?:know|mention|say|answer|be able))|let'?s|now,?|suppose|imagine|consider (?:a|an|the"
    r"|that|this)|think (?:of|about)|remember|note|don'?t|say,?|assume|yes|well|what if|you (?:answer|say|ask|reply"
    r"|don't|can't|won't|do not|cannot|can only)|for e[gx]|e[gx]|e\.g|like|list|describe|explain|discuss|compare)\b"
    r"|\bfollowing\s*[–—-]?$|^there (?:are|is|exist)s? (?:several|many|multiple|various|different|two|three|four"
    r"|five|some|numerous|a (?:few|number|variety))\b(?!.*:)|^to understand\b|\byou(?:'ll| will"
    r"| would)? need to (?:be|know|understand)\b|^as the name (?:suggests|implies|says|speaks)|^make sure|\b(?:this"
    r"|the) question (?:tests?|is|asks?)\b|possible answer|^when (?:you|we) (?:talk|visuali[sz]e|think)\b"
    r"|\bdemonstrate that you|\bcheck out\b|\byou want to (?:show|demonstrate)|\bi (?:found|use|prefer|would)\b"
    r"|\b(?:interview(?:er|ers|s|ing)?|resume|recruit\w+|job description|hiring|this (?:book|course|blog|video|repo"
    r"|playlist|answer))\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\[\||[-–—]$|(?:为|是|等于|通过|假设|其中|得到) +(?:[，（可是为即]|$)|https?://|www\.\S|\]\(|\\[A-Za-z]{2,}"
    r"|\\\\|\{[^}]*$|^\W*[-–—|]\s|\|\s*\||&\s*[=:<>]|_\{"
    r"|\s[-—|–]\s?(?:知乎|科学空间|博客园|CSDN|简书|掘金|Medium|Wikipedia|YouTube)\b"
    r"|^[A-Za-z -]{2,24}: [A-Z]\w+(?: and [A-Z]\w+| et al\.?)*,? \(?(?:19|20)\d\d\)?$|\w\.\w+\s*=\s*\w"
    r"|[A-Za-z]{2,}_[A-Za-z]{2,}\s*=\s*(?:True"
    r"|False|None|\d|[\"'])|^[^A-Za-z0-9" + HAN + r"“‘\"'`(（《【\[<√∑σλαβγθμπ∂|‖∥]"
)
_OPENING, _CLOSING = "（([【「《“{", "）)]】」》”}"
# A claim that names one thing states nothing; so does "and so on".
_HOLLOW = re.compile(
    r"(?:.{0,40}[:：]\s*)?[→=\-–]*\s*(?:and )?(?:so on|so forth|etc|others?|more|等等?|其他|其它|省略|同上|无|n/?a|yes"
    r"|no"
    r"|true|false"
    r"|depends|取决于[^，。]{0,8}|视(?:具体)?(?:情况|任务|场景)而定|是的?|否|不是|对|错|可以|不能|不会|会|能)[.。… ]*",
    re.IGNORECASE,
)
# 「a = np.sqrt(3)」, "[{'x': 1}]": a line of a program or what it prints.
_CODE = re.compile(
    r"^\w+ code ?-?[:：]|\b\w+\.\w+\([^()]*\)\s*$|[\[{]\s*[{\"']"
    r"|\bself\.\w|^[^=]{0,12}\b\w+ = \[?\d[\d, .]*\]?$|[(（]\w+=[^，]*\w+\("
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


def talks(text: str) -> bool:
    """Return whether a sentence speaks to its reader, and not of the matter."""
    return _TALKS.search(text.replace("’", "'")) is not None


def stands(text: str) -> bool:
    """Return whether a claim points at no words around it and speaks to nobody, neither whole nor behind its label."""
    if broken(text) or _points(text) or talks(text) or _LETTERS.match(text):
        return False
    if _RESULT.search(text) and is_formula(text.rpartition("：")[2]) and not _SUMS.search(text):
        return False
    label, _, rest = text[: 2 * _LONGEST_LABEL].replace("：", ":").rpartition(":")
    rest = rest.strip()
    if label and len(label) <= _LONGEST_LABEL and (_leans(rest) or (_SPEAKER.match(rest) and talks(rest))):
        return False
    chinese = is_chinese(text)
    return (len(text) if chinese else len(text.split())) >= _LEAST[chinese]


_SPEAKER = re.compile(
    r"(?:我们?|接下来|现在|你们?|大家|回到|假设|设想)|(?:we|you|i|let'?s|suppose|imagine|assume|consider)\b",
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
    return _leans(text) or _POINTS.search(text) is not None


def _leans(text: str) -> bool:
    return leans(text) or _LEANS.match(text) is not None


def _balanced(text: str) -> bool:
    """Return whether each bracket that opens is closed; 「1)」 and "[0, 1)" may stand as they are."""
    return all(
        text.count(opening) <= text.count(closing) + text.count(")") * (opening == "[")
        for opening, closing in zip(_OPENING, _CLOSING, strict=True)
    )
