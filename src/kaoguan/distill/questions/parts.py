"""Titles that only name a part of what the title above them is about: 「典型结构」, "Formula"."""

import re

from kaoguan.text.terms import is_term

_ZH = (
    "综述|个人理解|对比维度|适用(?:情况|范围|对象)?|(?:预期|实测)(?:性能|效果|对照|结果)|(?:必须|需要|应该)注意的(?:陷阱|问题|事项|坑)|一句话定义|一句话答案|一句话概括|一句话|选型|方案|阶段|方式|检索方式|组件|要素|局限|取舍|权衡|实践|最佳实践|落地|案例|示例|常见问题|挑战|难点|优劣|代价|收益|好处|效果|洞察|术语|注意事项|相同点|不同点|相似点|共同点|异同点?|联系|初级|中级|高级|进阶|模型细节|实现细节|标准面试答案|标准回答|面试回答|面试答案|核心对象|执行链路|机制解读|一句话结论|一句话总结|工程|快速参考|细节|类比|说明|解释|补充|要点|关键点|结论|知识点|总结"
    "|知识点总结|表达式|数学表达式|计算公式|基础知识|基础|代码|图形|几何意义|物理意义|数学原理|原理|优势|优点|缺点|优缺点|不足|局限性?|结构|流程|公式|现象|表现|原因|成因|特点|特性|性质"
    "|步骤|实现|背景|动机|定义|概念|应用|应用场景|使用场景|场景|思想|方法"
    "|做法|介绍|简介|概述|分类|种类|改进|优化|训练|推理|预测|评价|评估|指标|问题|意义|目标|架构|机制|组成|输入|输出|损失|损失函数|目标函数|理解|类型|区别|对比|关系"
    "|作用|影响|解决|解决方案|解决方法|解决办法|过程|细节|技巧|策略|直观理解|直觉|推导|推导过程|复杂度|参数|超参数|变体|扩展|例子|核心|框架"
)
_ZH_PART = re.compile(
    rf"(?:(?:基本|核心|典型|主要|主流|技术|常见|具体|整体|总体|算法|模型|网络|详细|关键|常用|工作|部署|效果|数学|产生|应对|高级|缓解|优化|不同|[一两二三四五六七八几]大?[个种类]?)的?)*(?:{_ZH})"
    rf"(?:\s*(?:和|与|及|、|以及|/|&)\s*(?:(?:基本|核心|典型|主要|常见|具体|关键|常用|产生|应对)的?)*(?:{_ZH}))*(?:是什么|有哪些)?[?？]?"
)
_EN = (
    "basic|intermediate|advanced|beginner|senior|junior|summary|key points|formulas?|definitions?|applications?"
    "|roles?|types?|kinds?|advantages?|disadvantages?|pros|cons|benefits?"
    "|drawbacks?|limitations?|overview|architecture|structure"
    "|steps?|process|background|motivation|properties|intuition|examples?|algorithms?|training|inference|evaluation"
    "|metrics?|use cases?|components?|concepts?|ideas?"
    "|terminology|derivation|proof|interpretation|comparison|implementation|assumptions?|parameters?"
    "|hyperparameters?|variants?|extensions?|complexity|mechanism"
    "|workflow|cheat sheet|quick reference(?: table)?|summary table|interview tips|loss function|objective"
    "|considerations?|details?|insights?|takeaways?|features?|functions?|tasks?|elements?|characteristics?"
    "|visual representation.*|challenges?|techniques?|strategies|best practices|how it works"
    "|history|theory|comparison table|differences?"
    "|general|misc(?:ellaneous)?|inputs?|outputs?|when|why|how|what|where|used in|models?|best for"
    "|purpose|methods?|approach(?:es)?|solutions?|ways|reasons?"
)
_EN_PART = re.compile(
    rf"(?:the )?(?:(?:key|main|basic|core|common|general|mathematical|practical|typical|popular|model|computational"
    rf"|time|space|runtime|real[- ]world) )*(?:{_EN})"
    rf"(?:(?:,? and | & |, |/)(?:(?:key|main|basic|core|common) )*(?:{_EN}))*(?: in (?:nlp|machine learning"
    rf"|deep learning|ml|practice|ai|data science))?",
    re.IGNORECASE,
)


# 「RNN 简单总结」 is about RNN.
_SUMMARY = re.compile(
    r"\s*(?:的|之)?(?:简单|核心|重要|(?<![器度化移成督示征比元邦续线])学习|基础|面试)*(?:知识点?|要点)?(?:总结|汇总|小结|简介|概述|笔记|详解|简述|浅析|浅谈|漫谈|(?:简单|简要)?介绍|优缺点分析|分析|知识点|速记|速答|清单|checklist)(?:模板)?$"
    r"|\s*[:：-]?\s+(?:an? )?(?:quick |brief |short )?(?:summary|overview|cheat ?sheet|notes|introduction"
    r"|in a nutshell|explained)$"
    r"|\s*[—–:-]+\s*(?:intermediate|senior|advanced|beginner|fundamentals|basics|deep[ -]dive|senior deep[ -]dive"
    r"|part \d+).*$",
    re.IGNORECASE,
)


def without_summary(title: str) -> str:
    """Return a title without the word that says what kind of text it is; what is left must name something."""
    short = _SUMMARY.sub("", title).strip()
    return short if is_term(short) else title


def is_part(title: str) -> bool:
    """Return whether a title says nothing without the title above it."""
    return (_ZH_PART.fullmatch(title.strip(" ：:")) or _EN_PART.fullmatch(title.strip(" :"))) is not None


def is_chapter_end(title: str) -> bool:
    """Return whether a title only says that what stands above is summed up: 「本章小结」, "One-line revision"."""
    return _CHAPTER_END.fullmatch(title.strip(" ：:")) is not None


_CHAPTER_END = re.compile(
    r"本[章节课篇](?:的)?(?:小结|总结|要点|回顾|知识点)?"
    r"|(?:用)?一句话?(?:总结|概括|小结)"
    r"|(?:(?:one|single)[- ]?line(?:r)?|quick|final) (?:revision|recap|summary|answer|definition)"
    r"|revision(?: flash ?cards)?",
    re.IGNORECASE,
)
