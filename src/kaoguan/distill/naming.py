"""What a section asks, in words that say what it is about.

A title such as 「典型结构」 or "Use cases" gets the thing it stands under; where there is none, or where a line asks
about the document itself, nobody could answer, and there is no question.
"""

import re

from kaoguan.distill.points.rows import in_sentence
from kaoguan.distill.questions.asking import Asks, asks, demands
from kaoguan.distill.questions.hanging import hangs
from kaoguan.distill.questions.interviews import is_interview
from kaoguan.distill.questions.outline import BlockKind
from kaoguan.distill.questions.parts import is_chapter_end, without_summary
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.stated import states, tells
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.questions.topics import thing, without_kind
from kaoguan.text.overlap import containment
from kaoguan.text.script import HAN, is_chinese


def what_is_asked(section: Section, chinese: bool) -> str:
    """Return what a section asks, in the document's words; nothing where it cannot be asked."""
    under = without_summary(section.under)
    if is_chapter_end(section.question):
        return under
    title = without_summary(_bare(section.question))
    told = section.block.kind not in {BlockKind.ASK, BlockKind.ITEM} and tells(title)
    if told or _is_none(title):
        return ""
    if not (section.again or hangs(title)) or (title.startswith("有") and asks(under, chinese) is Asks.YES):
        return title
    name = _name_of(under, section.topic.name)
    if not name or name in title or set(_LATIN.findall(title.casefold())) & set(_LATIN.findall(name.casefold())):
        return title if _STANDS_ALONE.match(title) else ""
    return _of_chinese(name, title) if chinese else _of_english(name, title)


def _name_of(title: str, topic: str) -> str:
    """Return the thing that a title names, or else the topic; of a Chinese question only what it surely begins with."""
    name = thing(title)
    if not is_chinese(title) or asks(title, chinese=True) is not Asks.YES:
        return name or topic
    return name if re.match(_OPENS + re.escape(name) + _AFTER, title) else ""


# What stands before and behind the thing that a Chinese question is about.
_OPENS = r"(?:请|讲讲|说说|谈谈|聊聊|介绍|解释|描述|简述|一下|什么是|什么叫|为什么|使用|你|了解|知道|对|\s)*"
_AFTER = rf"\s?(?:(?![{HAN}])|[的是有为如怎什和与及在比跟问])"


def _is_none(title: str) -> bool:
    """Return whether a title states, is about the text or an interview, names a kind of text or lacks its thing."""
    if not hangs(title) and without_kind(title) == "":
        return True
    if is_interview(title) and not demands(title, is_chinese(title)):
        return True
    aside = _ABOUT_THE_TEXT.search(title) or _SAYS_NOTHING.fullmatch(title) or states(title)
    return bool(aside or _HOLE.search(title) or (_POINTS.match(title) and not hangs(title)))


def _bare(title: str) -> str:
    """Return a title without the marks around it and the stage or the number it has."""
    title = re.sub(r"\s+(?=[?？])|(?<=^[A-Z])#{2,6}\s+(?=[a-z])", "", title.strip())  # "W### hat is a log ?"
    if not set(title[1:-1]) & set('"“”'):
        title = title.strip('"“”')
    title = _BRACKETED.sub(r"\g<inner>", title)
    outside = _GIVEN.sub("", title)
    title = outside if demands(outside, is_chinese(outside)) else title
    for pattern in (_NUMBERED, _LEADS, _TRAILS):
        title = pattern.sub("", title)
    if joined := _JOINS.match(title):
        title = title[joined.end()].upper() + title[joined.end() + 1 :]
    name, _, asked = title.partition(": ")
    told = demands(asked, is_chinese(asked)) and not _POINTS_BACK.search(asked)
    return asked if told and containment(asked, name) >= _NAMED else title


# "Overfitting: What is overfitting?" names it twice; "Overfitting: what is it?" does not.
_NAMED = 0.5
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|their|this|these|the difference)\b", re.IGNORECASE)


