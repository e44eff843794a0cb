"""Titles that open what no question is about."""

import re

from kaoguan.distill.questions.choices import is_key

_ASIDE = re.compile(
    r"^(?:\W|\d)*(?:目录|前言|引言|序言?|导读|写在(?:前面|最后)|参考(?:资料|文献|链接|文章)?|引用|总结|小结"
    r"|结语|结束语|后记|尾声|附录|附件|关于(?:作者|我们|本站|我)?"
    r"|作者(?:简介|介绍)?|版权(?:声明)?|声明|推荐(?:阅读|文章)?|相关(?:阅读|文章|推荐|链接|资源|资料|代码)|本[章节文课篇](?:导读|内容|概要|目标)|延伸阅读|扩展阅读"
    r"|更新(?:日志|记录)|致谢|说明|评论|最新文章|热门(?:文章|标签)?"
    r"|[一二三四五六]面(?:面经)?|hr面|面试(?:流程|经历|过程|结果|感受|总结)|个人(?:情况|背景|信息)"
    r"|背景(?:介绍)?|时间线|最后|其他|反问(?:环节)?|自我介绍"
    r"|references?|bibliography|introduction|summary|conclusions?|contents|table of contents|about(?: .*)?"
    r"|further reading|see also"
    r"|acknowledge?ments?|appendix|preface|related(?: .*)?|licen[sc]e|contributing|faq|overview|notes?"
    r"|resources|links|comments?"
    r"|(?:简答|简单|再)?(?:说|讲|聊|总结)一下|(?:常见的?|典型的?)?(?:误答|错误回答|错误答案|误区|误解|易混(?:边界|点)?|易错点?|错误(?:认识|理解)|反例|反模式)|总结表|对比总结"
    r"|速查表|汇总表?|附表|(?:相关)?博客(?:讲解|介绍|推荐)?"
    r"|(?:个人)?经验(?:分享)?|踩坑(?:记录)?|代码(?:实现|示例|演示)?|完整代码|源码|题目描述|示例代码|code"
    r"|implementation|(?:worked |full )?(?:dataset )?examples?(?: code)?(?: \(.*\))?|demo|testimonials?"
    r"|getting started|intro|sponsors?|donat(?:e|ions?)|common (?:mistakes|misconceptions|pitfalls)|pitfalls"
    r"|anti-?patterns?|misconceptions?|bridge forward|final (?:closure|thoughts|words|notes?).*|one-page summary"
    r"|recommended(?: .*)?"
    r"|next steps?|labs?|courses?(?: and .*)?|review material|下一步|后续计划"
    r"|changelog|index|tags?|share(?: .*)?|subscribe(?: .*)?|navigation|menu"
    r"|support the author|contact(?: (?:me|us))?|(?:面试|常见|高频)*追问|待(?:完成|补充|更新|整理)|(?:面试|答题"
    r"|回答)(?:技巧|准备|框架|模板|思路|注意事项)|注意事项|[^，]{0,10}案例[^，]{0,6}|为什么这些[^，]{0,12}|贡献指南|项目(?:介绍|经历|经验)?|[^，]{0,6}速记版?|[^，]{0,10}回答模板|你?要记住的.*|学完.*|(?:延伸|扩展|拓展)阅读.*|面试延伸|学习建议|推荐资源.*|合作|实例代码|代码实例|联系(?:我们?|作者|方式)|支持作者|交流群|加群|赞助|如何贡献)\s*[:：]?\s*$",
    re.IGNORECASE,
)


def is_aside(text: str) -> bool:
    """Return whether a title opens what no question is about: references, a preface, the author.

    "About half of the keys move up." is a sentence and opens nothing.
    """
    sentence = text.endswith((".", "。")) and len(text) > _LONGEST
    return not sentence and _ASIDE.match(text) is not None


# Characters of a title with a stop.
_LONGEST = 30


def leads_in(text: str) -> bool:
    """Return whether a title only leads in what follows, 「主要包括以下几种」, or is an entry of a key of a quiz."""
    return is_key(text) or _LEADS_IN.search(text) is not None


_LEADS_IN = re.compile(
    r"(?:包括|包含|分为|有|是)(?:以下|如下|下面)(?:的)?(?:几|[二三四五六七八九十\d]+)?[种类个点条大]*(?:方面|内容|情况)?[。：:]?$"
)


def tells_whether(text: str) -> bool:
    """Return whether a sentence says what something tests, 「检验两组均值是否相同」, and asks nothing."""
    return _WHETHER.fullmatch(text.strip()) is not None


_WHETHER = re.compile(
    r"(?!.*(?:什么|怎|如何|哪|多少|[?？]))(?:.*[，,；：])?(?:用[来于])?(?:检[验查测]|判[断别]|测试|验证|衡量|评估|确[定认]|表示|看)"
    r"[^？?]*是否.*"
)
