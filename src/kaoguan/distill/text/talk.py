"""Labels and sentences that speak to the reader and not of the matter: "Key takeaway:", 「重要提示：」, "let's see"."""

import re

TALK = (
    r"(?:short|brief|quick|smart|good|strong|sample|model|ideal|perfect|best) answer"
    r"|(?:key |interview )?(?:takeaways?|insights?|tips?|notes?)"
    r"|(?:common )?template patterns?|business decision options?|pro tips?|bottom line"
    r"|(?:重要|重点|温馨|友情)提示|划重点|敲黑板"
)
_OPENS = re.compile(rf"(?:{TALK})\s*[:：]", re.IGNORECASE)


def opens_with_talk(text: str) -> bool:
    """Return whether a line begins with such a label: it belongs to no list before it."""
    return _OPENS.match(text) is not None


# 「综上所述，……」: what stands below the last label sums up all of them.
_SUMS_UP = re.compile(
    r"(?:综上(?:所述)?|总而言之|总的来[说看]|总结(?:一下|来说|起来)?|总之)[，,：:]"
    r"|(?:in (?:summary|conclusion|short)|to (?:sum up|summari[sz]e|conclude)|overall|all in all),",
    re.IGNORECASE,
)


def sums_up(text: str) -> bool:
    """Return whether a line sums up what stands before it, under whatever labels."""
    return _SUMS_UP.match(text) is not None


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
    r"|(?<!写)读者(?![^。；]{0,12}写者|优先|线程|进程|读)|博文|头晕|有意思的|点赞|pull request|面完|没有?答[出上]"
    r"|(?:首先|先)?(?:再)?(?:来)?看看|[^，。]{0,12}(?:课程?|论文"
    r"|书)?中提到(?!的)|回顾|终于到|下一[课讲]|注脚|公众号|上一?个文章|作者(?:训练|发现|认为|做了)|题目|考点|答题"
    r"|加分|^(?:(?:注意|注|提示|备注|参考|链接|来源)(?=[:：，,])|注意(?!力))|^(?:i|i've|my|we(?:'ve"
    r"| just (?:argued|showed|saw|proved)| know| see| saw"
    r"| can see| have (?:seen|been|to)| get| got| found| observe| notice| start|'ll| will| now| assume"
    r"| need to understand)|you(?:'ve|'re|'ll|'d| have| are| will| were| came| built| must have| know| might have"
    r"| see| get| should (?:know|mention|say|answer|be able))|let'?s|now,?|suppose|imagine|consider (?:a|an|the"
    r"|that|this)|think (?:of|about)|remember|note|don'?t|say,?|assume|yes|well|what if|you (?:answer|say|ask|reply"
    r"|don't|can't|won't|do not)|for e[gx]|e[gx]|e\.g|like|describe|explain|discuss)\b"
    r"|\bfollowing\s*[–—-]?$|^there (?:are|is|exist)s? (?:several|many|multiple|various|different|two|three|four"
    r"|five|some|numerous|a (?:few|number|variety))\b(?!.*:)|^to understand\b|\byou(?:'ll| will"
    r"| would)? need to (?:be|know|understand)\b|^as the name (?:suggests|implies|says|speaks)|^make sure|\b(?:this"
    r"|the) question (?:tests?|is|asks?)\b|possible answer|^when (?:you|we) (?:talk|visuali[sz]e|think)\b"
    r"|\bdemonstrate that you|\bcheck out\b|\byou want to (?:show|demonstrate)|\bi (?:found|use|prefer|would)\b"
    r"|\b(?:interview(?:er|ers|s|ing)?|(?:your|my|an?|the|on|in) resume|recruit\w+|job description|hiring"
    r"|this (?:book|course|blog|video|repo"
    r"|playlist|answer))\b",
    re.IGNORECASE,
)


def talks(text: str) -> bool:
    """Return whether a sentence speaks to its reader, and not of the matter."""
    return _TALKS.search(text.replace("’", "'")) is not None


