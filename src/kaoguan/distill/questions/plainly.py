"""A question without what its document filed it under."""

import re

from kaoguan.documents.pictures import PICTURE
from kaoguan.text.script import HAN


def plainly(question: str) -> str:
    """Return a question without the drawer it was filed in, 「训练问题：」, an address, 「同学，」, links, asides."""
    question = question.replace(PICTURE, " ")
    for pattern in (_LINK, _NARRATED, _FILED, _NUMBER):
        question = pattern.sub("", question)
    return _QUOTED.sub(r"\1", question.strip())


# 「“什么是流控呢？”」
_QUOTED = re.compile(r"^[「『“\"]([^「」『』“”\"]{4,})[」』”\"]$")


_LINK = re.compile(r"(?:\s*[:：]\s*|\s+|\s*[（(])https?://[^\s，。）)]+[）)]?(?=\s*[?？]?$)")
# 「……（当时没答上来）」, 「……（我是分情况答的，……）」
_NARRATED = re.compile(
    r"\s*[（(][^（）()]*(?:^|[（(，,])?(?:我(?:是|说|答|讲|没|不)|当时|没答|没问|答(?:得|的|上|了)|面试官|忘了|记不清|没记住|不方便回答)"
    r"[^（）()]*[）)]"
    r"|\s*[（(](?:提问|出现|考察)?(?:概率|频率|频次|难度|重要[性度]|热度)\s*[:：][^（）()]*[）)]"
    rf"|\s*[（(](?:具体)?可?以?(?:参考|参见|详见)[^（）()]*[）)]|\[[{HAN}]{{2,6}}\]$|\s*\[from [^\[\]]+\]"
)
# 「5如果给你……，你会如何……」
_NUMBER = re.compile(
    r"^[A-Z]\d{1,2}[.、]\s+(?=\S{2})|^[–—]\s+"
    r"|^\d{1,3}(?=(?:如果|什么|为什么|怎么|如何|请|说|讲|谈|介绍|解释|简述|你|对|当|在))"
)
_FILED = re.compile(
    r"^(?:常见|训练|模型|数据|算子|工程|推理|优化|基础|开放|场景|项目|业务|数学|代码|算法|编程|系统|理论|概念)"
    r"(?:问题|架构|训练|推理|优化|准备|部署|设计|类|篇|题)[:：]\s*(?=.{6})|^(?:同学们?|你好|好的|嗯)[，,]\s*(?=.{6})"
    r"|^(?i:interview )?(?i:scenario|prompt|situation)\s*\d*\s*[:：]\s*(?=\S)"
)
