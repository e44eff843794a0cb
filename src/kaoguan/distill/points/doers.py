"""What may be the subject of a sentence, and what only heads one."""

import re

from kaoguan.distill.questions.verbs import VERBS
from kaoguan.text.terms import is_term

# 「添加到词嵌入」 does something and cannot be the subject of a sentence.
VERB_FIRST = re.compile(
    rf"^(?:{VERBS}|重新|深化|添加|加入|删除|移除|检查|执行|创建|访问)(?!集|器|数据|过程|样本|方法|算法|策略|率|阶段|图|误差|损失|权重)"
)


# 「HTTP 有以下安全性问题」 leads into a list and is no subject.
_LISTING = re.compile(
    r"以下|如下|下面|有(?:哪|几)|(?:问题|步骤|方法|原因|总结|洞察|要点|思想|思路|目标|目的|结论|关键|本质|流程|改进|特点)$"
    r"|[两二三四五六七八\d] ?大?[个种点类处项]$"
)


def may_do(subject: str) -> bool:
    """Return whether a Chinese label may be the subject of a sentence: the name of a thing, no step, no heading."""
    name = re.sub(r"\s*[（(][^（）()]*[)）]\s*$", "", subject)
    return is_term(name) and not (VERB_FIRST.match(subject) or _LISTING.search(subject) or _NO_DOER.search(name))


_NO_DOER = re.compile(r"->|→|—|(?:处理|改进|背后|层面|方面|情况|措施|手段|策略|[^属]性)$|^(?:检查|否|第[一二三四五六])")


def owns(subject: str) -> bool:
    """Return whether a subject may have something: one thing by its name, no verb, no title with a date."""
    return is_term(subject) and _OWNS_NOTHING.search(subject) is None


_OWNS_NOTHING = re.compile(
    rf"^(?:{VERBS}|通过)|[A-Za-z]{{2,}}(?<![siu])s$| [-–—|] |\b\d{{1,2}}\b.*\b\d{{1,2}}\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def is_several(subject: str) -> bool:
    """Return whether an English noun looks like more than one thing."""
    return re.search(r"(?<![siu])s$|\band\b", subject) is not None