# 「【低秩还是稀疏？】」
_BRACKETED = re.compile(r"^[【\[](?P<inner>[^【】\[\]]{4,})[】\]]$")
# 「……怎么排查（可以用 pprof）」: what its author said to it.
_GIVEN = re.compile(r"[（(](?:可以用|我|说了|答|回答|没答|不会|当时|忘了)[^（）()]*[）)]")
# 「Stage 3: PPO」, "G52 What is …"
_NUMBERED = re.compile(
    r"^§\s?\d[\d.]*\s+(?=\S)|^(?:总结|小结|修正[一二三四五])[:：]\s*(?=\S)|^(?:stage|phase|step|part|level|chunk|version|阶段|步骤|思路(?=\s*\d)"
    r"|第[一二三四五六七八九十\d]+[层步阶段部分]+)\s*\d*\s*[:：]\s*(?=\S)"
    r"|^面试(?:问题|题目?|追问|高频题?)\s*[:：]\s*(?=\S)|^[ivx]{1,4}[.)]\s+(?=[A-Z])|^\d{1,2}[A-Za-z][.、)]\s+(?=\S)"
    r"|^(?:面试)?(?:场景|追问|真题|考题|题目|自测题?)\s*\d+\s*[:：·.、]\s*(?=\S)|^[A-Z]{2}\d{1,3}\s*·\s*(?=\S)"
    r"|^slides? \d+ (?:for|on|about|:)\s*(?=\S)|^(?:博客|文章|论文|实验|练习)\s?\d+\s*[:：]\s*(?=\S)"
    r"|^(?:key )?(?:topic|tutorial|module|lecture|lesson|questions?|todo|主题|模块|积木|专题)"
    r"\s?(?:\d+|[A-Z]|[一二三四五六七八九十])?\s?[:：]\s?(?=\S)"
    r"|^Q\s?\.?\s?\d{1,3}[.:)、]?\s+(?:[-–—·]\s*)?(?=\S)|^\*\s+(?=\S)|^[?？]\s?(?=\S)|^-\s?(?=["
    rf"{HAN}])"
    r"|^(?:[A-Z]\d{1,3}[.:)]?|\d{1,3}[.:)])\s+(?=(?:What|How|Why|When|Which|You|Can|Do|Is|Are)\b)",
    re.IGNORECASE,
)
# "So why …", "However, if …": joined to what was told before.
_JOINS = re.compile(
    r"^(?:so|however|but|and|ok(?:ay)?|well|now),?\s+(?=(?:how|what|why|when|which|where|if)\b)"
    r"|^for example, (?=(?:let['’]s|suppose|imagine|say)\b)",
    re.IGNORECASE,
)
# What says only that something is told: 「先回答什么是……」, 「在本节中……」, "Understanding dilation rates".
_LEADS = re.compile(
    r"^那么?[，,]?(?=怎么|怎样|如何|为什么|为啥)|^(?:如果|假如|当)?面试官(?:让|要求|问|再问)你?|^学习(?=(?:交叉|归一|正则|批|注意力|卷积|循环|反向|梯度|逻辑|线性|决策|支持|贝叶斯|聚类)\S)"
    r"|^(?:再|先|接着|接下来|下面|最后)来?(?:看一?看|说一?说|聊一?聊|讲一?讲|了解一?下)\s?(?=\S{4})|^关于\s*(?=[^，,？?：:]{2,30}$)"
    r"|^(?:先|首先|接下来|下面)?(?:来)?(?:回答|看看?|说说?|讲讲?)(?:一下)?(?=什么|为什么|怎么|如何)"
    r"|^(?:那|好的?|嗯)?我们[^，。！]{0,6}[！!]|(?:你|您)?(?:刚才|刚刚|前面|之前)(?:提到|说|讲)过?的|^(?:在"
    r"|基于)?本[章节文](?:正文)?(?:中|里)?(?:所?介绍的|的)?[，,]?"
    r"|^(?:understanding|introduction to|introducing|intro to|an? overview of|overview of|the basics of|basics of"
    r"|other|其[他它](?!类型|种类|的)(?=\S{3}))\s*(?=\S)",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"(?<=[?？])\s*(?:分析|解析|考察点?|考点|点评)[:：].*$|(?<=\w)\s*[（(](?:19|20)\d\d[)）]$"
    r"|(?<=\S{4})说明$|(?<=\S)\s?(?:的提问|中的(?:几个|一些)?(?:核心|基本|重要|关键)?概念)$|的(?:一些|若干)?相关细节$|(?<!组成)(?<![的各])(?<=\S{3})部分$|[，,]?\s?[如见][上下]图(?:所示)?(?=[?？]?$)"
    r"|(?<= mean) here(?=\??$)"
    r"|\s+(?:as )?shown (?:in (?:this|the) (?:diagram|figure|picture|image)|above|below)(?=\??$)"
    r"|(?:形式)?(?:如下|如下所示)[:：]?$|\s+to know$|[:：]$",
    re.IGNORECASE,
)