# What only a text says of itself: "this series", "each notebook", 「本课程」, 「你将学到」.
_OF_TEXT = re.compile(
    r"\b(?:this|these|the|each|every|our|my|both)(?: [\w-]+)? (?:series|notebooks?|guides?|courses?|modules?"
    r"|tutorials?"
    r"|books?|textbooks?|chapters?|lessons?|lectures?|repo(?:sitory)?|videos?|playlists?|articles?|posts?|workshop"
    r"|curriculum|exercises?"
    r"|cheat ?sheet|roadmap)\b|\bweeks? \d|\b(?:hours|minutes) per (?:week|day)\b|\binterview(?:er|ers|s|ing)?\b"
    r"|\byou(?:'ll| will) (?:learn|see|build|find|know|be able)\b|\bcolab\b|\bnotebooks?\b"
    r"|\bwe(?:'ll| will) (?:cover|learn|discuss|look)\b"
    r"|\b(?:resume|portfolio|mock)\b|\brecord yourself\b"
    r"|本(?:课程?|章|节|书|教程|系列|仓库|项目|专栏|笔记|手册|指南|站|单元|文档?|资料)|(?:这|该)(?:门课|篇|本书|个(?:仓库|项目|系列|教程|课程|专栏))"
    r"|[你您](?:将|会|可以)(?:学到|学会|掌握|了解)|我们(?:将|会)(?:学习|介绍|讨论)|面试(?!题)"
    r"|我(?:当时|答|说|回答|没答|不会|没有?答)|答(?:的是|得|出来|上来)|(?:拿|给|发|收|到)了? ?offer"
    r"|^回答(?:时?应|需要?|中?要|可以?)|(?<!写)读者(?![^。；]{0,12}写者|优先|线程|进程|读)|公众号|下一[章节课]",
    re.IGNORECASE,
)


def talks_of_text(sentence: str) -> bool:
    """Return whether a sentence talks about the text that it stands in, the course or the interview."""
    return _OF_TEXT.search(sentence) is not None


# What a reader is to do or to have, in a plan, a guide, an advertisement: "practice X", 「掌握……」, "5 years".
_LEARNS = (
    r"practi[cs]e|review|study|revise|memori[sz]e|brush up|know|master|familiari[sz]e|get (?:familiar|comfortable)"
    r"|work through|stay (?:updated|up to date)|be (?:able|ready|prepared) to|prepare (?:for|a|an|your|to|answers)"
    r"|learn (?:how|about|to|the basics)|read (?:and|about|up|papers|books|chapters?|the (?:paper|book|docs))"
    r"|understand (?:how|and|key|concepts|the (?:basics|difference|concept|theory|math))|focus on"
)
_TOLD_TO_LEARN = re.compile(
    rf"\W*(?:[^:：]{{2,40}}[:：]\s*)?(?:(?:{_LEARNS}|proficien\w+ (?:in|with)|experience (?:with|in)|ability to"
    r"|strong (?:\w+ )?(?:knowledge|understanding|experience|skills)|bachelor|master's degree|\d\+? years)\b"
    r"|熟悉|熟练|精通|掌握|复习|准备(?:面试|简历|好)|刷题|背诵|本科|硕士|博士|有\S{2,20}经验)",
    re.IGNORECASE,
)
# "Read and memorize:", "Study:" say it of all that stands below them.
_LEARN_LABEL = re.compile(
    rf"\W*(?:{_LEARNS}|read|learn|understand|resources|topics to cover|goals?|deliverables?)(?: \w+){{0,3}}\W*[:：]\W*"
    r"|\W*(?:学习(?:资源|目标|内容|计划)|推荐资源|岗位职责|任职要求|职位要求|岗位要求|技能要求|加分项)\W*",
    re.IGNORECASE,
)


def tells_to_learn(sentence: str) -> bool:
    """Return whether a sentence says what its reader is to learn, to do or to have."""
    return _TOLD_TO_LEARN.match(sentence) is not None


def leads_into_learning(label: str) -> bool:
    """Return whether a label says of all that stands below it that its reader is to learn it."""
    return _LEARN_LABEL.fullmatch(label) is not None


def without_pointer(sentence: str) -> str:
    """Return a sentence without an end that only says where to read on."""
    return _POINTS_AWAY.sub("", sentence)


# "… (see the example in main.py)", 「……，具体见第七章」: where it is told, and not what.
_POINTS_AWAY = re.compile(
    r"\s*\((?:see|refer to|check|cf\.|as (?:shown|seen) in|(?:more|further) (?:details|information))\s[^()]{1,80}\)$"
    r"|\s*[（(](?:详见|具体见|参见|参考|可?参照|见)[^（）()]{1,30}[)）]$"
    r"|(?<=.{10})[，,]\s*(?:具体|详细|详情)?(?:内容|说明|介绍|细节)?(?:可以?|请)?(?:参见|参考|参照|参阅|详见|见|查看)"
    r"(?!到|于|的|过|证|识)[^，,]{0,12}(?:[章节篇页]|文档|官网|[上下后前]文|附录|链接|文章|[上下][图表])$",
    re.IGNORECASE,
)
