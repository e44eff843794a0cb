"""Titles and questions that say nothing without the title above them: 「优势」, "How do they differ?"."""

import re

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.parts import is_part
from kaoguan.text.script import count_han


def hangs(title: str) -> bool:
    """Return whether a title or a question says nothing without the title above it."""
    if count_han(title):
        head, _, asked = title.partition("：")
        if demands(asked, chinese=True):
            return hangs(asked)
        return is_part(head) or (_ZH_HANGS.match(title) or _ZH_GENERIC.fullmatch(head.strip("？?。"))) is not None
    bare = re.sub(r"\s*\([^()]*\)", "", title)
    named = (bare if " in " in bare else _WHAT_OF.sub("", bare)).rstrip("?. ")
    return is_part(named) or (_EN_HANGS.match(title) or _EN_GENERIC.fullmatch(named)) is not None


# "What are the steps?" says no more than "Steps".
_WHAT_OF = re.compile(r"^what(?:['’]s| is| are| were) (?:the|its|their|some) ", re.IGNORECASE)
_ZH_HANGS = re.compile(
    r"(?:和|与|跟|相比|比起)[^，]{2,24}(?:关系|区别|不同|联系|对比|比较|相比)|有(?:什么|哪些)|为什么(?:需要它|有效"
    r"|可行|好用|重要|必须[和与][^，]{2,16}|不用\s?(?:[A-Za-z][\w.+-]*|\S{1,7})(?:[（(][^（）()]*[）)])?|比\S{1,8})[？?]?$"
    r"|(?:会|能|可以)[^，]*吗[？?]?$|(?:怎么|如何|怎样)[^，的A-Za-z\d]{1,2}(?:/[^，的]{1,3})?的?[？?]?$|是否(?:支持|需要|要|可以|会|能|有)[^，]*$|(?:看成|当成|视为|换成|改成)"
    r"|解决(?:了|的)?(?:是)?(?:什么|哪些)|第[一二三四五]个|更[^，]{1,6}的(?:区别|原因)"
)
_ZH_GENERIC = re.compile(
    r"(?:(?:最小|端到端|三大|[两二三四五六七八几]项|一个|各个?|真实|实际|完整|整体|核心|具体|直观|初始化|备选|其[他它]|一句话|先?用一个|更深一点|高频|面试)的?"
    r"|下一步|项目|工作|实践|理解|模型|数据|输入|输出|准备|运行|demo|建模|结果|预测|评估集?|评价|指标|实验|记录|改动|工程|视角|选择|顺序|基准|精度|存储|对比|比较"
    r"|能力|描述|方向|架构|优势|技术|扩展|目标|展望|流水线|方案|方法|算法|组成|重点|考点|缓解|思路|原始|论文|编码器|解码器|encoder|decoder|trade-?off|公式|直觉|区别|流程|验证|瓶颈|问题|踩坑|坑|经验|心得|实战|落地|回顾|补充|类比|例子"
    r"|的|和|与|及|、|/|\s)+(?:是什么)?",
    re.IGNORECASE,
)
_EN_HANGS = re.compile(
    r"(?:how|why|what|when|where) (?:(?:do|does|did|are|is|can|would|should|to use) )?"
    r"(?:they|it(?! \w+ (?:to|that|for)\b)|this(?! (?:in|keyword|pointer)\b)|these|those)\b"
    r"|when to use(?: each(?: one)?| which| what)?$|which (?:one )?(?:do|would|should) (?:you|we)\b"
    r"|when (?:would|should|do|to) (?:(?:you|we|i) )?(?:use|choose|prefer|pick) (?:one|either)\b"
    r"|how (?:do|would|can|should|could) (?:you|we|i) (?:actually )?\w+ (?:(?:this|these|it|them)\b|that \w+\?$)"
    r"|(?:how|why) (?:does|do|is|did) the (?:algorithm|method|technique|approach|procedure)(?: work)?\W*$"
    r"|what (?:is|was|were) the \w+ (?:behind|of) the (?:algorithm|method|technique|approach|procedure)\W*$"
    r"|(?:role|impact|use cases?|effects?|importance|benefits|types?) in "
    r"|(?:for|from) (?!loops?\b|each\b|scratch\b)(?!.* to )(?:[\w'-]+ ?){1,4}$",
    re.IGNORECASE,
)
_EN_GENERIC = re.compile(
    r"(?:(?:general|computational|operations?|motivation|basics|fundamentals|context|offline|online|objectives?|ml|format|scope|availability|labs?|others?|topics?|courses?|materials?|accuracy|checks?|problems?|formulation|architectural|components?|scaling"
    r"|monitoring|updates?|next|steps?|projects?|setup|environment|results?|experiments?|discussions?|demos?|usage|code"
    r"|requirements|tips|more|misc|practice|questions?|answers?|key|points?|common|important|main|final|thoughts|parts?"
    r"|goals?|impact|terms?|notation|pros|cons|details?|decisions?|examples?|trade-?offs?|takeaways?|pitfalls"
    r"|gotchas|caveats|recap|analogy|intuition|encoder|decoder|logic|nlp|cv|av|graph|ranking"
    r"|machine learning|deep learning|computer vision|statistics|and|or|of|for|the|an?|in|to|with)\b[\s,/&]*)+",
    re.IGNORECASE,
)
