"""Sentences of a document that state nothing a candidate could say: pointers, announcements, talk, leftovers."""

import re
from enum import StrEnum
from functools import lru_cache


class Filler(StrEnum):
    """Why a sentence is no statement."""

    PLACEHOLDER = "placeholder"
    POINTER = "pointer"
    PICTURE = "picture"
    ANNOUNCEMENT = "announcement"
    TALK = "talk"
    WISH = "wish"


_WHOLE = {
    # The answer is still to be written.
    Filler.PLACEHOLDER: r"(?:(?:正确|参考)?(?:答案|选项)?(?:是|为|选|应选)?\s*[:：]?\s*[A-F]"
    r"(?:[,，、 ]*[A-F]){0,4}(?![A-Za-z])"
    r"|(?:(?:correct |right )?(?:answer|option)s?(?: is| are)?)\s*[:.]?\s*\(?[A-F]\)?|to ?do|tbd|tba|wip|fixme"
    r"|n/?a|none|null|待(?:补充|完善|更新|续|填|写|整理|办)"
    r"|未完(?:待续)?|(?:此处)?略|暂(?:无|缺)(?:答案|内容)?"
    r"|(?:答案)?(?:正在)?(?:整理|更新|施工)中|空|无|敬请期待|coming soon|to be (?:added|continued|written|done"
    r"|completed)|work in progress"
    r"|no answer(?: yet)?|not yet(?: answered)?|answer (?:here|goes here|pending)|your answer(?: here)?|\.{2,}|…+"
    r"|[-—=_*/\\.,·]+"
    r"|待?补(?:充)?|incomplete|unfinished|placeholder|lorem ipsum.*)",
    Filler.POINTER: r"(?:点击|点此|戳|单击)?(?:此处|这里|链接)?(?:查看|展开|显示|阅读|跳转"
    r"|进入)?(?:参考)?(?:答案|解析|详情|全文|更多|原文|原图|代码|链接)"
    r"|(?:同上|同前|同前文|如上|(?:见|参见|参考|详见|同)(?:上文|下文|前文|上题|上面|下面|前面|后文|附录|原文|文末))"
    r"|(?:(?:click|tap|press)(?: here)?(?: to)? )?(?:(?:see|show|view|reveal|open"
    r"|read) )?(?:the )?(?:full )?(?:answer|answers|solution|solutions|explanation|details|more|source|link|here"
    r"|code|video)s?(?: here)?"
    r"|see (?:also )?(?:q(?:uestion)?|section|chapter|problem|part|item|no\.?|number|#)\s*#?\d+.{0,12}"
    r"|back to (?:the )?(?:top|contents?|index)|(?:返回|回到)(?:顶部|目录)|same as (?:above|before)|see (?:above"
    r"|below)|https?://\S+|www\.\S+|《[^》]{2,40}》(?:[^是的为有会能在。，]{0,40})|[^。，,]{0,16}系列(?:教程|文章|笔记)"
    r"|[A-Z][^.。]{6,90}\([A-Z][A-Za-z-]+(?: (?:et al\.?|and [A-Z]\w+|& [A-Z]\w+))?,? ?(?:19|20)\d\d[a-z]?\)"
    r"|作者\s*[:：].{1,20}",
    Filler.TALK: r"(?:difficulty|level|time(?: limit)?|tags?|category|author|date|compan(?:y|ies)|frequency|status"
    r"|priority"
    r"|难度|标签|频率|频次|公司|岗位|时间|状态)\s*[:：]\s*\S.{0,30}",
    Filler.PICTURE: r"(?:[^。，,]{0,30}(?:图示|示意图|流程图|结构图|架构图|效果图|对比图)|image|img|figure|fig|photo"
    r"|screenshot"
    r"|picture|alt(?: text)?|图片?|截图|插图"
    r"|在这里插入图片描述|这里写图片描述|请添加图片描述|[a-z]*+(?:\d*+[-_ ])?\d{6,}\w*+)[-_ .]?\d*"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp|bmp)",
}
_START = {
    Filler.POINTER: r"(?:详细?|具体|更多(?:内容|细节|详情)?|更?详细的?|代码|原文|图解|完整(?:代码"
    r"|内容)?)?(?:内容|解释|介绍|说明|推导|证明)?(?:请|可以?)?(?:见|参见|参考|查看|查阅|移步|参照|戳"
    r"|看)(?:资料|文献|链接|文章|博客|论文|代码|来源|自|于|如下)?\s*(?:[:：《\[【(（]|一[篇个]|这篇|这里|此处"
    r"|https?|上[文题图]|下[文题图]|前[文面]|上面|下面|后文|原文|知乎|官方|文档|我的|另一|博客|论文"
    r"|第\s*[\d一二三四五六七八九十]+\s*[章节页题])"
    r"|图片来源|(?:参考(?:资料|文献|链接|文章)?|延伸阅读|扩展阅读|相关(?:阅读|链接|文章)|推荐阅读|资料来源|图片来源|来源"
    r"|出处|原文(?:链接|地址)?|作者|转载自?|引自|推荐|官方说明|链接|论文(?:地址|链接)?|代码(?:地址|链接)?|项目地址"
    r"|视频)\s*[:：]"
    r"|(?:为什么|如何|怎么)?[^。，]{0,12}(?:见上文|见下文|见前文|见上题|见附录|见第\s*\d+\s*[章节题页])"
    r"|(?:you can )?(?:see|refer to|check(?: out)?|read|visit|watch|have a look at|take a look at|look at|find"
    r"|consult) (?:also |out |more |the |this |these |my |our |an? |here|it ){0,3}(?:\w+ ){0,3}(?:video|talk|post"
    r"|blog|article|paper|link|page|here|book|chapter|section|tutorial|documentation|docs|repo|repository|notebook"
    r"|answer|source|course|lecture|website|wiki|wikipedia|slides?|above|below)\b"
    r"|(?:the )?(?:rest|remainder|full text|details?|code|implementation|source|answer|solution|proof"
    r"|derivation)(?: of (?:the|this) \w+)? (?:is|are|can be found|is available|continues) (?:here|there|in|at|on"
    r"|below|above)"
    r"|(?:references?|sources?|credits?|read more|further reading|see also|learn more|more (?:info|information"
    r"|details)|image (?:source|credit)|adapted from|taken from|source code|link)\s*[:：]"
    r"|for (?:more|further|additional|a (?:more )?detailed?|the full|full)\b.{0,60}\b(?:see|refer|check|visit|read"
    r"|click)"
    r"|(?:read|learn|find out) more\b|here is (?:a|an|the) (?:\w+ ){0,4}(?:link|article|post|video|paper|tutorial"
    r"|implementation)|https?://\S+$|www\.\S+$|[^。，]{0,24}[:：]\s*<?(?:https?://|www\.)\S+$",
    Filler.PICTURE: r"(?:如|见|从|由|看)?(?:上|下|左|右|本|该|此|这张|这幅|这个)(?:侧|面|边|方|述)?的?(?:图|表"
    r"|示意图|图片|截图|公式图)(?!像|片的|神经|卷积|网络|结构的|论|数据|嵌入|索引|注意|算法)(?:中|里|所示|可见"
    r"|可知|可以|展示|显示|是|为|的|即|给出|，|,|$|\s|[^。]{0,12}(?:所示|展示|可见))"
    r"|(?:图|表|fig(?:ure)?|table)\.?\s*\d+(?:[-.]\d+)*\s*(?:[:：.]?\s*\S|$)"
    r"|(?:as )?(?:shown|seen|illustrated|depicted|described) (?:in|by|on) (?:the )?(?:figure|image|picture|diagram"
    r"|table|plot|graph|chart|above|below|following)"
    r"|the (?:figure|image|picture|diagram|plot|chart|graph|table|screenshot) (?:above|below|shows|illustrates"
    r"|depicts)|(?:above|below) is (?:a|an|the) (?:figure|image|picture|diagram|plot|chart)",
    Filler.ANNOUNCEMENT: r"(?:下面|接下来|首先|本文|本节|本章|这里|这篇文章|今天|现在|这一节|这一章|这部分"
    r"|以下|后面|接着)(?:我们|我|将|会|就|先|来|再|主要|分别|简单|详细|大家|一起|的内容|是|给大家|重点|还|要"
    r"|为|对|，)*(?:来看|看看|看一下|介绍|讲解|讲讲|讲一讲|讲一下|聊聊|聊一聊|说说|说一下|谈谈|总结|分析|讨论"
    r"|学习|了解|分享|整理|解释|推导|给出|列出|回答|回顾|补充|说明|举例|举个)"
    r"|(?:有|存在|分为|分成|包括|包含|需要|主要|总共|一共|大致|可以|常见的?|常用的?|这里|其中|它|有以下|有如下"
    r"|具体)*(?:有|分为|分成|包括|是)?(?:以下|如下|下面|这么|这)?(?:几|[二两三四五六七八九十\d]+)(?:个|种|点|类"
    r"|条|步|方面|部分|大类)(?:重要|主要|关键|很重要|常见|常用)?的?(?:方法|方面|原因|细节|问题|步骤|特点|好处|优点"
    r"|缺点|策略|情况|方式|思路|技巧|部分|角度|点|注意点|场景|要点|做法|办法|区别|因素|指标)?(?:很重要|很关键"
    r"|要注意|需要注意|值得注意|如下|来实现|供参考)?"
    r"|我们(?:来|再)(?:实际|具体)?(?:举例|看|举个?)|(?:举个?|举一个|来个|看一?个)[^，。]{0,8}(?:例子|场景|栗子"
    r"|案例)|具体(?:来说|如下|步骤如下|过程如下|做法如下)|(?:公式|步骤|流程|代码|定义|过程|推导|结果|方法"
    r"|实现)(?:过程)?如下|直接上(?:代码|图|答案)|(?:先)?上(?:图|代码)$|代码(?:实现)?如下"
    r"|the (?:remaining|following|rest of the|next) (?:discussions?|sections?|examples?|parts?|chapters?|posts?"
    r"|paragraphs?)\b.{0,100}|there (?:are|is|exist)s? (?:\w+ ){0,3}(?:two|three|four|five|six|seven|several|many"
    r"|some|various|multiple|a few|a number of|different|numerous|\d+) (?:[\w-]+ ){0,4}(?:ways?|strateg(?:y|ies)"
    r"|methods?|types?|kinds?|reasons?|approach(?:es)?|steps?|techniques?|options?|categories|factors?"
    r"|differences?|advantages?|disadvantages?|things|points?|parts?|components?|problems?|issues?|solutions?"
    r"|methodologies|variants?|flavou?rs|cases|forms|stages|phases)(?: (?:to|for|of|in|that|on|with|here|available"
    r"|such as)\b.{0,50})?"
    r"|(?:here|the following|below) (?:are|is)\b.{0,80}|(?:let'?s|let us|we(?:'ll| will| shall)(?: now| first"
    r"| then)?|now we|in this (?:section|post|article|chapter|answer|case),? (?:we|i|you)\b(?:'ll| will)?|i(?:'ll"
    r"| will))\s*(?:will )?(?:look|take|see|discuss|explore|dive|consider|go|talk|explain|describe|start|walk"
    r"|cover|review|introduce|examine|begin|break|understand|try)\b.{0,100}"
    r"|(?:some|a few|several|two|three|four|five) (?:\w+ ){0,4}(?:are|include)$|(?:this|these|it) (?:is|are"
    r"|can be) (?:explained|described|discussed|summari[sz]ed|listed) (?:below|above|here|as follows).*"
    r"|(?:as follows|the following)",
    Filler.TALK: r"(?:更详细请|更复杂的|详情请|可以(?:查看|参考|去看)第|目前还没有一个|本文(?:主要|将|会|是|主旨))"
    r"|(?:这(?:里|个|也|样|道题)?|还是)?(?:有点|真的?)(?:丑|难|绕|麻烦|坑|意思|复杂)|(?:(?:再"
    r"|我们)?举个?(?:简单|具体)?的?(?:例子|栗子)|比如说?[，,]|打个比方|了解了?(?:这个|这些|以上|完)"
    r"|知道了?(?:这个|这些)|(?:说|讲|聊)完了?|先说(?:说|一下)|再(?:来)?说(?:说|一下)|(?:因为"
    r"|由于)?(?:这个)?(?:和|跟|与)(?:后面|前面)的)|(?:之前|以前|最近|昨天|前几天|前段时间|当时|当初|那时"
    r"|有一次|刚刚|刚才|刚开始)?(?:在群里|有(?:不少|很多|些|个)?(?:同学|朋友|小伙伴|读者|网友|面试官"
    r"|人)(?:们)?(?:都|会|可能|经常|也|就|曾)*(?:问|说|提|好奇|觉得|疑惑|想问|留言)|(?:很多|不少|许多|大部分"
    r"|多数)(?:同学|朋友|小伙伴|读者|网友)(?:们)?)"
    r"|(?:笔者|博主|小编|楼主|本人|鄙人)|(?:其实|说实话|老实说|坦白说|总之)?(?:还是|这个|这道题|这个问题|这题"
    r"|答案)?(?:其实)?(?:还)?(?:是)?(?:挺|很|非常|比较|蛮|相当|十分|超级)(?:简单|容易|基础|经典|常见|有意思|有趣"
    r"|重要|关键|难|复杂|好理解|直观|明显)的?(?:了|吧|哈|啦|问题|一道题|题目|面试题)?(?:[，,][^，。]{0,12})?$"
    r"|(?:这张|这个|这)?(?:图|表|问题|题|概念|地方|东西|部分)?(?:千万)?(?:不要|别|不用|无需|无须)(?:把它|太"
    r"|过于)?(?:理解|死记|纠结|担心|害怕|紧张|想得|看得|死抠)|(?:也|千万|大家|可|但|都)?(?:不要|别|不能"
    r"|不可以?)(?:简单地)?把.{0,8}(?:理解|想|看|当)(?:成|作|得)|(?:个人|我)(?:觉得|认为|感觉|理解|猜测|的理解"
    r"|的看法|建议|推荐)(?:的话)?[，,:：]?(?:[^，。]{0,6})$"
    r"|(?:我|我们)(?:当时|就|也|还|又|没|说|答|回答|问|被|把|之前|面试|觉得自己|看|一开始"
    r"|都)(?!.{0,6}(?:们)?(?:希望|需要|可以|用|通过|会|将|能)).{0,30}$|(?:当时|那时|后来|结果)?(?:我|自己)?(?:一)?(?:紧张|慌|懵|愣)|(?:这|那)(?:道|个"
    r"|种)?(?:题|问题)(?:我|是我|被|在)?.{0,8}(?:面了|面过|问到|考到|被问|高频|常问|出现)|面了[^，。]{1,10}家|[^，。]{0,24}(?:我们|这里|下面|需要|先"
    r"|来)[^。]{0,30}做(?:一|了)?个?(?:总结|回顾|介绍|梳理|小结|说明|铺垫)|(?:面试官|hr)(?:听完|听了|看了|当场|说|问|笑|点头|表示|让|追问"
    r"|没|又|继续|告诉|最后|提示)"
    r"|(?:继续|常见|高频|可能的?|面试官|面试)?追问(?:方向|点)?\s*[:：]|复核\s*[:：]|(?:题目)?要求\s*[:：]|在官网查看|(?:company|公司|round|轮次)\s*[:：].{0,60}[｜|]|(?:以下|下面)?我们?正式开始|来源等级|最后更新|更新时间|注\s*[:：]|(?:讲师|作者|编者|老师|译者|主讲人|讲者|演讲者)?(?:备注|注释|旁白|批注|提示|口播)\s*[:：]"
    r"|(?:speaker|presenter|lecturer|instructor|teacher)'?s? notes?\b|notes? (?:to|for) (?:self|the speaker"
    r"|the instructor)"
    r"|(?:就|先)(?:讲|说|聊|写|到|介绍)(?:到)?(?:这里|这儿|这|此)|(?:大家|同学们|小伙伴们|朋友们|你)(?:可以|好|都"
    r"|有|应该|想想|看|一定|要|自己|先|记得|还|们)*(?:试试|看看|想想|思考|感受|动手|自行|下来|回去|对照|练习|关注"
    r"|参考|留言|评论|收藏|点赞)|(?:有兴趣|感兴趣|想(?:深入)?了解)(?:更多)?(?:的)?(?:同学|朋友|读者|话|可以|小伙伴"
    r"|细节)?"
    r"|(?:i|we) (?:was|were|am|got|had|think|guess|remember|once|personally|recently|hope|love|like|recommend"
    r"|asked|said|forgot|answered|told|failed|did(?:n'?t)?)\b(?! (?:that|of|to|the|a|an|use|need|have) .{40,})"
    r"|my (?:favou?rite|opinion|answer|interviewer|experience|friend|colleague)\b|(?:great|good|nice|excellent"
    r"|awesome|wonderful|classic|tricky|interesting|simple|easy|common) (?:question|one|talk|article|post|video"
    r"|read|point)\b|(?:this is (?:a|an) )(?:very |really |quite )?(?:great|good|nice|common|classic|tricky"
    r"|popular|simple|interesting|easy|important|frequent(?:ly asked)?) (?:interview )?(?:question|one|topic)\b"
    r"|don'?t (?:worry|panic)|hint\s*[:：]|(?:pro )?tip\s*[:：]",
    Filler.WISH: r"(?:以上[，,]?)?(?:祝|愿|希望)(?:大家|各位|你们?|同学们|我|能|本文|对你|这篇|小伙伴)"
    r"|(?:以上)?(?:就是|便是|是)?(?:本文|本篇|全部|所有|今天|本次|我|面试|面经)的?(?:全部|所有)?(?:内容|问题"
    r"|分享|面经)|(?:[—\-–\s=*]*)(?:全文完|完结|正文完|未完待续|本文完|the end|end)(?:[—\-–\s=*]*)$|(?:如果|若"
    r"|要是)?(?:您|你|大家)?(?:觉得|喜欢|认为)(?:本|这|此|有用|不错|有帮助|还行|写得)|(?:求|欢迎|记得|别忘了"
    r"|麻烦|请)(?:大家|各位|您|你)?(?:点赞|关注|转发|收藏|评论|star|打分|留言|指正|批评|交流|投币|三连|补充"
    r"|讨论|加群|给|为它|扫码|提(?:issue|pr))"
    r"|(?:点个?|来个|给个)(?:在看|赞|关注|star|三连)|(?:面完|看完|学完|上岸)(?:记得|后|了|请)|(?:码字|整理|原创"
    r"|制作|总结)(?:不易|辛苦)|(?:感谢|谢谢|多谢)(?:大家|各位|您|你|阅读|观看|支持|收看|关注|聆听|浏览|原作者)?"
    r"|(?:如有|若有)(?:错误|侵权|问题|疑问|不当|遗漏|雷同)|(?:未经|禁止)(?:许可|授权|转载|商用)|(?:下载"
    r"|文档)(?:积分|次数|地址|格式)|(?:推荐|评价|打分|评分)\s*[:：]?\s*[\u2605\u2606☆★*]+|.{0,12}文库\s+\S*(?:www"
    r"|http)"
    r"|thank(?:s| you)(?: (?:for|so much|to)\b|[!.]|$)|good luck|happy (?:learning|coding|reading|interviewing)"
    r"|(?:i )?hope (?:this|you|it|that)\b|(?:please |don'?t forget to |feel free to )(?:like|share|subscribe|star"
    r"|follow|comment|leave|contact|reach|open|submit|contribute|give|rate)|if you (?:like|liked|enjoy|enjoyed"
    r"|found|find|have any|want to contribute|spot|notice)\b|(?:star|fork|follow|subscribe)\b.{0,30}(?:repo"
    r"|repository|channel|newsletter|us|me)|all rights reserved|copyright",
}
_SALARY = re.compile(
    r"期望(?:薪资|薪水|工资|年薪|待遇)|(?:什么时候|何时|多久|几时)(?:可以|能)?(?:到岗|入职)|(?:目前|现在|上家"
    r"|当前)的?(?:薪资|薪水|工资|年薪)|手里(?:有|的)?offer|能(?:不能)?(?:接受)?加班|(?:有|还有)(?:什么|啥)?(?:要"
    r"|想)(?:问|了解)(?:我|我们|的)|职业规划|离职原因|为什么(?:要)?(?:离职|跳槽|换工作|离开)|有(?:没有)?(?:男"
    r"|女)朋友|优缺点是什么.*自己|自我介绍"
    r"|求职动机|对(?:我们|贵|本)?公司.{0,6}(?:了解|看法|认识)|(?:其他|别的|手上|拿到).{0,6}offer|(?:为什么|为何)(?:选择|想来|想加入|要来|来)(?:我们|本|贵|这家)?公司"
    r"|(?:你|自己)的?(?:最大的?)?(?:优缺点|优点|缺点|优势|不足|成就|挫折)|抗压|(?:跟|和|与)(?:同事|领导|上级).{0,12}(?:冲突|分歧|矛盾|意见)"
    r"|(?:对|期望).{0,6}薪(?:资|酬)|(?:未来|今后).{0,6}(?:规划|打算)|还有(?:什么|啥)问题"
    r"|(?:your|my) (?:greatest |biggest )?(?:strengths?|weakness(?:es)?|hobbies|career goals)|why should we"
    r" hire you|how to get an interview"
    r"|(?:salary|compensation) (?:expectation|requirement)|expected salary|notice period|when can you start"
    r"|why do you want to (?:work|join|leave)|where do you see yourself|any questions for (?:me|us)"
    r"|questions (?:for|to ask) (?:me|us|the interviewer|your interviewer)|tell (?:me|us) about yourself"
    r"|introduce yourself|介绍(?:一下)?你?自己|想问(?:我|我们|面试官)",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?:https?://|www\.)\S+")
_LONGEST_LINK_TEXT = 24
_LABELLED = re.compile(r"^[^:：。，,.]{1,20}[:：]\s*(?P<text>\S.*)$")
_EDGES = " \t。.!！?？,，;；:：、…~～—–-*_>【】[]()（）「」\"'“”"
_OPENERS = re.compile(
    r"^(?:注|ps|p\.s\.|note|备注|另外|此外|最后|同时|那么|那|好了|ok|okay|so|well|and|also|finally"
    r"|but)\s*[,，:：、]?\s*",
    re.I,
)


# The same sentence is looked at by whoever cuts, judges and reports.
@lru_cache(maxsize=4096)
def filler(sentence: str) -> Filler | None:
    """Return why a sentence states nothing, or None where it may be a statement."""
    text = sentence.strip(_EDGES)
    if not any(character.isalnum() for character in text):
        return Filler.PLACEHOLDER
    for kind, pattern in _WHOLES.items():
        if pattern.fullmatch(text):
            return kind
    if (rest := _URL.sub("", text)) != text and len(rest) <= _LONGEST_LINK_TEXT:
        return Filler.POINTER
    if (labelled := _LABELLED.match(text)) and filler(labelled["text"]):
        return filler(labelled["text"])
    for candidate in dict.fromkeys((text, sentence.strip(), _OPENERS.sub("", text))):
        for kind, pattern in _STARTS.items():
            if (match := pattern.match(candidate)) and (
                kind is not Filler.ANNOUNCEMENT or _runs_out(candidate, match.end())
            ):
                return kind
    return None


def _runs_out(text: str, end: int) -> bool:
    """Return whether little follows an announcement: 「有两种：A 和 B」 announces and states."""
    return len(text) - end <= (12 if text[:1] > "\u2e80" else 40) and not re.search(r"[:：].{4,}", text)


def is_small_talk(question: str) -> bool:
    """Return whether a question is about the candidate and no rubric can grade it."""
    return _SALARY.search(question) is not None


_WHOLES = {kind: re.compile(words, re.IGNORECASE) for kind, words in _WHOLE.items()}
_STARTS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _START.items()}
