"""A question without what its document filed it under."""

import re

from kaoguan.documents.pictures import PICTURE
from kaoguan.text.script import HAN


def plainly(question: str) -> str:
    """Return a question without the drawer it was filed in, 「训练问题：」, an address, 「同学，」, links, asides."""
    question = question.replace(PICTURE, " ")
    for pattern in (_LINK, _NARRATED, _REMARK, _FILED, _NUMBER):
        question = pattern.sub("", question)
    return _QUOTED.sub(r"\1", question.strip())


# 「“什么是流控呢？”」
_QUOTED = re.compile(r"^[「『“\"]([^「」『』“”\"]{4,})[」』”\"]$")


_LINK = re.compile(r"(?:\s*[:：]\s*|\s+|\s*[（(\[])https?://[^\s，。）)\]]+[）)\]]?(?=\s*[?？]?$)")
# 「……（当时没答上来）」, 「……（我是分情况答的，……）」
_NARRATED = re.compile(
    r"\s*[（(][^（）()]*(?:^|[（(，,])?(?:我(?:是|说|答|讲|没|不)|当时|没答|没问|答(?:得|的|上|了)|面试官|忘了|记不清|没记住|不方便回答)"
    r"[^（）()]*[）)]"
    r"|\s*[（(](?:提问|出现|考察)?(?:概率|频率|频次|难度|重要[性度]|热度)\s*[:：][^（）()]*[）)]"
    rf"|\s*[（(](?:具体)?可?以?(?:参考|参见|详见)[^（）()]*[）)]|\[[{HAN}][{HAN}\d]{{1,16}}\]$|\s*\[from [^\[\]]+\]"
)
# 「（超级大坑）」, "(Optional)", "-- TODO", 「四个阶段要背熟啊」: what its author noted for the next reading.
_NOTED = (
    r"(?:(?:其实|也|还|很|非常|比较|超级?|蛮|有点|没太|不太|重点|一定|看)*(?:没懂|不懂|不会|大?坑|重要|必考|必会|必背|要?背熟?|高频|常考|面试常问"
    r"|待补充?|待续|待完善|选读|可选|选做|了解即可|实战|进阶|拓展|追问)[啊哦！!。]*"
    r"|(?:very |most |super )?(?:important|optional|advanced|must[- ]know|must[- ]read|ref|todo|tbd|bonus|skip)!*)"
)
_REMARK = re.compile(
    rf"\s*[（(【\[]{_NOTED}[）)】\]](?=\s*[?？。.:：]*$)|^[（(【\[]{_NOTED}[）)】\]]\s*(?=\S{{2}})"
    r"|\s*[（(][^（）()?]{3,40} questions?[)）](?=\s*[?.]*$)|(?:\\n)+(?=\W*$)"
    r"|\s(?:-{1,3}|—{1,2})?\s?TODO$|(?<=\S{6})\s[^\s，。？?]{0,6}要背[^\s，。？?]{0,4}$"
    rf"|(?<=[{HAN}])(?:\s*【[^【】]*】)+$",
    re.IGNORECASE,
)
# 「5如果给你……，你会如何……」
_NUMBER = re.compile(
    r"^[A-Z]\d{1,2}[.、]\s+(?=\S{2})|^[–—]\s+|^\d{1,2}[>＞]\s*(?=\S{2})|^Ex\.\s+(?=[A-Z])|^[a-h][)）]\s*(?=\S{3})"
    r"|^(?:附|注|补充|另)[：:]\s*(?=\S{4})"
    r"|^\d{1,3}(?=(?:如果|什么|为什么|怎么|如何|请|说|讲|谈|介绍|解释|简述|你|对|当|在))"
)
_FILED = re.compile(
    r"^(?:常见|训练|模型|数据|算子|工程|推理|优化|基础|开放|场景|项目|业务|数学|代码|算法|编程|系统|理论|概念)"
    r"(?:问题|架构|训练|推理|优化|准备|部署|设计|类|篇|题)[:：]\s*(?=.{6})|^(?:同学们?|你好|好的|嗯)[，,]\s*(?=.{6})"
    r"|^(?i:interview )?(?i:scenario|prompt|situation)\s*\d*\s*[:：]\s*(?=\S)"
    r"|^(?i:follow[- ]?up)(?i: question)?\s*\d*\s*[:：]\s*(?=\S)|^追问\s*\d*\s*[:：]\s*(?=\S{4})"
    r"|^Q[a-z]{2,9} ?\d{1,3} ?[-–:.)]+ *(?=[A-Z])"
)