# A question to the reader of a course, about the course; no interviewer asks it.
_ABOUT_THE_TEXT = re.compile(
    r"\bth(?:is|ese) (?:series|course|books?|repo\w*|guide|documents?|notebooks?|tutorials?|blog|post|articles?|lists?"
    r"|playbook|handbook|project|site|page|lecture)\b|\bnotebooks?\b|\bweek \d|\bof this\b"
    r"|^(?:do|can|will|am|what if|where (?:do|can)|how much time (?:do|should)) i\b|\bmy (?:paper|deadline|own data)\b"
    r"|\bthe pressure of\b|\binterview(?:s|ers?|ing)?\b|\bexams?\b|\bcoding rounds?\b|\bin your resume\b"
    r"|\bwould you do differently\b|\bchoose these specific\b"
    r"|^how does your architecture\b"
    r"|^(?:highlight|demonstrate|show|emphasi[sz]e) (?:your|hands-on|breadth|depth|passion)\b"
    r"|^what was the (?:biggest|hardest|most) |^how did you evaluate your\b"
    r"|^how to (?:prepare|use this|study|read this)\b"
    r"|\bdoes this (?:really )?(?:take|cover|work)\b|^(?:who|is) (?:is )?this\b"
    r"|\b(?:above|below)\W*$|\bthe above\b|^请(?:参考|参阅|查阅|阅读)"
    r"|\bhere\W*$|\b(?:figure|diagram|picture|image) (?:above|below|\d)"
    r"|\b(?:actually|really) testing\b|\breview material\b|^colab\b|\.(?:md|ipynb|pdf)\b"
    r"|(?:你的?|你们的?|[你我]们?做的|这|那|该)(?:一|几)?个?项目(?!管理|经理)|本(?:书|课程|项目|仓库|教程|系列|专栏|资料)|这(?:段(?:回答|文字)|本书|门课|个仓库|份(?:文档|笔记|资料))|学完|^[一二三四终]面[，,：:]|贡献|面试官|面试[中里时]|(?:如何|怎么)答$|如何回答(?:这|面试)|[上下]图|^(?:熟悉|熟练|精通|掌握|具备|负责)"
    r"|^(?:请?介绍|聊聊?|说说|讲讲)[^，的]{0,14}(?:比赛|实习|游戏)$|家里|留在\S{2}[?？]?$|想在哪里?(?:里|儿)?工作|转行|转型|玩过什么",
    re.IGNORECASE,
)


# "the difference between and?", 「“”和“”的区别」: what was between is lost.
_HOLE = re.compile(
    r"\bbetween(?:\s+and(?:\s+\S+){0,2})?\s*(?:[?.,](?=\s|$)|$)|\b(?:and|the|an?)\s*[?？]$|^[和与、]+的|“\s*”|「\s*」|《\s*》",
    re.IGNORECASE,
)


# "What monitoring would catch this?": what comes before is not in the question.
_POINTS = re.compile(
    r"(?:explain )?(?:the )?differences? between (?:these|them)\b"
    r"|(?:how|what|why|when|which|where|explain)\b(?:(?!\b(?:and|or|when|if|that|is|are|before|after)\b)[^,.?:;])*"
    r"\b(?:this|these)\b(?! days\b)",
    re.IGNORECASE,
)


# Whatever it stands under, nobody knows what is meant.
_SAYS_NOTHING = re.compile(
    r"(?:下一步|正文|(?:实战|学习|项目)(?:目标|要点|收获)|扩展方向|(?:运行|示例|完整)?\s*demo|项目|一个真实\S{0,4}视角|(?:更多|其[他它])(?:内容|问题|资料|话题)?|待续|英文|中文|(?:安装|环境搭建|下载)(?:教程|步骤|说明)?|(?:[两二三四]者|它们)的.*)"
    r"|(?:general|labs?|other(?: topics?)?|next steps?|more|misc(?:ellaneous)?|more resources|projects?|demos?"
    r"|none|n/a|q\s?\d+|summari[sz]e|contributions?|(?:tools|topics) to learn|common mistakes to avoid"
    r"|.*\bnewsletter\b.*|(?!(?:what|which) )(?:[\w-]+ ){1,4}questions\??"
    r"|(?:exercise|problem|question|scenario|case|chunk|version|task|day|week|lab|slide|assignment|homework)s?"
    r"(?:\s?(?:\d+\w?|here|index))?)[:：.]?",
    re.IGNORECASE,
)
_LATIN = re.compile("[a-z]{3,}")


# What can be asked where nothing stands above it.
_STANDS_ALONE = re.compile(
    r"有(?:什么|哪些)|(?:(?:损失|目标)函数|模型(?:评估|选择|比较|预测)"
    r"|loss functions?|hyperparameters?|evaluation metrics)$",
    re.IGNORECASE,
)


def _of_chinese(thing: str, title: str) -> str:
    head, _, tail = title.partition("：")
    if re.match("[A-Z]", tail):
        return tail  # 「备选方案：FP16」
    title = title if title.endswith(("？", "?")) else head  # 「效果评估：四个比率」
    if re.match("(?:和|与|跟|相比|比起|有|为什么|会|能|可以|怎么|如何|解决|必须|需要|看成|当成|视为|换成|改成)", title):
        return thing + title  # 「和它们什么关系？」 below the title of a thing
    rest = title.removeprefix(thing[-2:]) if len(title) > len(thing[-2:]) + 1 else title
    return thing + ("" if rest.startswith(("中", "里")) else "的") + rest


def _of_english(thing: str, title: str) -> str:
    both = sides(thing)
    if len(both) == _BOTH and (match := _DIFFERENCES.fullmatch(title)):
        return f"What are the {match[1].lower()}differences between {both[0]} and {both[1]}?"
    if len(both) == _BOTH and _COMPARISON.fullmatch(title):
        return f"How do {both[0]} and {both[1]} compare?"
    said = in_sentence(title)
    return f"{thing}: {said[:1].lower() if said[1:2].islower() else said[:1]}{said[1:]}"


_BOTH = 2
_DIFFERENCES = re.compile(r"(?:the )?((?:key |main |core )?)differences?", re.IGNORECASE)
_COMPARISON = re.compile(r"comparison(?: table)?", re.IGNORECASE)
